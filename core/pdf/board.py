"""A year on one sheet: rows of twelve months, fitted to the paper before it is printed.

What does not fit is shortened in steps, first the titles, then the number of entries in a cell, at last a cell says
only how many there are; every cell that leaves something out says “等N项”, and so does the foot of the sheet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import ClassVar

#: Most entries in a cell, and longest title in characters: shorter titles go before fewer entries.
MOST = (99, 30, 24, 20, 16, 13, 11, 9, 8, 7, 6, 5, 4, 3, 2, 1)
TITLES = (60, 30, 20, 15, 11, 8)
TERSE = 15
#: Lines that borders and padding of a row cost, without and with its name above it, and of its long entries.
PLAIN, NAMED, LONG = 0.5, 1.75, 0.4


@dataclass(frozen=True)
class Sheet:
    """A paper at one size of type and what it holds: lines below the head, wide characters in a month and in the
    whole width."""

    key: str
    type: str
    lines: int
    month: float
    width: float


#: Paper → its sizes of type, the largest first; the smallest is still read without a glass.
A3 = (Sheet("a3", "13", 36, 5.9, 83), Sheet("a3", "11", 43, 7.0, 99), Sheet("a3", "9", 53, 8.6, 122))
A4 = (Sheet("a4", "10", 29, 4.9, 72), Sheet("a4", "9", 34, 5.7, 85), Sheet("a4", "7", 42, 6.9, 102))


@dataclass(frozen=True)
class Note:
    """One entry. `status` says what `tone` (done, prepared, late, dropped, extra, open) colours."""

    title: str
    when: str = ""
    status: str = ""
    tone: str = "open"

    def shortened(self, limit: int) -> Note:
        """The title cut; a status that says two things (“未开始·原定5月”) keeps the first when room is scarce."""
        cut = self.title if len(self.title) <= limit else f"{self.title[: limit - 1]}…"
        status = self.status if limit > TERSE else self.status.split("·")[0]
        return Note(cut, self.when, status, self.tone)

    @property
    def width(self) -> float:
        return width(f"{self.when}{self.title}{self.status}") + 2


@dataclass
class Cell:
    """A month of one row. `total` is how many entries it has, shown or not."""

    notes: Sequence[Note] = ()
    total: int = 0

    @property
    def is_short(self) -> bool:
        return self.total > len(self.notes)

    @property
    def rest(self) -> str:
        if not self.is_short:
            return ""
        return f"等{self.total}项" if self.notes else f"{self.total}项"

    def lines(self, room: float) -> int:
        return sum(ceil(note.width / room) for note in self.notes) + self.is_short


@dataclass
class BoardRow:
    """`label` may be empty; `long` are entries of no one month, in one paragraph above the cells."""

    label: str
    cells: list[Cell] = field(default_factory=list)
    long: Cell = field(default_factory=Cell)

    def fitted(self, limit: int, most: int) -> BoardRow:
        return BoardRow(self.label, [fitted(cell, limit, most) for cell in self.cells], fitted(self.long, limit, most))

    def lines(self, sheet: Sheet, named: bool) -> float:
        """Height in lines: its name, its long entries, its tallest month and the lines between."""
        tallest = max((cell.lines(sheet.month) for cell in self.cells), default=0)
        told = ceil(sum(note.width + 1 for note in self.long.notes) / sheet.width)
        long = max(1, told) + LONG if self.long.total else 0
        return tallest + long + (NAMED if named and self.label else PLAIN)

    @property
    def hidden(self) -> int:
        return sum(cell.total - len(cell.notes) for cell in (*self.cells, self.long))


@dataclass
class YearBoard:
    """`heads` are (month, numbers, current) of the first line; `foot` explains the colours and what is left out."""

    sheet: Sheet
    heads: Sequence[tuple[str, str, bool]]
    rows: Sequence[BoardRow]
    foot: str = ""
    template: ClassVar[str] = "documents/_year_board.html"

    @property
    def left_out(self) -> str:
        hidden = sum(row.hidden for row in self.rows)
        return f"版面有限，有{hidden}项只计数、没有列出，注明“等N项”，全部见安排清单。" if hidden else ""

    @property
    def named(self) -> bool:
        return len(self.rows) > 1


def width(text: str) -> float:
    """In wide characters."""
    return sum(1 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in text)


def fitted(cell: Cell, limit: int, most: int) -> Cell:
    """The first entries, one line kept for the number of all when some are left out."""
    kept = cell.notes if len(cell.notes) <= most else cell.notes[:most]
    return Cell([note.shortened(limit) for note in kept], cell.total)


def fit(rows: Sequence[BoardRow], sheets: Sequence[Sheet]) -> tuple[list[BoardRow], Sheet]:
    """The rows as they fit on one sheet, in the largest type that leaves nothing out, else in the smallest.

    Rows that do not fit even as numbers are added up in a last one.
    """
    named, smallest = len(rows) > 1, sheets[-1]
    for sheet in sheets:
        if height(rows, sheet, named) <= sheet.lines:
            return list(rows), sheet
    for shorter in versions(rows):
        if height(shorter, smallest, named) <= smallest.lines:
            return shorter, smallest
    terse, kept = [row.fitted(0, 0) for row in rows], 0
    while height([*terse[: kept + 1], summed(terse[kept + 1 :])], smallest, named) <= smallest.lines:
        kept += 1
    return [*terse[:kept], summed(terse[kept:])], smallest


def versions(rows: Sequence[BoardRow]) -> Iterator[list[BoardRow]]:
    """From everything in full to one short entry in a cell, then only numbers."""
    for most in MOST:
        for limit in TITLES:
            yield [row.fitted(limit, most) for row in rows]
    yield [row.fitted(0, 0) for row in rows]


def height(rows: Sequence[BoardRow], sheet: Sheet, named: bool) -> float:
    return sum(row.lines(sheet, named) for row in rows)


def summed(rows: Sequence[BoardRow]) -> BoardRow:
    """Several rows as one line of numbers."""
    cells = [Cell((), sum(row.cells[month].total for row in rows)) for month in range(12)]
    return BoardRow(f"其他{len(rows)}个", cells, Cell((), sum(row.long.total for row in rows)))
