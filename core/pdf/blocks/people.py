"""One person on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Person:
    """What is known of a person as rows of label and content in turn, beside the place for a photo.

    Rows of four cells stand beside the photo; rows of two run below it over the whole width.
    """

    rows: Sequence[Sequence[str]]
    photo: str = ""  # known to core.pdf.media_resolver; empty: room to stick one on
    template: ClassVar[str] = "documents/_person.html"
    WIDTHS: ClassVar[Sequence[int]] = (14, 25, 14, 25, 22)

    @property
    def beside(self) -> list[Sequence[str]]:
        return [row for row in self.rows if len(row) == 4]

    @property
    def below(self) -> list[Sequence[str]]:
        return [row for row in self.rows if len(row) == 2]
