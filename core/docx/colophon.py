"""版记 (GB/T 9704-2012 7.4): paragraphs in a frame on the lower edge of the text block, between its lines.

Which page is the last one knows the program that opens the file: the frame stands on that one, odd or even. A line is a
paragraph of its height in black: LibreOffice makes no frame of paragraphs with borders.
"""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt

from core.clock import chinese_date
from core.docx import sheet, xml
from core.docx.fonts import dress
from core.docx.letterhead import spaced
from core.pdf import blocks as b

SIZE = 14  # 4号
LINE = 24
THICK, THIN = 0.35 / 25.4 * 72, 0.25 / 25.4 * 72  # points


def put(page: Any, block: b.Colophon) -> None:
    rule(page, THICK)
    if block.cc:
        made = framed(page, f"抄送：{block.copies}")
        made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Pt(SIZE * 4), Pt(-SIZE * 3)
        made.paragraph_format.right_indent = Pt(SIZE)
        rule(page, THIN)
    last = framed(page, f"{block.issuer}\t{chinese_date(block.date)}印发")
    last.paragraph_format.left_indent = Pt(SIZE)
    last.paragraph_format.tab_stops.add_tab_stop(xml.mm(sheet.WIDTH) - Pt(SIZE), WD_TAB_ALIGNMENT.RIGHT)
    rule(page, THICK)
    page.gap(1)  # a frame hangs on what follows it


def framed(page: Any, words: str = "", height: float = LINE) -> Any:
    made = page.document.add_paragraph()
    if words:
        dress(made.add_run(words), "body", SIZE)
    spaced(made, height)
    xml.frame(made, round(sheet.WIDTH / 25.4 * 1440))
    return made


def rule(page: Any, height: float) -> None:
    xml.blackened(framed(page, height=height))
