"""Charts as vector drawings with real text; measures in units of a text block 156 wide.

The sheet draws them with its own templates, Word by itself (`core.docx.charts`); a page of the portal shows `drawing`,
which comes with the numbers as a table (`core.charts`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from core import charts

TYPE = 4.2  # height of the letters


def width_of(text: str) -> float:
    return TYPE * sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in text)


def cut(text: str, room: float) -> str:
    """The text as far as it fits; the numbers stand in the text and in the table beside the drawing in full."""
    if width_of(text) <= room:
        return text
    while text and width_of(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"


class Drawn:
    """What both charts share: the same numbers as a drawing of a page."""

    template: ClassVar[str]
    draw: ClassVar[Any]
    title: str
    rows: Sequence[tuple[str, int | float]]
    unit: str

    def drawing(self, width: int) -> charts.Figure:
        """For a page, `width` px wide."""
        labels, values = [label for label, _ in self.rows], [value for _, value in self.rows]
        return type(self).draw(
            self.title, labels, [charts.Series(self.unit or "数量", values)], unit=self.unit, width=width
        )


@dataclass(frozen=True)
class Bars(Drawn):
    """A horizontal bar chart of `(label, value)` rows, all values ≥ 0."""

    title: str
    rows: Sequence[tuple[str, int | float]]
    unit: str = ""
    template: ClassVar[str] = "documents/_bars.html"
    draw: ClassVar[Any] = staticmethod(charts.bars)
    # Units of the drawing: 156 wide, as the text block is 156 mm.
    WIDTH: ClassVar[float] = 156
    STEP: ClassVar[float] = 8
    VALUE: ClassVar[float] = 22
    NARROWEST: ClassVar[float] = 24
    MOST: ClassVar[float] = 66

    @property
    def height(self) -> float:
        return self.STEP * len(self.rows) + 2

    @property
    def axis(self) -> float:
        """Where the bars begin: beside the longest label, within reason."""
        longest = max((width_of(label) for label, _ in self.rows), default=0)
        return round(min(max(longest + 3, self.NARROWEST), self.MOST), 2)

    @property
    def bars(self) -> list[dict[str, object]]:
        """Geometry of each row, ready for the template."""
        top = max((value for _, value in self.rows), default=0) or 1
        room = self.WIDTH - self.axis - self.VALUE
        return [
            {
                "label": cut(label, self.axis - 2),
                "label_x": round(self.axis - 1.5, 2),
                "value": value,
                "y": self.STEP * index + 1.5,
                "text_y": self.STEP * index + 5.5,
                "width": round(room * value / top, 2),
                "value_x": round(self.axis + room * value / top + 1.5, 2),
            }
            for index, (label, value) in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Columns(Drawn):
    """Upright columns of `(label, value)` rows, all values ≥ 0, for what follows in time. `most`: the height of the
    drawing when it does not depend on the values, such as 100 %.
    """

    title: str
    rows: Sequence[tuple[str, int | float]]
    unit: str = ""
    most: int | float | None = None
    template: ClassVar[str] = "documents/_columns.html"
    draw: ClassVar[Any] = staticmethod(charts.columns)
    WIDTH: ClassVar[float] = 156
    HEIGHT: ClassVar[float] = 56
    HEAD: ClassVar[float] = 6
    FLOOR: ClassVar[float] = 49
    WIDEST: ClassVar[float] = 14

    @cached_property
    def columns(self) -> list[dict[str, object]]:
        """Geometry of each column, ready for the template."""
        top = self.most or max((value for _, value in self.rows), default=0) or 1
        slot = self.WIDTH / max(1, len(self.rows))
        width = round(min(self.WIDEST, slot * 0.56), 2)
        return [self.column(index, label, value, slot, width, top) for index, (label, value) in enumerate(self.rows)]

    def column(
        self, index: int, label: str, value: int | float, slot: float, width: float, top: int | float
    ) -> dict[str, object]:
        height = round((self.FLOOR - self.HEAD) * min(value / top, 1), 2)
        middle = round(slot * (index + 0.5), 2)
        return {
            "label": label, "value": value, "middle": middle, "x": round(middle - width / 2, 2),
            "y": round(self.FLOOR - height, 2), "width": width, "height": height,
            "value_y": round(self.FLOOR - height - 1.2, 2),
        }  # fmt: skip
