"""Writing the two workbooks of an import: the template, and the upload given back with its faults marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.importing.reading import FORM_SHEET, LISTS_SHEET, SAMPLE_MARK, Definition, Fault
from core.spreadsheet import put

LAST_FORM_ROW = 2000  # drop-downs reach down to here
HEAD_FILL = PatternFill("solid", fgColor="EEF1F5")
WRONG_FILL = PatternFill("solid", fgColor="FFF2A8")
GREY = Font(color="8A8A8A", italic=True)
RED_BOLD, BOLD = Font(bold=True, color="B3261E"), Font(bold=True)
FAULT_HEAD = "错误说明"
WRAP = Alignment(vertical="top", wrap_text=True)


def template(definition: Definition) -> bytes:
    """The workbook to fill in: form, explanations, and a hidden sheet with the version and the lists."""
    book = Workbook()
    form = book.active
    form.title = FORM_SHEET
    fill_form(form, definition)
    fill_explanations(book.create_sheet("说明"), definition)
    fill_lists(book.create_sheet(LISTS_SHEET), form, definition)
    return as_bytes(book)


def fill_form(sheet: Worksheet, definition: Definition) -> None:
    for number, column in enumerate(definition.columns, 1):
        letter = get_column_letter(number)
        put(sheet, 1, number, column.label + ("*" if column.required else ""))
        sheet.cell(1, number).font = RED_BOLD if column.required else BOLD
        sheet.cell(1, number).fill = HEAD_FILL
        put(sheet, 2, number, f"{SAMPLE_MARK} {column.sample}" if number == 1 else column.sample)
        sheet.cell(2, number).font = GREY
        sheet.cell(2, number).number_format = "@"
        # Text format for the whole column: Excel must not turn numbers and dates into something else.
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = column.width
    sheet.freeze_panes = "A2"


def fill_explanations(sheet: Worksheet, definition: Definition) -> None:
    lines: list[Sequence[Any]] = [(f"{definition.title}填写说明",), *((note,) for note in definition.notes), ()]
    lines.append(("列", "是否必填", "怎么填", "例"))
    lines += [(each.label, "必填" if each.required else "选填", each.hint, each.sample) for each in definition.columns]
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            put(sheet, number, place, value)
            sheet.cell(number, place).alignment = WRAP if len(line) > 1 else Alignment(vertical="top")
    for letter, width in zip("ABCD", (18, 10, 60, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].font = BOLD


def fill_lists(sheet: Worksheet, form: Worksheet, definition: Definition) -> None:
    """Version in A1, one list per column from B on, each joined to its form column as a drop-down."""
    sheet.sheet_state = "hidden"
    put(sheet, 1, 1, definition.stamp)
    with_choices = [(number, each) for number, each in enumerate(definition.columns, 1) if each.choices]
    for place, (number, column) in enumerate(with_choices, 2):
        for line, choice in enumerate(column.choices, 1):
            put(sheet, line, place, choice)
        letter = get_column_letter(place)
        source = f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(column.choices)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=column.strict_choices)
        rule.error, rule.errorTitle = "请从下拉列表中选择。", column.label
        rule.add(f"{get_column_letter(number)}3:{get_column_letter(number)}{LAST_FORM_ROW}")
        form.add_data_validation(rule)


def marked(head: Sequence[str], head_row: int, rows: Iterable[tuple[int, Sequence[Any], Sequence[Fault]]]) -> bytes:
    """The uploaded rows at their old places, wrong cells yellow, with a last column that says what to mend.

    It can be corrected and uploaded as it is: the importer skips that last column.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = FORM_SHEET
    width = max((place for place, label in enumerate(head, 1) if label and label != FAULT_HEAD), default=1)
    for place, label in enumerate([*head[:width], FAULT_HEAD], 1):
        put(sheet, head_row, place, label)
        sheet.cell(head_row, place).font = BOLD
        sheet.cell(head_row, place).fill = HEAD_FILL
        sheet.column_dimensions[get_column_letter(place)].width = 60 if place > width else 14
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    for number, cells, faults in rows:
        mark_row(sheet, number, cells[:width], faults, width)
    sheet.freeze_panes = sheet.cell(head_row + 1, 1)
    return as_bytes(book)


def mark_row(sheet: Worksheet, number: int, cells: Sequence[Any], faults: Sequence[Fault], width: int) -> None:
    for place, value in enumerate(cells, 1):
        put(sheet, number, place, value)
        if not isinstance(value, int | float):
            sheet.cell(number, place).number_format = "@"
    for fault in faults:
        if fault.column:
            cell = sheet[f"{fault.column}{number}"]
            cell.fill = WRONG_FILL
            cell.comment = Comment(f"{fault.wrong}{fault.fix}", "导入检查")
    if faults:
        put(sheet, number, width + 1, "；".join(f"{each.label}：{each.wrong}{each.fix}" for each in faults))
        sheet.cell(number, width + 1).alignment = WRAP


def as_bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
