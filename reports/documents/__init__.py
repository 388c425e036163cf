"""The documents the portal can make. Each is one module with a `compose` function and one registration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.pdf.blocks import Block, Cover, Figure, Letterhead
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
    #: The sheet it is printed on; another one than the official page for boards.
    template: str = "documents/composed.html"
    #: Printed as a letter (信函格式) of this body.
    letter: Letterhead | None = None

    @property
    def sheet(self) -> str:
        return "documents/letter.html" if self.letter else self.template

    @property
    def has_cover(self) -> bool:
        """A volume says its title on the cover."""
        return any(isinstance(block, Cover) for block in self.blocks)

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def figure(self, key: str, value: int | float | str, unit: str = "", label: str = "") -> Figure:
        """A number for running text, remembered under its key. A key may be used again with the same value only."""
        if self.figures.setdefault(key, value) != value:
            raise ValueError(f"figure {key} was {self.figures[key]} and is now {value}")
        return Figure(value, unit, key, label)


@dataclass(frozen=True)
class Document:
    """`compose(office, year, as_of)` reads the records; it raises DomainError when there is nothing to print.

    `places` are the pages of a plan that offer it as a button (`plans.printing`). `compose_chosen(office, ids, as_of)`
    makes it of records somebody chose, which the caller has found visible to that person.
    """

    key: str
    label: str
    description: str
    compose: Callable[[Office, int, datetime], Composition]
    places: tuple[str, ...] = ()
    compose_chosen: Callable[[Office, Sequence[int], datetime], Composition] | None = None


documents: Registry[Document] = Registry("document")


def register(document: Document) -> Document:
    return documents.register(document.key, document)
