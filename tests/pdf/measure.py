"""Reads a produced PDF back: characters with their places in millimetres from the upper left corner."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 25.4 / 72


@dataclass(frozen=True)
class Char:
    """One printed character: origin `x` and baseline `y`, ink box, size in points, name of the font."""

    text: str
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


def opened(data: bytes) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(data)


def page_text(data: bytes) -> list[str]:
    """Extracted text of each page, without line ends."""
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in opened(data)]


def characters(page: pdfium.PdfPage) -> list[Char]:
    text = page.get_textpage()
    found = (_character(text, index, page.get_height()) for index in range(text.count_chars()))
    return [char for char in found if char.text.strip() and char.font]


def _character(text: pdfium.PdfTextPage, index: int, height: float) -> Char:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    left, bottom, right, top = text.get_charbox(index)
    return Char(
        chr(raw.FPDFText_GetUnicode(text, index)),
        x.value * MM,
        (height - y.value) * MM,
        left * MM,
        right * MM,
        (height - top) * MM,
        (height - bottom) * MM,
        _size(text, index),
        _font(text, index),
    )


def _size(text: pdfium.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    return abs(matrix.d) * raw.FPDFText_GetFontSize(text, index)


def _font(text: pdfium.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, index, buffer, 200, ctypes.c_int())
    return buffer.value.decode()


def lines(chars: list[Char]) -> list[list[Char]]:
    """Characters of the text block by baseline, top to bottom; page numbers (below 262 mm) left out."""
    body = sorted((char for char in chars if char.y < 262), key=lambda char: (round(char.y, 1), char.x))
    return [list(group) for _, group in groupby(body, key=lambda char: round(char.y, 1))]


def page_number(chars: list[Char]) -> list[Char]:
    return sorted((char for char in chars if char.y > 262), key=lambda char: char.x)


def embedded_fonts(data: bytes) -> dict[str, bool]:
    """Base name of every font used by text on any page, and whether it is embedded."""
    found = {}
    for page in opened(data):
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = item.get_font()
            found[font.get_base_name()] = font.is_embedded
    return found
