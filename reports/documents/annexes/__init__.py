"""附件: what is too long for the text stands on pages of its own behind it, named below the text (附件说明)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.pdf.blocks import Annex, Attachments, Block, Colophon, Table

#: How the keys of their tables begin.
OF_ANNEX = "annex:"


@dataclass(frozen=True)
class List:
    """One annex: its name and its table."""

    title: str
    table: Table


def named(lists: Sequence[List]) -> list[Block]:
    """附件说明, before the signature."""
    return [Attachments([each.title for each in lists])] if lists else []


def attached(lists: Sequence[List]) -> list[Block]:
    """The pages after it."""
    alone = len(lists) == 1
    return [
        block
        for number, each in enumerate(lists, 1)
        for block in (Annex(each.title, 0 if alone else number), replace(each.table, key=f"{OF_ANNEX}{each.title}"))
    ]


def tidied(blocks: Sequence[Block]) -> list[Block]:
    """What is left when the office leaves some annexes out: neither a name without its list nor a list without its
    name, numbered anew, and named below the text as they are.
    """
    return [each for each in with_gaps(blocks) if each is not None]


def with_gaps(blocks: Sequence[Block]) -> list[Block | None]:
    """The same, with None in the place of what is lost: for a page that shows more about each block."""
    beside = zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    held = [None if is_lost(before, block, after) else block for before, block, after in beside]
    names = [each.title for each in held if isinstance(each, Annex)]
    numbers = iter(range(1, len(names) + 1) if len(names) > 1 else [0])
    return [fitting(each, names, numbers) for each in held]


def fitting(block: Block | None, names: list[str], numbers: Iterator[int]) -> Block | None:
    """An annex with its number, the list of them with their names; no list of annexes when all are left out."""
    if isinstance(block, Annex):
        return replace(block, number=next(numbers))
    if isinstance(block, Attachments):
        return replace(block, names=names) if names else None
    return block


def is_lost(before: Block | None, block: Block, after: Block | None) -> bool:
    if isinstance(block, Annex):
        return after is None or isinstance(after, Annex | Colophon)
    return isinstance(block, Table) and block.key.startswith(OF_ANNEX) and not isinstance(before, Annex)
