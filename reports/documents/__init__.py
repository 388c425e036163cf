"""The documents the portal can make. Each is one module with a `compose` function and one registration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.errors import DomainError
from core.pdf.blocks import Block, Cover, Figure, Head
from core.registry import Registry
from organisation.models import Office


@dataclass
class Composition:
    """A document before it is printed: its title, its blocks, and every figure in it by key."""

    title: str
    office: str
    date: str = ""
    blocks: list[Block] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    #: The same figures with unit, words and the page of their records.
    facts: dict[str, Figure] = field(default_factory=dict)
    #: The sheet it is printed on; another one than the official page for boards.
    template: str = "documents/composed.html"
    #: Whose paper it is: a letter (信函格式), an ordinary document with its red head, minutes; or nothing.
    head: Head | None = None
    #: The tables are parts of one list: one sheet of a workbook, whose first column of this name says which part.
    parts_by: str = ""
    #: Whether its tables make sense as a workbook; not those of hundreds of people one after the other.
    has_workbook: bool = True
    #: To be kept for decades: PDF/A. Not for volumes.
    archival: bool = False

    @property
    def sheet(self) -> str:
        return (self.head.sheet if self.head else "") or self.template

    @property
    def author(self) -> str:
        """Who issues it, for the file's description."""
        return getattr(self.head, "issuer", "") or self.office

    @property
    def has_cover(self) -> bool:
        """A volume says its title on the cover."""
        return any(isinstance(block, Cover) for block in self.blocks)

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def figure(self, key: str, value: int | float | str, unit: str = "", label: str = "", url: str = "") -> Figure:
        """A number for running text, remembered under its key. A key may be used again with the same value only.

        `url`: the page of exactly the records that were counted.
        """
        if self.figures.setdefault(key, value) != value:
            raise ValueError(f"figure {key} was {self.figures[key]} and is now {value}")
        made = Figure(value, unit, key, label, url)
        if url or key not in self.facts:
            self.facts[key] = made
        return made


@dataclass(frozen=True)
class Document:
    """`compose(office, year, as_of)` reads the records; it raises DomainError when there is nothing to print.

    `places` are the pages of a plan that offer it as a button (`plans.printing`). `compose_chosen(office, ids, as_of)`
    makes it of records somebody chose, which the caller has found visible to that person. `parts` are the parts of a
    year it is made of, as (key, label), such as months: `compose` is then called with `part=key` too. `owned`: composed
    from the records, then edited, reviewed and approved as a manuscript (`reports.manuscripts`). `private`: it holds
    numbers, addresses or birthdays, and only who sees those of the office may make or read it.
    """

    key: str
    label: str
    description: str
    compose: Callable[..., Composition]
    places: tuple[str, ...] = ()
    compose_chosen: Callable[[Office, Sequence[int], datetime], Composition] | None = None
    parts: tuple[tuple[str, str], ...] = ()
    owned: bool = False
    private: bool = False

    def of(self, office: Office, year: int, as_of: datetime, part: str = "") -> Composition:
        """Raises DomainError when there is nothing to print, or no such part."""
        if not self.parts:
            return self.compose(office, year, as_of)
        if part not in dict(self.parts):
            raise DomainError(f"请选择{self.label}的期间。", field="part")
        return self.compose(office, year, as_of, part=part)

    def latest_part(self, year: int, on: date) -> str:
        """The last part of the year that is over on the day; the first one while none is. Empty without parts."""
        if not self.parts or year != on.year:
            return self.parts[-1 if year < on.year else 0][0] if self.parts else ""
        over = (on.month - 1) * len(self.parts) // 12
        return self.parts[max(over - 1, 0)][0]

    def part_label(self, part: str) -> str:
        return dict(self.parts).get(part, "")


documents: Registry[Document] = Registry("document")


def register(document: Document) -> Document:
    return documents.register(document.key, document)
