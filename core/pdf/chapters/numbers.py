"""What stands in the margins of each page, from a few pages that were laid out.

Laying out three hundred empty pages for their numbers takes longer than a chapter. The first pages are laid out as
they are, then two of each length of number; the others are copies with the digits exchanged. That is exact as long as
all digits are equally wide and a number stands in one piece; where not, all pages are laid out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pikepdf import Pdf

if TYPE_CHECKING:
    from core.pdf.chapters.joining import Laid

#: All ten digits, numbers of one and two figures on both sides of a sheet, and the first page, which may be special.
FIRST = 12
LONGEST = 4

#: `(number of the first page, pages)`
Sample = tuple[int, int]


class NotAlike(ValueError):
    """The digits cannot be exchanged."""


def samples(pages: int) -> list[Sample]:
    longer = [(10 ** (length - 1) - 1, 3) for length in range(3, LONGEST + 1) if pages >= 10 ** (length - 1)]
    return [(1, min(pages, FIRST)), *longer]


def beginning_at(html: str, number: int) -> str:
    """The same empty pages, counted from another number."""
    return html.replace("</head>", f"<style>@page :first {{ counter-reset: page {number} }}</style></head>", 1)


def every(pages: int, found: Sequence[tuple[Sample, Laid]]) -> list[bytes]:
    """The drawing of each page's margins. Raises NotAlike."""
    drawn = {}
    for (number, _), laid in found:
        drawn.update(enumerate(drawings(laid), number))
    exchanged = _exchange(found[0][1])
    known = [drawn[number] for number in range(1, min(pages, FIRST) + 1)]
    return known + [exchanged(drawn, number) for number in range(FIRST + 1, pages + 1)]


def drawings(laid: Laid) -> list[bytes]:
    with Pdf.open(io.BytesIO(laid.data)) as file:
        return [page.Contents.read_bytes() for page in file.pages]


def _exchange(laid: Laid) -> Callable[[dict[int, bytes], int], bytes]:
    glyphs, widths = {}, set()
    for face in laid.fonts.values():
        for glyph, (text, width) in face.items():
            if len(text) == 1 and text in "0123456789":
                glyphs[text] = f"{int(glyph):04x}".encode()
                widths.add(width)
    if laid.pages == FIRST and (len(glyphs) < 10 or len(widths) > 1):
        raise NotAlike

    def written(number: int) -> bytes:
        return b"".join(glyphs[digit] for digit in str(number))

    def exchanged(drawn: dict[int, bytes], number: int) -> bytes:
        model = 10 ** (len(str(number)) - 1) + number % 2
        if model not in drawn or drawn[model].count(written(model)) != 1:
            raise NotAlike
        return drawn[model].replace(written(model), written(number))

    return exchanged
