"""What may stand in a cell: readers turn a cell's value into ours or say what is wrong and how to mend it.

Forgiving where nothing can be misunderstood (full-width digits, spaces, six ways to write a date), strict where a
spreadsheet silently damages data: numbers in identifier columns are never repaired.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.datetime import from_excel

#: ！..～ → !..~
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: Serial numbers of 1900-01-01 and 2079-12-31.
FIRST_SERIAL, LAST_SERIAL = 1, 65745
DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
DATE_FIX = "请写成 2026-03-01 或 2026年3月1日 这样的日期。"
WORDS_FOR_YES = {"是", "有", "√", "✓", "1", "y", "yes", "true"}
WORDS_FOR_NO = {"否", "无", "×", "0", "n", "no", "false", "-", "—"}


class BadCell(Exception):
    """`wrong` says what is wrong with the value, `fix` what to do; both are sentences for the user."""

    def __init__(self, wrong: str, fix: str) -> None:
        super().__init__(wrong)
        self.wrong, self.fix = wrong, fix


Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column of an import. `hint` is printed on the explanation sheet, `sample` in the grey row of the template.

    `choices` become a drop-down; `strict_choices` False means they are suggestions only.
    """

    key: str
    label: str
    read: Reader
    required: bool = False
    sample: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    strict_choices: bool = True
    width: int = 14


def cleaned(value: Any) -> str:
    """A cell as one line of text: no invisible characters, no spaces at the ends, inner runs as one space."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value == int(value) else value
    if isinstance(value, datetime):
        value = value.date() if value.time() == time.min else value
    # Private-use and unassigned characters stay: rare names are written with them.
    kept = "".join(
        " " if char.isspace() else char
        for char in str(value)
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join(kept.split())


def narrow(value: Any) -> str:
    """Like `cleaned`, with full-width letters, digits and signs as half-width ones and without any space."""
    return cleaned(value).translate(HALF_WIDTH).replace(" ", "")


# --- readers ---------------------------------------------------------------------------------------------------
def text(limit: int) -> Reader:
    """One line of at most `limit` characters."""

    def reader(value: Any) -> str:
        found = cleaned(value)
        if len(found) > limit:
            raise BadCell(f"有 {len(found)} 个字，最多 {limit} 个字。", "请缩短后再导入。")
        return found

    return reader


def identifier(pattern: str, wrong: str, fix: str) -> Reader:
    """A number that is no quantity. A numeric cell is refused: leading zeros and long tails are already lost."""
    compiled = re.compile(pattern)

    def reader(value: Any) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise BadCell("这一格是数字格式，前面的 0 和过长的尾数会丢失。", "请将该列设为文本格式后重新填写。")
        found = narrow(value)
        if not compiled.fullmatch(found):
            raise BadCell(wrong, fix)
        return found

    return reader


def one_of(choices: Mapping[str, Any], *, what: str) -> Reader:
    """The value behind a label. Spaces and full-width brackets make no difference."""
    known = {narrow(label).lower(): value for label, value in choices.items()}

    def reader(value: Any) -> Any:
        try:
            return known[narrow(value).lower()]
        except KeyError:
            names = "、".join(list(choices)[:8]) + ("等" if len(choices) > 8 else "")
            fix = f"请从下拉列表中选择：{names}。" if choices else f"请先在“机构和基础资料”中添加{what}，或留空。"
            raise BadCell(f"没有这个{what}。", fix) from None

    return reader


def yes_no(value: Any) -> bool:
    found = narrow(value).lower()
    if found in WORDS_FOR_YES:
        return True
    if found in WORDS_FOR_NO:
        return False
    raise BadCell("看不出是“是”还是“否”。", "请填写“是”或“否”。")


def day(value: Any) -> date:
    """A date from a date cell, an Excel serial number or any of the usual spellings."""
    found = parse_day(value)
    if found is None:
        raise BadCell("不是有效的日期。", DATE_FIX)
    return found


def parse_day(value: Any) -> date | None:
    """2026-3-1, 2026.3.1, 2026/3/1, 2026年3月1日, 20260301 or a serial number as a date; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    # “2026-03-01 00:00:00” is what other programs write for a day.
    spelled = re.sub(r"\s+0?0:00(:00)?$", "", cleaned(value)).translate(HALF_WIDTH).replace(" ", "").rstrip(".。")
    if found := DATE.fullmatch(spelled.replace("．", ".").replace("。", ".")):
        return calendar_day(*(int(part) for part in found.groups()))
    if re.fullmatch(r"\d{8}", spelled):
        return calendar_day(int(spelled[:4]), int(spelled[4:6]), int(spelled[6:]))
    if re.fullmatch(r"\d{1,5}", spelled) and FIRST_SERIAL <= int(spelled) <= LAST_SERIAL and len(spelled) == 5:
        return from_excel(int(spelled)).date()
    return None


def calendar_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
