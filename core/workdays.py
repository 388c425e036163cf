"""Deadlines in working days, calendar days or months, each with the words of how it was computed.

    calendar = WorkCalendar(rests, makeups, years)        # organisation.selectors.work_calendar() reads the table
    due = deadline(date(2026, 2, 10), Length(10, Unit.WORKDAYS), calendar)
    due.day, due.steps

The first day is the one after the event (民法典 201). A term in days or months whose last day is no working day ends
on the next working day (民法典 203). A pause stops the clock: its working days (its days) are added at the end.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices

from core.clock import Span, chinese_date

DAY = timedelta(days=1)
FRIDAY = 4


class Unit(TextChoices):
    WORKDAYS = "workdays", "个工作日"
    DAYS = "days", "日"
    MONTHS = "months", "个月"


@dataclass(frozen=True)
class Length:
    """How long a term is: 10 个工作日, 30 日, 3 个月. Raises ValueError for less than one."""

    amount: int
    unit: Unit = Unit.WORKDAYS

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a term is at least one day long")

    @classmethod
    def of(cls, value: Mapping[str, object]) -> Length:
        """From a rule's value {"amount": 10, "unit": "workdays"}."""
        return cls(int(str(value["amount"])), Unit(str(value.get("unit", Unit.WORKDAYS))))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.label}"


@dataclass(frozen=True)
class WorkCalendar:
    """`rests`: day off → name of the holiday. `makeups`: weekend day worked → the holiday it pays for (调休).
    `years`: those the table covers; in other years only weekends are known.
    """

    rests: Mapping[date, str] = field(default_factory=dict)
    makeups: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day in self.makeups:
            return True
        return day.weekday() <= FRIDAY and day not in self.rests

    def next_workday(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def workdays(self, span: Span) -> int:
        """How many days of the span are worked."""
        return sum(self.is_workday(day) for day in days_of(span))

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after the day, which itself does not count; 0 is the day itself."""
        while count:
            day += DAY
            count -= self.is_workday(day)
        return day


@dataclass(frozen=True)
class Due:
    """A deadline and how it came about. `warnings`: what makes it uncertain."""

    day: date
    steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def explained(self) -> str:
        return "；".join(self.steps) + "。"


@dataclass(frozen=True)
class Pause:
    """The clock stands still from the first to the last day, both included."""

    span: Span
    reason: str


def deadline(
    start: date, length: Length, calendar: WorkCalendar, *,
    pauses: Sequence[Pause] = (), extensions: Sequence[Length] = (), event: str = "",
) -> Due:  # fmt: skip
    """The last day of the term. `event` names what happened on `start` (交办); `extensions` are added one by one."""
    day, steps = start, [f"{chinese_date(start)}{event or '起'}，次日起算"]
    for number, part in enumerate([length, *extensions]):
        before, day = day, advanced(day, part, calendar)
        steps.append(f"{'延期' if number else ''}{part}，至{chinese_date(day)}")
        steps += skipped(Span(before + DAY, day), calendar) if part.unit == Unit.WORKDAYS else []
    for pause in sorted(pauses, key=lambda each: each.span.first):
        day = after_pause(day, pause, calendar, start, length.unit, steps)
    day = rolled(day, calendar, steps)
    return Due(day, tuple(steps), unknown_years(start, day, calendar))


def advanced(day: date, length: Length, calendar: WorkCalendar) -> date:
    if length.unit == Unit.WORKDAYS:
        return calendar.after(day, length.amount)
    return day + DAY * length.amount if length.unit == Unit.DAYS else plus_months(day, length.amount)


def plus_months(day: date, count: int) -> date:
    """The same day `count` months later, or that month's last day: 30 November + 3 months is 28 February."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def skipped(span: Span, calendar: WorkCalendar) -> list[str]:
    """Which holidays within the span were left out, which weekend days were worked."""
    rests = grouped((day, calendar.rests[day]) for day in days_of(span) if day in calendar.rests)
    makeups = [day for day in days_of(span) if day in calendar.makeups]
    found = [f"扣除{name}{shown(days)}" for name, days in rests]
    return found + (
        [f"{'、'.join(f'{day.month}月{day.day}日' for day in makeups)}调休上班，计算在内"] if makeups else []
    )


def grouped(pairs: Iterable[tuple[date, str]]) -> list[tuple[str, list[date]]]:
    found: list[tuple[str, list[date]]] = []
    for day, name in pairs:
        if found and found[-1][0] == name and day - found[-1][1][-1] == DAY:
            found[-1][1].append(day)
        else:
            found.append((name, [day]))
    return found


def shown(days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    return f"{first.month}月{first.day}日" + (f"至{last.month}月{last.day}日" if last != first else "")


def after_pause(day: date, pause: Pause, calendar: WorkCalendar, start: date, unit: Unit, steps: list[str]) -> date:
    """Adds what the pause took away between the start and the deadline as it stood."""
    stood = Span(max(pause.span.first, start + DAY), pause.span.last)
    if stood.first > stood.last or stood.first > day:
        return day
    if unit == Unit.WORKDAYS:
        lost = calendar.workdays(stood)
        moved, words = calendar.after(day, lost), f"{lost}个工作日"
    else:
        lost = (stood.last - stood.first).days + 1
        moved, words = day + DAY * lost, f"{lost}日"
    steps.append(
        f"{shown([pause.span.first, pause.span.last])}暂停（{pause.reason}）{words}，顺延至{chinese_date(moved)}"
    )
    return moved


def rolled(day: date, calendar: WorkCalendar, steps: list[str]) -> date:
    end = calendar.next_workday(day)
    if end != day:
        steps.append(f"最后一日不上班，顺延至{chinese_date(end)}")
    return end


def unknown_years(start: date, end: date, calendar: WorkCalendar) -> tuple[str, ...]:
    missing = [year for year in range(start.year, end.year + 1) if year not in calendar.years]
    return tuple(f"{year}年的节假日安排还没有录入，只扣除了双休日，日期可能有变。" for year in missing)


def days_of(span: Span) -> Iterable[date]:
    day = span.first
    while day <= span.last:
        yield day
        day += DAY
