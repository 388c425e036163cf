"""The sheet after GB/T 9704-2012: A4, margins, the grid of 22 lines of 28 characters, styles, page numbers."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from core.docx import fonts
from core.docx.xml import element, field, mm

WIDTH, HEIGHT = 156, 225  # of the text block, mm
WIDE = HEIGHT  # the text block turned by a quarter
FOOT = 20  # mm between what stands at the foot and the edge: the second rule of a letter
#: Points, in whole twentieths and never more than the sheet has: a 22nd line that is 0.01 mm too low is a new page.
LINE = int(HEIGHT / 22 / 25.4 * 72 * 20) / 20
SIZE = 16.0  # 3号
#: Twentieths of a point by which every character is set closer, so that 28 of them fill the line. The grid of the
#: page would do the same in Word, but other programs give a character wider than its cell two cells.
CLOSER = int((WIDTH / 28 / 25.4 * 72 - SIZE) * 20) - 1
PITCH = SIZE + CLOSER / 20  # points from one character to the next
TABLE_SIZE = 12.0  # 小四
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
AFTER_AUTO_SPACE = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc",
                    "w:outlineLvl", "w:rPr")  # fmt: skip
HEADINGS = {1: "hei", 2: "kai", 3: "body", 4: "body"}
BLACK = RGBColor(0, 0, 0)


def prepare(document: Any, *, wide: bool = False) -> None:
    """`wide`: the sheet turned by a quarter, for tables of many columns."""
    section = document.sections[0]
    section.page_width, section.page_height = mm(210), mm(297)
    section.top_margin, section.bottom_margin = mm(37), mm(35)
    section.left_margin, section.right_margin = mm(28), mm(26)
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = mm(297), mm(210)
        section.top_margin, section.bottom_margin = mm(28), mm(26)
        section.left_margin, section.right_margin = mm(35), mm(37)
    section.footer_distance = mm(FOOT)
    grid(section._sectPr)
    styles(document.styles)
    document.settings.odd_and_even_pages_header_footer = True
    speak_chinese(document)


def grid(properties: Any) -> None:
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=round(LINE * 20)))


def speak_chinese(document: Any) -> None:
    """The language of the text is Chinese, and the file no older than Word 2013: the template says otherwise."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")


def styles(all_styles: Any) -> None:
    normal = all_styles["Normal"]
    normal.font.size = Pt(SIZE)
    fonts.put(normal.element.get_or_add_rPr(), "body")
    closer(normal, CLOSER)
    lined(normal)
    as_typeset(normal)
    normal.paragraph_format.widow_control = False
    for level, role in HEADINGS.items():
        heading(all_styles[f"Heading {level}"], role)
    heading(all_styles["Title"], "title", size=22)
    title = all_styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = Pt(0)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    closer(title, 0)
    small = all_styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = normal
    small.font.size = Pt(TABLE_SIZE)
    closer(small, 0)
    small.paragraph_format.line_spacing = Pt(LINE / 2)


def closer(style: Any, twips: int) -> None:
    """Character spacing; 0 undoes that of the style it is based on."""
    properties = style.element.get_or_add_rPr()
    properties.insert_element_before(element("w:spacing", val=twips), *AFTER_SPACING)


def as_typeset(style: Any) -> None:
    """No room between Chinese and digits, no punctuation beyond the edge: 28 characters are 28 characters. Lines are
    exactly a line of the grid high and need not be moved onto it.
    """
    properties = style.element.get_or_add_pPr()
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        properties.insert_element_before(element(f"w:{name}", val=0), *AFTER_AUTO_SPACE)


def heading(style: Any, role: str, *, size: float = SIZE) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = BLACK
    fonts.put(style.element.get_or_add_rPr(), role)
    lined(style)
    indent(style, 2)
    style.paragraph_format.keep_with_next = True


def lined(style: Any) -> None:
    """A line of the grid, no space around."""
    format_ = style.paragraph_format
    format_.space_before = format_.space_after = Pt(0)
    format_.line_spacing_rule, format_.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)


def indent(target: Any, characters: int) -> None:
    """The first line, in characters of the font; the points are what other programs use."""
    target.paragraph_format.first_line_indent = Pt(SIZE * characters)
    holder = target.element if hasattr(target, "element") else target._p
    holder.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(100 * characters))


def number_pages(section: Any) -> None:
    """— 1 —, one character in from the outer edge: right on odd pages, left on even ones."""
    odd, even = section.footer, section.even_page_footer
    for footer, right in ((odd, True), (even, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        side = "right_indent" if right else "left_indent"
        setattr(paragraph.paragraph_format, side, Pt(14))
        paragraph.paragraph_format.space_after = Pt(9)  # the number stands 23 mm from the edge
        runs = [paragraph.add_run("— "), *field(paragraph, "PAGE"), paragraph.add_run(" —")]
        for run in runs:
            fonts.dress(run, "song", 14)
