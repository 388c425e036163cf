"""Tables, tables of progress, and forms to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Column:
    """`width` in percent of the table (a full date needs 22); `align`: left, center or right."""

    label: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """Cells are text (line feeds count), numbers or None. Rows are never split over pages; the head is repeated.

    `key` says which one it is where it has no caption (see Paragraph). `wide`: many columns in small type, for the
    landscape sheet.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    caption: str = ""
    wide: bool = False
    key: str = ""
    template: ClassVar[str] = "documents/_table.html"

    @property
    def lines(self) -> list[list[tuple[Column, object]]]:
        """Rows as (column, value) pairs. Raises ValueError when a row and the head differ in length."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Progress:
    """One target: what was planned, what the records count."""

    target: str
    planned: int | float
    actual: int | float
    unit: str = ""

    @property
    def percent(self) -> int:
        """Share reached, rounded down: 100 always means done. Nothing planned: 100 once anything is done."""
        if not self.planned:
            return 100 if self.actual else 0
        return int(self.actual * 100 // self.planned)

    @property
    def bar(self) -> int:
        """Length of the bar out of 100."""
        return max(0, min(100, self.percent))


@dataclass(frozen=True)
class ProgressTable:
    """Planned and actual of each target, with a bar."""

    rows: Sequence[Progress]
    caption: str = ""
    template: ClassVar[str] = "documents/_progress_table.html"


@dataclass(frozen=True)
class Grid:
    """A form without a head: rows of cells in turn label and content; empty cells are filled in by hand.

    `widths` in percent of the table; a row with fewer cells lets its last one reach to the edge; `lines` is the least
    height of a row in lines of the sheet.
    """

    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    lines: int = 1
    template: ClassVar[str] = "documents/_grid.html"

    @property
    def cells(self) -> list[list[tuple[str, bool, int]]]:
        """Rows of (text, is it a label, columns it takes)."""
        return [
            [(text, at % 2 == 0, len(self.widths) - at if at == len(row) - 1 else 1) for at, text in enumerate(row)]
            for row in self.rows
        ]
