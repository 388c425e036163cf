"""版头 of a letter (GB/T 9704-2012 10.1) as far as Word can: name and first rule in the head of the first page, the
second rule in its foot, the number at the edge of the text block."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt

from core.docx.fonts import dress
from core.docx.sheet import LINE
from core.docx.xml import border, mm
from core.pdf.blocks import Letterhead

RED = "D7000F"
TOP = 30  # mm between the name and the edge
ROOM = 30  # points of the category above the name
NUMBER = 20  # points of the line of the number
UNDER = 4.7  # points by which the number's line begins below the height of the name, counted from the text block
OUT = 8  # mm by which the rules reach over the text block on either side: 170 mm on a page of 210


def put(document: Any, head: Letterhead) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = mm(TOP - ROOM / 72 * 25.4)
    section.top_margin = -section.top_margin  # exactly so high: the head does not push the text down
    top(section.first_page_header, head)
    foot(section.first_page_footer)
    number(document, head)


def top(header: Any, head: Letterhead) -> None:
    header.is_linked_to_previous = False
    name = header.paragraphs[0]
    mark(name.insert_paragraph_before(), head.mark)
    wide(name)
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    spaced(name, head.type_size)
    dress(name.add_run(head.issuer), "title", head.type_size, red=True)
    border(name, "bottom", kind="thickThinSmallGap", size=24, colour=RED, space=11)


def foot(footer: Any) -> None:
    """The rule lies 20 mm from the edge: the page numbers of the other pages stand higher than it."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    wide(line)
    spaced(line, 4)
    border(line, "bottom", kind="thinThickSmallGap", size=24, colour=RED)


def number(document: Any, head: Letterhead) -> None:
    """At the edge of the text block below the rule; the title begins on the fifth line."""
    above = head.type_size + UNDER
    spaced(document.add_paragraph(), above)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    spaced(paragraph, NUMBER)
    dress(paragraph.add_run(head.number), "body")
    spaced(document.add_paragraph(), 4 * LINE - above - NUMBER)


def mark(paragraph: Any, letter: str) -> None:
    """The category at the upper right corner, above the name; the same room without one."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    spaced(paragraph, 16)
    paragraph.paragraph_format.space_after = Pt(ROOM - 16)
    dress(paragraph.add_run(letter), "hei", 16)


def wide(paragraph: Any) -> None:
    paragraph.paragraph_format.left_indent = mm(-OUT)
    paragraph.paragraph_format.right_indent = mm(-(OUT - 2))


def spaced(paragraph: Any, points: float) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)
