"""A manuscript as a page to read: the same passages as on paper, every figure a link to its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.pdf.blocks import Block, Figure, Heading, Paragraph, Picture, number_headings
from core.templatetags.ui import cn_datetime
from reports.documents import annexes
from reports.manuscripts import passages as kept
from reports.manuscripts import printing
from reports.manuscripts.passages import Passage
from reports.models import Manuscript

#: px of a chart beside the facts, and on a phone.
WIDE, NARROW = 620, 340


@dataclass(frozen=True)
class Shown:
    """One passage on the page. `kind`: heading, paragraph, picture, chart, or other (the block's own template).

    `mark`: 改 for words the office changed, 增 for its own, empty as composed.
    """

    kind: str
    block: Block
    anchor: str
    mark: str = ""
    lines: Sequence[Sequence[tuple[str, Figure | None]]] = ()
    wide: Any = None
    compact: Any = None

    @property
    def caption(self) -> str:
        return getattr(self.block, "caption", "") or getattr(self.block, "title", "") or "表格"


def shown(manuscript: Manuscript, anchors: dict[str, str]) -> list[Shown]:
    """What is printed, in order; `anchors` gives each passage's place on the page by its key."""
    facts = kept.load_figures(manuscript.figures)
    wanted = [each for each in kept.load(manuscript.passages) if not each.hidden and not kept.is_blank(each)]
    blocks = [kept.as_block(each, facts) for each in wanted]
    numbered = number_headings([replace(each, number=None) if printing.counted(each) else each for each in blocks])
    left = annexes.with_gaps(numbered)
    return [
        on_screen(block, facts, anchor=anchors[each.key], mark=mark_of(each))
        for each, block in zip(wanted, left, strict=True)
        if block is not None
    ]


def mark_of(passage: Passage) -> str:
    return "增" if passage.own else "改" if passage.is_edited else ""


def on_screen(block: Block, facts: dict[str, Figure], **given: Any) -> Shown:
    if isinstance(block, Heading):
        return Shown("heading", block, **given)
    if isinstance(block, Paragraph):
        return Shown("paragraph", block, lines=lines_of(block, facts), **given)
    if isinstance(block, Picture):
        return Shown("picture", block, **given)
    if draw := getattr(block, "drawing", None):
        return Shown("chart", block, wide=draw(WIDE), compact=draw(NARROW), **given)
    return Shown("other", block, **given)


def lines_of(block: Paragraph, facts: dict[str, Figure]) -> list[list[tuple[str, Figure | None]]]:
    """Each printed paragraph as (words, figure): a figure with the address its records have now."""
    return [[part(run, facts) for run in runs_of(each)] for each in printing.in_lines(block)]


def runs_of(block: Any) -> Sequence[Any]:
    return [block.runs] if isinstance(block.runs, str) else block.runs


def part(run: Any, facts: dict[str, Figure]) -> tuple[str, Figure | None]:
    return (str(run), facts.get(run.key, run)) if isinstance(run, Figure) else (run, None)


def contents(manuscript: Manuscript) -> str:
    """What is in it, counted: what approving freezes."""
    seen = shown(manuscript, dict.fromkeys((row["key"] for row in manuscript.passages), ""))
    figures = sum(1 for each in seen for line in each.lines for _, figure in line if figure)
    counts = {"段文字": "paragraph", "幅图": "chart", "张照片": "picture"}
    told = [f"{number} {words}" for words, kind in counts.items() if (number := sum(e.kind == kind for e in seen))]
    tables = sum(hasattr(each.block, "rows") for each in seen if each.kind == "other")
    told += [f"{tables} 张表"] if tables else []
    return f"{'、'.join(told)}，文中 {figures} 个数字；数据截至 {cn_datetime(manuscript.as_of)}。"
