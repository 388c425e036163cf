"""One function per kind of block: `WRITERS[type](page, block)`."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt

from core.clock import chinese_date
from core.docx import sheet, xml
from core.docx.fonts import dress
from core.pdf import blocks as b
from core.pdf.photos import photo

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


class Page:
    """The document being written; `bookmarks` counts the anchors."""

    def __init__(self, document: Any) -> None:
        self.document, self.bookmarks = document, 0

    def paragraph(self, text: str = "", role: str = "body", size: float | None = None, style: str | None = None) -> Any:
        made = self.document.add_paragraph(style=style)
        if text:
            dress(made.add_run(text), role, size)
        return made


def heading(page: Page, block: b.Heading) -> None:
    made = page.document.add_paragraph(style=f"Heading {block.level}")
    made.add_run(f"{block.number or ''}{block.text}")
    if block.anchor:
        page.bookmarks += 1
        xml.bookmark(made, anchor_name(block.anchor), page.bookmarks)


def anchor_name(anchor: str) -> str:
    return anchor.replace("-", "_")[:40]


def paragraph(page: Page, block: b.Paragraph) -> None:
    made = page.paragraph("".join(text for text, _ in block.parts))
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if block.indent:
        sheet.indent(made, 2)


def caption(page: Page, words: str) -> None:
    if words:
        made = page.paragraph(words, "hei", 14)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.keep_with_next = True


def table(page: Page, block: b.Table) -> None:
    caption(page, block.caption)
    room = sheet.WIDE if block.wide else sheet.WIDTH
    made = grid_of(page, [column.width for column in block.columns], len(block.rows) + 1, room)
    for at, column in enumerate(block.columns):
        fill(made.rows[0].cells[at], column.label, "hei", "center")
    xml.repeat_head(made.rows[0])
    for number, line in enumerate(block.lines, 1):
        cells = made.rows[number].cells
        for at, (column, value) in enumerate(line):
            fill(cells[at], "" if value is None else str(value), "body", column.align)


def grid_of(page: Page, widths: Sequence[int], rows: int, room: float = sheet.WIDTH) -> Any:
    """`room` in mm."""
    made = page.document.add_table(rows=rows, cols=len(widths))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    twips = [round(room / 25.4 * 1440 * width / sum(widths)) for width in widths]
    for at, column in enumerate(made.columns):
        column.width = xml.mm(room * widths[at] / sum(widths))
    for row in made.rows:
        xml.keep_whole(row)
        for at, cell in enumerate(row.cells):
            xml.cell_width(cell, twips[at])
    return made


def fill(cell: Any, text: str, role: str, align: str) -> None:
    made = cell.paragraphs[0]
    made.style, made.alignment = "Table Text", ALIGN[align]
    for number, line in enumerate(text.split("\n")):
        run = dress(made.add_run(line), role)
        if number < text.count("\n"):
            run.add_break()


def progress_table(page: Page, block: b.ProgressTable) -> None:
    columns = [b.Column("目标", 40), b.Column("计划", 20, "right"), b.Column("实际", 20, "right"),
               b.Column("完成情况", 20, "right")]  # fmt: skip
    rows = [
        (row.target, f"{row.planned}{row.unit}", f"{row.actual}{row.unit}", f"{row.percent}%") for row in block.rows
    ]
    table(page, b.Table(columns, rows, block.caption))


def bars(page: Page, block: b.Bars | b.Columns) -> None:
    """The drawing as a table with a bar of characters: it stays text that can be changed."""
    top = max((value for _, value in block.rows), default=0) or 1
    title = f"{block.title}（单位：{block.unit}）" if block.unit else block.title
    columns = [b.Column("项目", 30), b.Column("数量", 16, "right"), b.Column("比较", 54)]
    rows = [(label, value, "▇" * round(18 * value / top)) for label, value in block.rows]
    table(page, b.Table(columns, rows, title))


def picture(page: Page, block: b.Picture) -> None:
    found = photo(block.media_id, block.width)
    if found:
        made = page.paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.line_spacing = 1.0
        made.add_run().add_picture(io.BytesIO(found[0]), width=xml.mm(sheet.WIDTH * block.width / 100))
    if block.caption:
        page.paragraph(block.caption, "kai", 12).alignment = WD_ALIGN_PARAGRAPH.CENTER


def attachments(page: Page, block: b.Attachments) -> None:
    page.paragraph()
    many = len(block.names) > 1
    for number, name in enumerate(block.names, 1):
        word = "附件：" if number == 1 else "　　　"
        made = page.paragraph(f"{word}{number}.{name}" if many else f"{word}{name}")
        hanging = 4 if many else 3
        made.paragraph_format.left_indent = Pt(sheet.SIZE * (2 + hanging))
        made.paragraph_format.first_line_indent = Pt(-sheet.SIZE * hanging)


def signature(page: Page, block: b.Signature) -> None:
    page.paragraph()
    office, day = page.paragraph(block.office), page.paragraph(chinese_date(block.date))
    for made in (office, day):
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    office.paragraph_format.keep_with_next = True
    office.paragraph_format.right_indent = Pt(sheet.SIZE * office_indent(block))
    day.paragraph_format.right_indent = Pt(sheet.SIZE * (4 if block.sealed else date_indent(block)))


def date_width(block: b.Signature) -> float:
    """In characters: digits are half as wide."""
    return sum(0.5 if each.isdigit() else 1 for each in chinese_date(block.date))


def date_indent(block: b.Signature) -> float:
    """The date begins two characters after the office, whichever is longer; two characters stay free at the edge."""
    return 2 + max(0.0, len(block.office) - 2 - date_width(block))


def office_indent(block: b.Signature) -> float:
    if block.sealed:
        return max(0.0, 4 + (date_width(block) - len(block.office)) / 2)
    return 2 + max(0.0, 2 + date_width(block) - len(block.office))


def remark(page: Page, block: b.Remark) -> None:
    sheet.indent(page.paragraph(f"（{block.text}）"), 2)


def copies(page: Page, block: b.Copies) -> None:
    page.paragraph()
    made = page.paragraph(f"抄送：{block.text}", "body", 14)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Pt(14)


def code(page: Page, block: b.Code) -> None:
    """The drawing as a picture, with its words below."""
    import segno

    drawing = io.BytesIO()
    segno.make(block.url, error="m", micro=False, boost_error=False).save(drawing, kind="png", scale=6, border=4)
    made = page.paragraph()
    made.paragraph_format.line_spacing = 1.0
    made.add_run().add_picture(io.BytesIO(drawing.getvalue()), width=xml.mm(26))
    page.paragraph(block.words, "body", 12)


def grid(page: Page, block: b.Grid) -> None:
    made = grid_of(page, block.widths, len(block.rows))
    for row, cells in zip(made.rows, block.cells, strict=True):
        row.height = Pt(sheet.LINE * max(1, block.lines - 0.5))
        for at, (text, is_label, span) in enumerate(cells):
            cell = row.cells[at] if span == 1 else row.cells[at].merge(row.cells[at + span - 1])
            fill(cell, text, "hei" if is_label else "body", "center" if is_label else "left")


def contents(page: Page, block: b.Contents) -> None:
    page.paragraph(block.title, "title", 22).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, anchor in block.entries:
        paged(page, f"{words}\t", [anchor])
    page_break(page, b.PageBreak())


def index(page: Page, block: b.Index) -> None:
    heading(page, b.Heading(1, block.title))
    for word, anchors in block.entries:
        paged(page, f"{word}　", anchors)


def paged(page: Page, words: str, anchors: Sequence[str]) -> None:
    """Words and the pages of the anchors; Word computes them when the file is opened."""
    made = page.paragraph(words, "body", 14)
    made.paragraph_format.tab_stops.add_tab_stop(xml.mm(sheet.WIDTH), 2, 1)
    for number, anchor in enumerate(anchors):
        if number:
            made.add_run("，")
        xml.field(made, f"PAGEREF {anchor_name(anchor)} \\h", "…", dirty=True)


def cover(page: Page, block: b.Cover) -> None:
    for _ in range(5):
        page.paragraph()
    for line in block.title.split("\n"):
        made = page.paragraph(line, "title", 36)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.line_spacing = Pt(2 * sheet.LINE)
    for _ in range(6):
        page.paragraph()
    for line in block.lines:
        page.paragraph(line, "kai", 18).alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_break(page, b.PageBreak())


def page_break(page: Page, block: b.PageBreak) -> None:
    page.paragraph().add_run().add_break(WD_BREAK.PAGE)


def annex(page: Page, block: b.Annex) -> None:
    mark = page.paragraph(block.mark, "hei")
    mark.paragraph_format.page_break_before = True
    if block.anchor:
        page.bookmarks += 1
        xml.bookmark(mark, anchor_name(block.anchor), page.bookmarks)
    page.paragraph()
    made = page.document.add_paragraph(style="Title")
    for number, line in enumerate(block.lines, 1):
        run = made.add_run(line)
        if number < len(block.lines):
            run.add_break()
    page.paragraph()


def present(page: Page, block: b.Present) -> None:
    if block.apart:
        page.paragraph()
    made = page.paragraph()
    dress(made.add_run(f"{block.word}："), "hei")
    dress(made.add_run(block.names), "body")
    made.paragraph_format.left_indent = Pt(sheet.SIZE * 5)
    made.paragraph_format.first_line_indent = Pt(-sheet.SIZE * 3)


def colophon(page: Page, block: b.Colophon) -> None:
    """A table held at the foot of the text block of the page on which the text ends."""
    rows = [[f"抄送：{block.copies}"]] if block.cc else []
    made = page.document.add_table(rows=len(rows) + 1, cols=2)
    made.autofit = False
    xml.at_foot(made)
    if rows:
        lined(made.rows[0].cells[0].merge(made.rows[0].cells[1]), rows[0][0]).paragraph_format.left_indent = Pt(14 * 4)
        made.rows[0].cells[0].paragraphs[0].paragraph_format.first_line_indent = Pt(-14 * 3)
    last = made.rows[-1].cells
    lined(last[0], block.issuer).paragraph_format.left_indent = Pt(14)
    lined(last[1], f"{chinese_date(block.date)}印发", "right").paragraph_format.right_indent = Pt(14)
    for row in made.rows:
        for cell in row.cells:
            xml.cell_width(cell, round(sheet.WIDTH / 2 / 25.4 * 1440))
    page.paragraph(" ", size=1).paragraph_format.line_spacing = Pt(1)  # a table in the air hangs on what follows it


def signers(page: Page, block: b.Signers) -> None:
    page.paragraph()
    page.paragraph("　　　　　　　　".join(f"{word}：" for word in block.words), "body", 14)


def lined(cell: Any, text: str, align: str = "left") -> Any:
    made = cell.paragraphs[0]
    made.style, made.alignment = "Table Text", ALIGN[align]
    made.paragraph_format.line_spacing = Pt(24)
    dress(made.add_run(text), "body", 14)
    return made


WRITERS: dict[type, Callable[[Page, Any], None]] = {
    b.Heading: heading, b.Paragraph: paragraph, b.Table: table, b.ProgressTable: progress_table, b.Bars: bars,
    b.Columns: bars,
    b.Picture: picture, b.Attachments: attachments, b.Signature: signature, b.Remark: remark, b.Copies: copies,
    b.Annex: annex, b.Present: present, b.Colophon: colophon, b.Signers: signers,
    b.Code: code, b.Grid: grid, b.Contents: contents, b.Index: index, b.Cover: cover, b.PageBreak: page_break,
}  # fmt: skip
