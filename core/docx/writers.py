"""One function per kind of block: `WRITERS[type](page, block)`."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.clock import chinese_date
from core.docx import charts, colophon, sheet, xml
from core.docx.fonts import dress
from core.pdf import blocks as b
from core.pdf.photos import photo

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


class Page:
    """The document being written; `bookmarks` counts the anchors, `pictures` what is drawn. With `turn` set the next
    paragraph begins a new page: a break of its own would leave an empty line there, or an empty page.
    """

    def __init__(self, document: Any) -> None:
        self.document, self.bookmarks, self.pictures, self.turn = document, 0, 0, False
        section = document.sections[0]
        #: mm of the text block
        self.width = sheet.WIDE if section.page_width > section.page_height else sheet.WIDTH

    def add(self, style: str | None = None) -> Any:
        made = xml.styled(self.document.add_paragraph(), style)
        if self.turn:
            made.paragraph_format.page_break_before, self.turn = True, False
        return made

    def paragraph(self, text: str = "", role: str = "body", size: float | None = None, style: str | None = None) -> Any:
        made = self.add(style)
        if text:
            dress(made.add_run(text), role, size)
        return made

    def gap(self, points: float) -> Any:
        """Room without text, exactly so high: what Word does with room before a paragraph depends on its settings."""
        made = self.add()
        made.paragraph_format.line_spacing = Pt(max(1, points))
        return made

    def hold(self) -> None:
        """What comes next stays with the last line of text or row of a table: no page bears a 署名 alone."""
        for each in self.document.element.body.sectPr.itersiblings(preceding=True):
            table = each.tag == qn("w:tbl")
            for paragraph in each.tr_lst[-1].iter(qn("w:p")) if table else [each]:
                Paragraph(paragraph, self.document).paragraph_format.keep_with_next = True
            if table or any(text.text for text in each.iter(qn("w:t"))):
                return

    def draw(self, paragraph: Any, data: bytes, width: float, words: str) -> None:
        """A picture `width` mm wide in the paragraph; `words` say what is on it."""
        self.pictures += 1
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=xml.mm(width))
        shape._inline.docPr.set("id", str(self.pictures))
        shape._inline.docPr.set("descr", words)

    def table(self, rows: int, columns: int) -> Any:
        """Apart from a table before it: Word would make one of the two."""
        before = self.document.element.body.sectPr.getprevious()
        if self.turn or (before is not None and before.tag == qn("w:tbl")):
            self.gap(1)
        return self.document.add_table(rows=rows, cols=columns)


def heading(page: Page, block: b.Heading) -> None:
    made = page.add(f"Heading {block.level}")
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
    page.gap(ROOM).paragraph_format.keep_with_next = True
    caption(page, block.caption)
    widths = [column.width for column in block.columns]
    made = grid_of(page, widths, len(block.rows) + 1, WIDE_CELLS if block.wide else CELLS)
    small = SMALL if block.wide else None
    for cell, column in zip(cells_of(made.rows[0]), block.columns, strict=True):
        fill(cell, column.label, "hei", "center", small).paragraph_format.keep_with_next = True
    xml.repeat_head(made.rows[0])
    for row, line in zip(list(made.rows)[1:], block.lines, strict=True):
        for cell, (column, value) in zip(cells_of(row), line, strict=True):
            fill(cell, "" if value is None else str(value), "body", column.align, small)
    page.gap(ROOM)


@dataclass(frozen=True)
class Cells:
    """Points above and below the words of a cell, and beside them."""

    above: float
    beside: float


ROOM = sheet.LINE / 4
CELLS = Cells(sheet.LINE / 4 - 0.25, 0.4 * sheet.TABLE_SIZE)
WIDE_CELLS = Cells(1 / 25.4 * 72, 0.3 * 10.5)
SMALL = (10.5, sheet.LINE / 2.2)  # type and line of a wide table


def cells_of(row: Any) -> list[Any]:
    """The cells of a row without merged ones: python-docx looks through the whole table for them each time."""
    return [_Cell(each, row.table) for each in row._tr.tc_lst]


def grid_of(page: Page, widths: Sequence[int], rows: int, cells: Cells = CELLS) -> Any:
    made = page.table(rows, len(widths))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    twips = [round(page.width / 25.4 * 1440 * width / sum(widths)) for width in widths]
    xml.table_width(made, sum(twips), cells.above, cells.beside)
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, twips, strict=True):
        column.w = Twips(width)
    for row in made.rows:
        xml.keep_whole(row)
        for cell, width in zip(cells_of(row), twips, strict=True):
            xml.cell_width(cell, width)
    return made


def fill(cell: Any, text: str, role: str, align: str, small: tuple[float, float] | None = None) -> Any:
    """`small`: another type and line than those of the style, in points."""
    made = cell.paragraphs[0]
    xml.styled(made, "Table Text").alignment = ALIGN[align]
    if small:
        made.paragraph_format.line_spacing = Pt(small[1])
    for number, line in enumerate(text.split("\n")):
        run = dress(made.add_run(line), role, small[0] if small else None)
        if number < text.count("\n"):
            run.add_break()
    return made


def progress_table(page: Page, block: b.ProgressTable) -> None:
    columns = [b.Column("目标", 36), b.Column("计划", 14, "right"), b.Column("实际", 14, "right"),
               b.Column("完成情况", 36)]  # fmt: skip
    rows = [(row.target, f"{row.planned}{row.unit}", f"{row.actual}{row.unit}", f"{tenths(row)} {row.percent}%")
            for row in block.rows]  # fmt: skip
    table(page, b.Table(columns, rows, block.caption))


def tenths(row: b.Progress) -> str:
    """The bar as ten squares: it stays text that can be changed."""
    return "■" * (row.bar // 10) + "□" * (10 - row.bar // 10)


def chart(page: Page, block: b.Bars | b.Columns) -> None:
    """A chart of Word itself, below its name."""
    caption(page, f"{block.title}（单位：{block.unit}）" if block.unit else block.title)
    if block.rows:
        page.pictures += 1
        made = page.paragraph()
        made.alignment, made.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.0
        charts.put(made, block, page.pictures)


def picture(page: Page, block: b.Picture) -> None:
    found = photo(block.media_id, block.width)
    if found:
        made = page.paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.line_spacing = 1.0
        page.draw(made, found[0], sheet.WIDTH * block.width / 100, block.caption or "照片")
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
    page.hold()
    page.paragraph().paragraph_format.keep_with_next = True
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
    """Held at the foot of the text block of the page on which the text ends."""
    made = page.paragraph(f"抄送：{block.text}", "body", 14)
    made.paragraph_format.line_spacing = Pt(0.8 * sheet.LINE)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Pt(14)
    xml.frame(made, round(sheet.WIDTH / 25.4 * 1440))
    page.gap(1)  # a frame hangs on what follows it


def code(page: Page, block: b.Code) -> None:
    """The drawing as a picture, its words beside it."""
    import segno

    drawing = io.BytesIO()
    segno.make(block.url, error="m", micro=False, boost_error=False).save(drawing, kind="png", scale=6, border=4)
    page.gap(sheet.LINE / 2)
    made = grid_of(page, (26, page.width - 26), 1, Cells(0, 0))
    made.style = "Normal Table"
    shown, words = (cell.paragraphs[0] for cell in cells_of(made.rows[0]))
    shown.paragraph_format.line_spacing = 1.0
    page.draw(shown, drawing.getvalue(), 26, f"二维码：{block.url}")
    xml.styled(words, "Table Text").paragraph_format.left_indent = Pt(sheet.TABLE_SIZE)
    dress(words.add_run(block.words), "body")


def grid(page: Page, block: b.Grid) -> None:
    page.gap(ROOM)
    made = grid_of(page, block.widths, len(block.rows))
    for row, cells in zip(made.rows, block.cells, strict=True):
        row.height = Pt(sheet.LINE * block.lines)
        for at, (text, is_label, span) in enumerate(cells):
            cell = row.cells[at] if span == 1 else row.cells[at].merge(row.cells[at + span - 1])
            fill(cell, text, "hei" if is_label else "body", "center" if is_label else "left")


def person(page: Page, block: b.Person) -> None:
    made = grid_of(page, block.WIDTHS, len(block.rows), Cells(1 / 25.4 * 72, CELLS.beside))
    for row, cells in zip(made.rows, [*block.beside, *block.below], strict=True):
        row.height = xml.mm(7.1)
        if len(cells) == 2:
            row.cells[1].merge(row.cells[4])
        for at, text in enumerate(cells):
            fill(row.cells[at], text, "body" if at % 2 else "hei", "left" if at % 2 else "center")
    if block.beside:
        photo = made.rows[0].cells[4].merge(made.rows[len(block.beside) - 1].cells[4])
        fill(photo, "" if block.photo else "照片", "body", "center")
        picture_in(photo.paragraphs[0], block.photo)


def picture_in(paragraph: Any, media_id: str) -> None:
    from core import pdf

    found = pdf.media_resolver(media_id) if media_id and pdf.media_resolver else None
    if found:
        paragraph.add_run().add_picture(io.BytesIO(found[0]), width=xml.mm(30))


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
    page.turn = True


def annex(page: Page, block: b.Annex) -> None:
    mark = page.paragraph(block.mark, "hei")
    mark.paragraph_format.page_break_before = True
    if block.anchor:
        page.bookmarks += 1
        xml.bookmark(mark, anchor_name(block.anchor), page.bookmarks)
    page.paragraph()
    made = page.add("Title")
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
    for at, line in enumerate(block.lines):
        if at:
            made.add_run().add_break()
        dress(made.add_run(line), "body")
    made.paragraph_format.left_indent = Pt(sheet.PITCH * 5)
    made.paragraph_format.first_line_indent = Pt(-sheet.PITCH * 3)


def signers(page: Page, block: b.Signers) -> None:
    page.gap(6 / 25.4 * 72)
    made = page.paragraph("　　　　　　　　".join(f"{word}：" for word in block.words), "body", 14)
    made.paragraph_format.line_spacing = xml.mm(8)


WRITERS: dict[type, Callable[[Page, Any], None]] = {
    b.Heading: heading, b.Paragraph: paragraph, b.Table: table, b.ProgressTable: progress_table, b.Bars: chart,
    b.Columns: chart,
    b.Picture: picture, b.Attachments: attachments, b.Signature: signature, b.Remark: remark, b.Copies: copies,
    b.Annex: annex, b.Present: present, b.Colophon: colophon.put, b.Signers: signers, b.Person: person,
    b.Code: code, b.Grid: grid, b.Contents: contents, b.Index: index, b.Cover: cover, b.PageBreak: page_break,
}  # fmt: skip
