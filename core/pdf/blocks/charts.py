"""Charts as vector drawings with real text; measures in units of a text block 156 wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Bars:
    """A horizontal bar chart of `(label, value)` rows, all values ≥ 0; drawn as vectors with real text."""

    title: str
    rows: Sequence[tuple[str, int | float]]
    unit: str = ""
    template: ClassVar[str] = "documents/_bars.html"
    # Units of the drawing: 156 wide, as the text block is 156 mm.
    WIDTH: ClassVar[float] = 156
    LABEL: ClassVar[float] = 40
    STEP: ClassVar[float] = 8
    VALUE: ClassVar[float] = 22

    @property
    def height(self) -> float:
        return self.STEP * len(self.rows) + 2

    @property
    def bars(self) -> list[dict[str, object]]:
        """Geometry of each row, ready for the template."""
        top = max((value for _, value in self.rows), default=0) or 1
        room = self.WIDTH - self.LABEL - self.VALUE
        return [
            {
                "label": label,
                "value": value,
                "y": self.STEP * index + 1.5,
                "text_y": self.STEP * index + 6.2,
                "width": round(room * value / top, 2),
                "value_x": round(self.LABEL + room * value / top + 1.5, 2),
            }
            for index, (label, value) in enumerate(self.rows)
        ]
