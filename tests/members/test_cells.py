"""What the importers understand in a cell. No database."""

from datetime import date, datetime

import pytest

from core.importing import BadCell, day, identifier, one_of, parse_day, text, yes_no
from core.importing.reading import storable
from core.importing.values import cleaned, narrow

FIRST_OF_MARCH = date(2026, 3, 1)
SPELLINGS = [
    "2026-3-1", "2026-03-01", "2026.3.1", "2026.03.01", "2026/3/1", "2026年3月1日", "2026年03月01日", "2026年3月1",
    "20260301", 20260301, "２０２６－３－１", "2026．3．1", " 2026 年 3 月 1 日 ", "2026-03-01 00:00:00", "2026.3.1.",
    datetime(2026, 3, 1), date(2026, 3, 1), 46082, 46082.0, "46082",
]  # fmt: skip


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_every_usual_spelling_of_a_day(spelled):
    assert day(spelled) == FIRST_OF_MARCH


NO_DAYS = [
    "2026-2-29", "2026.13.1", "26-3-1", "2026-3", "三月一日", "1-3-2026", "3/1/2026", "0", "999999999", 12.5, True,
    "20261301",
]  # fmt: skip


@pytest.mark.parametrize("spelled", NO_DAYS)
def test_what_is_no_day_is_refused(spelled):
    assert parse_day(spelled) is None
    with pytest.raises(BadCell, match="日期"):
        day(spelled)


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("　张　三\n", "张 三"),
        ("a\u200bb\u00a0c\x07", "ab c"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "是"),
        ("\ue863𬭎", "\ue863𬭎"),
    ],
)
def test_text_is_one_clean_line(cell, line):
    assert cleaned(cell) == line


def test_full_width_signs_become_half_width():
    assert narrow("Ａ－００１ （二）") == "A-001(二)"


def test_text_has_a_limit():
    assert text(3)("一二三") == "一二三"
    with pytest.raises(BadCell, match="有 4 个字，最多 3 个字"):
        text(3)("一二三四")


def test_identifiers_are_never_repaired():
    reader = identifier(r"\d{4}", "写法不对。", "请改正。")
    assert reader("００１２") == "0012"
    for cell in (12, 12.0, 1.1e17):
        with pytest.raises(BadCell, match="数字格式"):
            reader(cell)


def test_lists_take_labels_however_they_are_typed():
    reader = one_of({"河东（一）组": 7}, what="联络组")
    assert (reader("河东(一)组"), reader(" 河东（一） 组")) == (7, 7)
    with pytest.raises(BadCell) as error:
        reader("河西组")
    assert "河东（一）组" in error.value.fix


@pytest.mark.parametrize(
    ("cell", "answer"), [("是", True), ("√", True), (1, True), ("否", False), ("无", False), (False, False)]
)
def test_yes_and_no(cell, answer):
    assert yes_no(cell) is answer


@pytest.mark.parametrize("cell", [float("inf"), float("nan"), datetime(2026, 3, 1, 8), "x" * 5000])
def test_everything_can_be_kept_as_json(cell):
    kept = storable(cell)
    assert isinstance(kept, str) and len(kept) <= 2000
