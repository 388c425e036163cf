"""Deadlines against dates counted by hand on the wall calendar of 2025 and 2026."""

from datetime import date

import pytest

from core.clock import Span
from core.workdays import Length, Pause, Unit, WorkCalendar, deadline, plus_months


def days(*spans):
    return {
        date.fromordinal(number): name
        for name, first, last in spans
        for number in range(first.toordinal(), last.toordinal() + 1)
    }


REAL = WorkCalendar(
    rests=days(
        ("春节", date(2025, 1, 28), date(2025, 2, 4)),
        ("清明节", date(2025, 4, 4), date(2025, 4, 6)),
        ("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
        ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
        ("春节", date(2026, 2, 15), date(2026, 2, 23)),
        ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
    ),
    makeups={
        date(2025, 1, 26): "春节", date(2025, 2, 8): "春节", date(2025, 9, 28): "国庆节、中秋节",
        date(2025, 10, 11): "国庆节、中秋节", date(2026, 1, 4): "元旦", date(2026, 2, 14): "春节",
        date(2026, 2, 28): "春节", date(2026, 9, 20): "国庆节", date(2026, 10, 10): "国庆节",
    },
    years=frozenset({2025, 2026}),
)  # fmt: skip
WORKDAYS, DAYS, MONTHS = Unit.WORKDAYS, Unit.DAYS, Unit.MONTHS


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # Thu 22 Jan 2025 + 10: 23 24 | 26(Sun, worked) 27 | holiday | 5 6 7 8(Sat, worked) | 10 11
        (date(2025, 1, 22), 10, WORKDAYS, date(2025, 2, 11)),
        # Wed 11 Feb 2026 + 5: 12 13 14(Sat, worked) | holiday | 24 25
        (date(2026, 2, 11), 5, WORKDAYS, date(2026, 2, 25)),
        # Tue 10 Feb 2026 + 10: 11 12 13 14 | 24 25 26 27 28(Sat, worked) | 2 Mar
        (date(2026, 2, 10), 10, WORKDAYS, date(2026, 3, 2)),
        # Fri 18 Sep 2026 + 2: 20 (Sun, worked) 21
        (date(2026, 9, 18), 2, WORKDAYS, date(2026, 9, 21)),
        # Tue 30 Sep 2025 + 3: 9 10 11(Sat, worked)
        (date(2025, 9, 30), 3, WORKDAYS, date(2025, 10, 11)),
        # Wed 31 Dec 2025 + 1: Sun 4 Jan 2026 is worked
        (date(2025, 12, 31), 1, WORKDAYS, date(2026, 1, 4)),
        # 15 days from 3 Feb 2026 end on 18 Feb, within the holiday: rolls to 24 Feb
        (date(2026, 2, 3), 15, DAYS, date(2026, 2, 24)),
        # 3 months from 15 Nov 2025 end on Sun 15 Feb 2026, the holiday's first day: 24 Feb
        (date(2025, 11, 15), 3, MONTHS, date(2026, 2, 24)),
        # 3 months from Sun 30 Nov 2025 end on Sat 28 Feb 2026, which is worked
        (date(2025, 11, 30), 3, MONTHS, date(2026, 2, 28)),
    ],
)
def test_against_the_wall_calendar(start, amount, unit, expected):
    assert deadline(start, Length(amount, unit), REAL).day == expected


def test_the_words_name_what_was_left_out_and_what_was_worked():
    due = deadline(date(2026, 2, 10), Length(10), REAL, event="交办")
    assert due.explained == (
        "2026年2月10日交办，次日起算；10个工作日，至2026年3月2日；扣除春节2月15日至2月23日；2月14日、2月28日调休上班，计算在内。"
    )


def test_a_pause_gives_back_its_working_days():
    pause = Pause(Span(date(2026, 3, 4), date(2026, 3, 10)), "等待提案者补充材料")
    due = deadline(date(2026, 3, 2), Length(5), REAL, pauses=[pause])
    assert due.day == date(2026, 3, 16) and "等待提案者补充材料" in due.explained


def test_a_pause_after_the_end_changes_nothing():
    pause = Pause(Span(date(2026, 4, 1), date(2026, 4, 10)), "无关")
    assert deadline(date(2026, 3, 2), Length(5), REAL, pauses=[pause]).day == date(2026, 3, 9)


def test_an_extension_counts_from_the_day_the_term_would_have_ended():
    due = deadline(date(2026, 3, 2), Length(3, MONTHS), REAL, extensions=[Length(1, MONTHS)])
    assert due.day == date(2026, 7, 2) and "延期1个月" in due.explained


def test_a_year_without_a_table_is_said():
    due = deadline(date(2026, 12, 28), Length(10), REAL)
    assert due.day == date(2027, 1, 11) and due.warnings[0].startswith("2027年的节假日安排还没有录入")
    assert deadline(date(2026, 3, 2), Length(5), REAL).warnings == ()


def test_the_last_of_a_short_month():
    assert plus_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert plus_months(date(2027, 12, 31), 2) == date(2028, 2, 29)
    with pytest.raises(ValueError, match="at least one day"):
        Length(0)
