"""What stands at the end of a document: 版记, annexes, lists of who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.pdf.titles import title_lines


@dataclass(frozen=True)
class Colophon:
    """版记 (GB/T 9704-2012 7.4) at the foot of the last even page: 抄送, 印发机关 and the day of printing.

    Pages left empty before it and a page it has for itself bear no number.
    """

    cc: Sequence[str]
    issuer: str
    date: date
    template: ClassVar[str] = "documents/_colophon.html"

    @property
    def copies(self) -> str:
        return f"{'，'.join(self.cc)}。" if self.cc else ""


@dataclass(frozen=True)
class Annex:
    """附件 (7.3.8): begins a page; “附件1” in Hei at the edge of the first line, the title in the third.

    `number` 0: the only one. `anchor`: what a table of contents leads to.
    """

    title: str
    number: int = 0
    anchor: str = ""
    template: ClassVar[str] = "documents/_annex.html"

    @property
    def mark(self) -> str:
        return f"附件{self.number}" if self.number else "附件"

    @property
    def lines(self) -> list[str]:
        return title_lines(self.title)


GAP = "　"  # between two names
ROOM = 23  # characters: a line of 28 without the two before the word, the word and its colon


@dataclass(frozen=True)
class Present:
    """出席, 请假 or 列席 of minutes (10.3): the word in Hei two characters in, the names hanging after it.

    `apart`: an empty line above, as between the text and the first of them.
    """

    word: str
    names: str
    apart: bool = False
    template: ClassVar[str] = "documents/_present.html"

    @property
    def lines(self) -> list[str]:
        """The names a line at a time, so that none is broken in two; what is longer than a line is left whole."""
        made: list[str] = []
        for name in filter(None, self.names.split(GAP)):
            if made and len(f"{made[-1]}{GAP}{name}") <= ROOM:
                made[-1] += f"{GAP}{name}"
            else:
                made.append(name)
        return made


@dataclass(frozen=True)
class Signers:
    """A line for signing: a word and room behind it, each."""

    words: Sequence[str]
    template: ClassVar[str] = "documents/_signers.html"
