"""Writing workbooks that open well in WPS and Excel and carry no formulas from user text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """One cell. Text stays text even when it begins like a formula."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    plain = value is None or isinstance(value, int | float | date | datetime)
    cell = sheet.cell(row=row, column=column, value=value if plain else ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    if not plain:
        cell.data_type = "s"


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Workbook:
    """One sheet with a frozen bold head, printable on A4 landscape with the head repeated."""
    book = Workbook()
    book.remove(book.active)
    written(book, title[:31].translate(str.maketrans("", "", "[]:*?/\\")), head, rows)
    return book


def written(book: Workbook, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    widths = [len(name) * 2 + 4 for name in head]
    for column, name in enumerate(head, 1):
        put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.cell(1, column).fill = PatternFill("solid", fgColor="EEF1F5")
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            put(sheet, number, column, value)
            widths[column - 1] = max(widths[column - 1], min(50, len(str(value or "")) * 2 + 2))
    dress(sheet, widths)


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook of several."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def sheets(tables: Sequence[Sheet], *, created: datetime) -> bytes:
    """A workbook with a sheet for each table. The same tables give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, 1):
        written(book, sheet_name(table.title, number), table.head, table.rows)
    book.properties.created = book.properties.modified = created.astimezone(UTC).replace(tzinfo=None)
    return repacked(book)


def repacked(book: Workbook) -> bytes:
    """Without the clock of this machine, neither in the archive nor in the properties."""
    draft, made, moment = io.BytesIO(), io.BytesIO(), book.properties.created
    book.save(draft)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, body)
            target.writestr(entry, body)
    return made.getvalue()


def sheet_name(title: str, number: int) -> str:
    """Unique, at most 31 characters, without those Excel refuses."""
    plain = title.translate(str.maketrans("", "", "[]:*?/\\")).strip("'") or "表"
    return f"{number} {plain}"[:31]


def dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for row in sheet.iter_rows(min_row=1, max_row=1):
        for cell in row:
            cell.alignment = Alignment(vertical="center", wrap_text=True)


def response(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], filename: str) -> HttpResponse:
    """The workbook as a download."""
    buffer = io.BytesIO()
    workbook(title, head, rows).save(buffer)
    answer = HttpResponse(buffer.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return answer
