"""Which blocks make a chapter: cut where a new page begins anyway, so that the pages are those of one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from core.pdf.blocks import Block, Contents, Cover, Index, PageBreak, Picture

#: Weight of a chapter, about twenty pages: enough of them to share out, few enough not to start over all the time.
FULL = 12_000
#: The contents as blocks.css prints them: mm of a page, its title, a line and the gap below; characters in a line.
PAGE, TITLE, LINE, GAP, IN_LINE, TOLERANCE = 225, 225 / 22 * 2, 225 / 22 * 0.75, 0.6, 29, 0.1
LEAST, PHOTO = 40, 900  # characters a block or a photo stands for


@dataclass(frozen=True)
class Chapter:
    """`late`: it prints page numbers of other chapters (contents, indexes). `weight`: how much work it is."""

    blocks: tuple[Block, ...]
    late: bool
    weight: int


def is_volume(blocks: Iterable[Block]) -> bool:
    """Long enough, about sixty pages, that children are worth their start."""
    return size(blocks) > 3 * FULL


def size(blocks: Iterable[Block]) -> int:
    """How much there is to print: what the time it takes depends on."""
    return sum(map(weight, blocks))


def cut(blocks: Iterable[Block]) -> list[Chapter]:
    """Chapters of about FULL characters; a longer stretch without a new page stays whole."""
    made: list[Chapter] = []
    for piece in _pieces(blocks):
        last = made[-1] if made else None
        if last and not last.late and not piece.late and last.weight + piece.weight <= FULL:
            made[-1] = Chapter(last.blocks + piece.blocks, False, last.weight + piece.weight)
        else:
            made.append(piece)
    return [Chapter(_without_last_break(each.blocks), each.late, each.weight) for each in made]


def _pieces(blocks: Iterable[Block]) -> Iterable[Chapter]:
    """Stretches that each begin on a new page."""
    gathered: list[Block] = []
    for block in blocks:
        gathered.append(block)
        if isinstance(block, PageBreak | Cover | Contents):
            yield _chapter(gathered)
            gathered = []
    if gathered:
        yield _chapter(gathered)


def _chapter(blocks: Sequence[Block]) -> Chapter:
    late = any(isinstance(block, Contents | Index) for block in blocks)
    return Chapter(tuple(blocks), late, size(blocks))


def _without_last_break(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks[:-1] if len(blocks) > 1 and isinstance(blocks[-1], PageBreak) else blocks


def weight(block: Any) -> int:
    """Characters printed, with something for each block and cell: they cost more than their text."""
    if isinstance(block, Picture):
        return PHOTO
    return LEAST + sum(_characters(getattr(block, field.name)) for field in fields(block))


def guess(chapter: Chapter) -> int:
    """Pages the contents of a volume will probably take (blocks.css); a wrong guess costs laying them out again."""
    pages, left = 0, 0.0
    for block in chapter.blocks:
        if not isinstance(block, Contents):
            continue
        pages, left = pages + 1, PAGE - TITLE
        for words, _ in block.entries:
            needed = LINE * ceil(wide(words) / IN_LINE) + GAP
            if needed > left + TOLERANCE:
                pages, left = pages + 1, PAGE
            left -= needed
    return max(1, pages)


def wide(text: str) -> float:
    """Length in characters as wide as high."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)


def _characters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(LEAST // 4 + _characters(each) for each in value)
    return 4
