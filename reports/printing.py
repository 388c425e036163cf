"""One composition, three files: PDF and Word from the same blocks, the tables as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from core import docx, pdf, spreadsheet
from core.errors import DomainError
from core.pdf import whereabouts
from core.pdf.blocks import Annex, Bars, Columns, Cover, ProgressTable, Table
from core.pdf.chapters.cutting import is_volume
from core.spreadsheet import Sheet
from reports.documents import Composition

if TYPE_CHECKING:
    from core.pdf import PdfResult

PDF, DOCX, XLSX = "pdf", "docx", "xlsx"
FORMATS = {PDF: "PDF", DOCX: "Word", XLSX: "Excel"}
#: Sheets that only a PDF can hold.
ONLY_PDF = frozenset({"documents/board.html"})
LANDSCAPE = "documents/landscape.html"


def as_pdf(
    found: Composition, *, author: str, as_of: datetime, on_stage: Callable[[str], None] | None = None
) -> PdfResult:
    """Raises MissingGlyph, which says where the characters stand."""
    try:
        return laid_out(found, author=author, as_of=as_of, on_stage=on_stage)
    except pdf.MissingGlyph as error:
        said = [found.title, found.head, *found.blocks]
        raise pdf.MissingGlyph(error.characters, whereabouts.places(error.characters, said)) from error


def laid_out(found: Composition, *, author: str, as_of: datetime, on_stage: Callable[[str], None] | None) -> PdfResult:
    context = {"blocks": found.blocks, "office": found.office, "date": found.date, "head": found.head,
               "with_title": not found.has_cover}  # fmt: skip
    facts = {"title": found.title, "author": author, "created": as_of, "on_stage": on_stage}
    if found.has_cover and found.head is None and is_volume(found.blocks):
        return pdf.render_volume(found.sheet, context, **facts)
    return pdf.render(found.sheet, context, **facts, tagged=is_short(found), archival=found.archival)


def is_short(found: Composition) -> bool:
    """The structure tree of a volume costs more than its text."""
    return sum(1 for block in found.blocks if isinstance(block, Cover)) == 0


def as_docx(found: Composition, *, author: str, as_of: datetime) -> bytes:
    """Raises DomainError for a sheet Word cannot hold."""
    if found.template in ONLY_PDF:
        raise DomainError("这份文件只能生成 PDF，不能生成 Word。")
    return docx.render(
        found.blocks, title=found.title, office=found.office, date=found.date, head=found.head,
        with_title=not found.has_cover, wide=found.template == LANDSCAPE, author=author, created=as_of,
    )  # fmt: skip


def as_xlsx(found: Composition, *, as_of: datetime) -> bytes:
    """One sheet for each table. Raises DomainError for a document without tables."""
    sheets = tables(found)
    if not sheets:
        raise DomainError("这份文件里没有表格，不能生成 Excel。")
    return spreadsheet.sheets(sheets, created=as_of)


def tables(found: Composition) -> list[Sheet]:
    """The tables and charts of a document as rows."""
    if found.parts_by or not found.has_workbook:
        return one_list(found) if found.has_workbook else []
    made, annex = [], ""
    for block in found.blocks:
        if isinstance(block, Annex):
            annex = block.title
        elif isinstance(block, Table):
            made.append(Sheet(block.caption or annex, [column.label for column in block.columns], block.rows))
        elif isinstance(block, ProgressTable):
            rows = [(row.target, row.planned, row.actual, row.unit, row.percent) for row in block.rows]
            made.append(Sheet(block.caption, ["目标", "计划", "实际", "单位", "完成%"], rows))
        elif isinstance(block, Bars | Columns):
            made.append(Sheet(block.title, ["项目", f"数量（{block.unit}）" if block.unit else "数量"], block.rows))
    return made


def one_list(found: Composition) -> list[Sheet]:
    """A part's caption ends with how many it has, in brackets: that is for paper."""
    parts = [block for block in found.blocks if isinstance(block, Table)]
    heads = [found.parts_by, *(column.label for column in parts[0].columns)] if parts else []
    rows = [(part.caption.rpartition("（")[0], *row) for part in parts for row in part.rows]
    return [Sheet(found.title.split("\n")[-1], heads, rows)] if parts else []


def in_format(form: str, found: Composition, *, author: str, as_of: datetime) -> bytes:
    """The file in one of FORMATS."""
    if form == DOCX:
        return as_docx(found, author=author, as_of=as_of)
    return as_xlsx(found, as_of=as_of) if form == XLSX else as_pdf(found, author=author, as_of=as_of).data
