"""QR codes as one SVG path: drawn into the page, sharp at any size, no image to load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around the code, without which many phones find nothing


@dataclass(frozen=True)
class Drawing:
    """`path` in a square of `size` units, the white margin included."""

    size: int
    path: str


def drawn(text: str) -> Drawing:
    """The smallest code for the text that still reads with 15 per cent of it hidden (level M)."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    lines = [line for row, cells in enumerate(matrix) for line in runs(row, cells)]
    return Drawing(len(matrix) + 2 * QUIET, "".join(lines))


def runs(row: int, cells: Sequence[int]) -> Iterator[str]:
    """Dark modules side by side as one rectangle each."""
    column = QUIET
    for dark, group in groupby(cells, key=bool):
        width = len(list(group))
        if dark:
            yield f"M{column} {row + QUIET}h{width}v1h-{width}z"
        column += width
