"""What stands above the title: `HEADS[type](document, head)`. Letters have a file of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Pt

from core.clock import chinese_date
from core.docx import letterhead, sheet
from core.docx.fonts import dress
from core.docx.letterhead import RED, spaced
from core.docx.xml import border, mm
from core.pdf import blocks as b

NAME = 35 / 25.4 * 72  # points between the text block's edge and the name
HEIGHT = 10 * sheet.LINE  # of the whole head, as in the PDF
RULE = 4 / 25.4 * 72  # points between the number and the red line


def masthead(document: Any, head: b.Masthead) -> None:
    for words, hei in head.marks:
        spaced(dressed(document, words, "hei" if hei else "body"), sheet.LINE)
    used = name(document, head, len(head.marks) * sheet.LINE)
    gap(document, 2 * sheet.LINE)
    if head.signer:
        made = dressed(document, f"{head.number}\t签发人：", "body")
        dress(made.add_run(head.signer), "kai")
        at_edges(made)
    else:
        made = dressed(document, head.number, "body")
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    spaced(made, sheet.SIZE + 4)
    ruled(document, used + 2 * sheet.LINE)


def minutes(document: Any, head: b.MinutesHead) -> None:
    used = name(document, head, 0)
    gap(document, sheet.LINE / 2)
    dressed(document, head.number, "body").alignment = WD_ALIGN_PARAGRAPH.CENTER
    made = dressed(document, f"{head.issuer}\t{chinese_date(head.date) if head.date else ''}", "body")
    at_edges(made)
    spaced(made, sheet.SIZE + 4)
    ruled(document, used + 1.5 * sheet.LINE)


def name(document: Any, head: b.Masthead | b.MinutesHead, used: float) -> float:
    """The red name, 35 mm down; answers how many points the head has used so far."""
    gap(document, NAME - used - 0.06 * head.type_size)
    made = dressed(document, "", "title")
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    spaced(made, head.type_size)
    dress(made.add_run(head.name), "title", head.type_size, red=True)
    return NAME + head.type_size


def ruled(document: Any, used: float) -> None:
    """The red line below; then room, so that the title begins on the line of the PDF's."""
    line = document.add_paragraph()
    spaced(line, RULE)
    border(line, "bottom", kind="single", size=16, colour=RED)
    gap(document, HEIGHT - used - sheet.SIZE - 4 - RULE - 2)


def at_edges(line: Any) -> None:
    """What stands before the tab begins one character in, what stands after it ends one character from the edge."""
    line.paragraph_format.left_indent = Pt(sheet.SIZE)
    line.paragraph_format.tab_stops.add_tab_stop(mm(sheet.WIDTH) - Pt(sheet.SIZE), WD_TAB_ALIGNMENT.RIGHT)


def of_sheet(document: Any, head: b.SheetHead) -> None:
    """Whose list it is, what for, when and where, in the head of every page, as in the PDF."""
    section = document.sections[0]
    section.header_distance = mm(15)
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        dress(centred(header.paragraphs[0]).add_run(head.issuer), "kai", 14)
        dress(centred(header.add_paragraph()).add_run(document.core_properties.title), "title", sheet.SIZE)
        place = f"　　地点：{head.place}" if head.place else ""
        dress(header.add_paragraph().add_run(f"时间：{head.when}{place}"), "body", 12)


def centred(line: Any) -> Any:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def gap(document: Any, points: float) -> None:
    """A paragraph without text: what Word does with room before a paragraph depends on its settings."""
    spaced(document.add_paragraph(), max(1, points))


def dressed(document: Any, words: str, role: str) -> Any:
    made = document.add_paragraph()
    if words:
        dress(made.add_run(words), role)
    return made


HEADS: dict[type, Callable[[Any, Any], None]] = {
    b.Letterhead: letterhead.put, b.Masthead: masthead, b.MinutesHead: minutes,
    b.SheetHead: of_sheet,
}  # fmt: skip
