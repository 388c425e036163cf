"""Two editions side by side: which passage says what instead, and which figures changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.pdf.blocks import Block, Heading, Paragraph, Picture, ProgressTable, Table
from core.textdiff import Piece, pieces
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage
from reports.models import Manuscript


@dataclass(frozen=True)
class Change:
    """`label`: where it is; `before` and `after` as printed, empty when there was or is nothing."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.before, self.after)


def between(older: Manuscript, newer: Manuscript) -> list[Change]:
    """Every passage that is printed otherwise, in the newer one's order, dropped ones at the end."""
    before, after = said(older), said(newer)
    changes = [] if older.title == newer.title else [Change("标题", older.title, newer.title)]
    changes += [
        Change(label, before.get(key, ("", ""))[1], text)
        for key, (label, text) in after.items()
        if before.get(key, ("", ""))[1] != text
    ]
    return changes + [Change(label, text, "") for key, (label, text) in before.items() if key not in after and text]


def of_figures(older: Manuscript, newer: Manuscript) -> list[Change]:
    """Figures with another value, by their words."""
    before, after = kept.load_figures(older.figures), kept.load_figures(newer.figures)
    return [
        Change(figure.label or key, str(before.get(key, "")), str(figure))
        for key, figure in after.items()
        if key in before and before[key].value != figure.value
    ]


def said(manuscript: Manuscript) -> dict[str, tuple[str, str]]:
    """Key → (where it is, what is printed there), only what is printed."""
    facts = kept.load_figures(manuscript.figures)
    shown = [each for each in kept.load(manuscript.passages) if not each.hidden and not kept.is_blank(each)]
    return {each.key: (label, words(kept.as_block(each, facts))) for label, each in placed(shown)}


def placed(passages: list[Passage]) -> Iterator[tuple[str, Passage]]:
    """Each passage with its place: under which heading, which one of it."""
    heading, number = "开头", 0
    for each in passages:
        if isinstance(each.block, Heading):
            heading, number = each.current, 0
            yield f"“{heading}”的标题", each
        else:
            number += 1
            yield (
                f"“{heading}”第{number}段" if isinstance(each.block, Paragraph) else name_of(each.block, heading),
                each,
            )


def name_of(block: Block, heading: str) -> str:
    caption = getattr(block, "caption", "") or getattr(block, "title", "")
    return f"《{caption}》" if caption else f"“{heading}”的图表"


def words(block: Block) -> str:
    """A block as plain text, a table row by row."""
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph):
        return "".join(text for text, _ in block.parts)
    if isinstance(block, Table):
        return "\n".join("　".join("" if cell is None else str(cell) for cell in row) for row in block.rows)
    if isinstance(block, ProgressTable):
        return "\n".join(f"{row.target}　计划{row.planned}　实际{row.actual}{row.unit}" for row in block.rows)
    if isinstance(block, Picture):
        return f"照片：{block.caption}"
    rows = getattr(block, "rows", ())
    return "\n".join("　".join(str(each) for each in row) for row in rows if isinstance(row, list | tuple))
