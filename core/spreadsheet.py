"""Writing workbooks that open well in WPS and Excel and carry no formulas from user text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
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
    sheet = book.active
    sheet.title = title[:31].translate(str.maketrans("", "", "[]:*?/\\"))
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
    return book


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
