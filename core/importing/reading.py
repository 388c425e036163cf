"""Reading an uploaded workbook into checked rows. Hostile and broken files end in one sentence, not in a traceback."""

from __future__ import annotations

import logging
import math
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core import files
from core.errors import DomainError
from core.importing.values import BadCell, Column, cleaned

log = logging.getLogger(__name__)
FORM_SHEET, LISTS_SHEET = "填写", "选项"
SAMPLE_MARK = "示例"
MAX_ROWS = 5000  # rows with content
MAX_SCANNED = 20_000  # rows looked at, blank ones included
MAX_COLUMNS = 60
HEAD_WITHIN = 10  # the head is looked for in the first rows
#: Unpacked bytes of all parts. A full register of 5,000 rows takes about 6 MB.
MAX_UNPACKED = 25 * files.MEGABYTE
LONGEST_CELL = 2000  # characters kept of a cell for the marked workbook


@dataclass(frozen=True)
class Definition:
    """An import as data. `version` is written into the template; a file of another version gets a note.

    `notes` are the general sentences of the explanation sheet.
    """

    key: str
    version: str
    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    max_rows: int = MAX_ROWS

    @property
    def stamp(self) -> str:
        return f"{self.key}-{self.version}"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell (`column` a letter) or with a whole row (`column` empty)."""

    row: int
    column: str
    label: str
    value: str
    wrong: str
    fix: str

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.column else f"第 {self.row} 行"


@dataclass
class Row:
    """`values` holds what could be read of the filled cells, by column key; `cells` the row as it was, for marking."""

    number: int
    cells: list[Any]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Reading:
    """`head` is the head row as it was, `places` the index of each known column in it."""

    head: list[str]
    head_row: int
    places: dict[str, int]
    rows: list[Row]
    notes: list[str]

    def fault(self, row: Row, column: Column, wrong: str, fix: str) -> None:
        """Adds a fault an importer found itself."""
        place = self.places.get(column.key)
        shown = cleaned(row.cells[place])[:80] if place is not None and row.cells[place] is not None else ""
        letter = get_column_letter(place + 1) if place is not None else ""
        row.faults.append(Fault(row.number, letter, column.label, shown, wrong, fix))


def read(upload: UploadedFile, definition: Definition) -> Reading:
    """Every filled row of the form sheet, each cell checked. Raises DomainError for a file that cannot be used."""
    try:
        files.check(upload, files.WORKBOOK)
        refuse_heavy(upload)
        book = load_workbook(upload, read_only=True, keep_links=False)
        return readings_of(book, definition)
    except DomainError as error:
        error.field = "file"
        raise
    except Exception as error:
        # openpyxl answers broken parts with nearly every kind of exception, an entity bomb with one of defusedxml.
        log.info("unreadable workbook refused: %s", type(error).__name__)
        raise DomainError(
            f"“{files.clean_name(upload.name)}”读不出来，可能已损坏。请在 WPS 或 Excel 中打开，另存为 .xlsx 后再上传。",
            field="file",
        ) from None
    finally:
        upload.seek(0)


def refuse_heavy(upload: UploadedFile) -> None:
    with zipfile.ZipFile(upload) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    upload.seek(0)
    if unpacked > MAX_UNPACKED:
        raise DomainError("表格内容太多。请删去图片、空白格式和无关的工作表，或分成几个文件上传。")


def readings_of(book: Any, definition: Definition) -> Reading:
    lines = lines_of(form_sheet(book))
    head, head_row, places = find_head(lines, definition)
    reading = Reading(head, head_row, places, [], notes_on(book, head, places, definition))
    for number, cells in lines:
        if all(cell is None for cell in cells) or str(first_filled(cells)).startswith(SAMPLE_MARK):
            continue
        if len(reading.rows) == definition.max_rows:
            raise DomainError(f"一次最多导入 {definition.max_rows} 行，请分成几个文件上传。")
        reading.rows.append(checked(number, cells, reading, definition))
    if not reading.rows:
        raise DomainError("表格里没有要导入的内容：表头下面一行也没有填写（示例行不算）。")
    return reading


def form_sheet(book: Any) -> Any:
    if not book.worksheets:
        raise DomainError("这个文件里没有工作表。")
    named = [sheet for sheet in book.worksheets if sheet.title == FORM_SHEET]
    sheet = (named or book.worksheets)[0]
    # The declared size of a sheet is often wrong; without it the rows themselves count.
    sheet.reset_dimensions()
    return sheet


@dataclass(frozen=True)
class Formula:
    """Stands for a cell with a formula: its result may be missing or stale."""

    shown: str

    def __str__(self) -> str:
        return self.shown


def lines_of(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """(row number, cells) of each row, blank cells as None, formulas and error values as Formula."""
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_SCANNED + 1, max_col=MAX_COLUMNS), 1):
        cells = [content(cell) for cell in row]
        if number > MAX_SCANNED and any(cell is not None for cell in cells):
            raise DomainError("表格太长。请删去中间和末尾多余的空行，或分成几个文件上传。")
        yield number, cells


def content(cell: Any) -> Any:
    value = cell.value
    if value is None or (isinstance(value, str) and not cleaned(value)):
        return None
    if cell.data_type in {"f", "e"}:
        return Formula(str(value)[:80])
    return value


def first_filled(cells: Sequence[Any]) -> Any:
    return next((cell for cell in cells if cell is not None), "")


# --- the head --------------------------------------------------------------------------------------------------
def plain_label(value: Any) -> str:
    """A head cell without star, brackets and spaces: “委员编号 *（必填）” → “委员编号”."""
    bare = cleaned(value if value is not None else "").split("（")[0].split("(")[0]
    return bare.replace(" ", "").strip("*＊：:")


def find_head(lines: Iterator[tuple[int, list[Any]]], definition: Definition) -> tuple[list[str], int, dict[str, int]]:
    """The row that has every required column, within the first rows. Raises DomainError naming what is missing."""
    wanted = {column.label: column.key for column in definition.columns}
    required = {column.label for column in definition.columns if column.required}
    closest = required
    for number, cells in lines:
        labels = [plain_label(cell) for cell in cells]
        missing = required - set(labels)
        if not missing:
            refuse_twins(labels, wanted)
            places = {wanted[label]: place for place, label in enumerate(labels) if label in wanted}
            return labels_as_written(cells), number, places
        closest = min(closest, missing, key=len)
        if number >= HEAD_WITHIN:
            break
    names = "、".join(column.label for column in definition.columns if column.label in closest)
    raise DomainError(f"表头不对，缺少“{names}”列。请用本页下载的模板填写，不要改动表头。")


def labels_as_written(cells: list[Any]) -> list[str]:
    """The head row up to its last label."""
    last = max(place for place, cell in enumerate(cells) if cell is not None)
    return [cleaned(cell) if cell is not None else "" for cell in cells[: last + 1]]


def refuse_twins(labels: list[str], wanted: dict[str, str]) -> None:
    twice = sorted({label for label in labels if label in wanted and labels.count(label) > 1})
    if twice:
        raise DomainError(f"表头里“{'、'.join(twice)}”列出现了两次，请删去多余的一列。")


def notes_on(book: Any, head: list[str], places: dict[str, int], definition: Definition) -> list[str]:
    notes = []
    unknown = [label for place, label in enumerate(head) if label and place not in places.values()]
    if unknown := [label for label in unknown if plain_label(label) != "错误说明"]:
        notes.append(f"没有用到的列：{'、'.join(unknown)[:120]}。这些内容不会导入。")
    stamp = stamp_of(book)
    if stamp and stamp != definition.stamp:
        notes.append("这份表格是用旧模板填写的，已按表头的名称读取，请核对下面的结果。")
    return notes


def stamp_of(book: Any) -> str:
    """The template's version from its hidden cell, empty when the file was not made from a template."""
    if LISTS_SHEET not in book.sheetnames:
        return ""
    for (cell,) in book[LISTS_SHEET].iter_rows(max_row=1, max_col=1):
        return cleaned(cell.value or "")
    return ""


# --- the rows --------------------------------------------------------------------------------------------------
def checked(number: int, cells: list[Any], reading: Reading, definition: Definition) -> Row:
    row = Row(number, [storable(cell) for cell in cells[: len(reading.head)]])
    for column in definition.columns:
        if column.key not in reading.places:
            continue
        value = cells[reading.places[column.key]]
        try:
            if value is None:
                require(column)
            else:
                row.values[column.key] = read_cell(column.read, value)
        except BadCell as bad:
            reading.fault(row, column, bad.wrong, bad.fix)
    return row


def require(column: Column) -> None:
    if column.required:
        raise BadCell("没有填写，这一列必填。", f"请填写{column.label}。")


def read_cell(reader: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, Formula):
        raise BadCell("单元格里是公式或错误值，不能导入。", "请复制这一列，用“选择性粘贴→数值”粘贴后再上传。")
    return reader(value)


def storable(cell: Any) -> Any:
    """A cell as JSON can hold it, numbers as numbers so that a marked workbook repairs nothing silently."""
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time.min else cell)
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return cleaned(cell)[:LONGEST_CELL]
