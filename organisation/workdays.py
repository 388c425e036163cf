"""The calendar deadlines are counted with: the table of days off, and the year nobody has entered yet."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from core.clock import Span, today
from core.registry import Registry
from core.workdays import WorkCalendar, days_of
from organisation.models import DaysOff, Office
from organisation.selectors import line_up

SHIPPED = Path(__file__).with_name("holidays.toml")
#: From this month on the next year's table is missed: it is announced in November.
ANNOUNCED_IN = 11
#: Called after every change of the table, in its transaction: apps above count their deadlines anew.
on_change: Registry[Callable[[], Any]] = Registry("listener to the calendar")


def changed() -> None:
    """The table is another one now."""
    for listener in on_change:
        listener()


def install() -> None:
    """Ships the years the table does not have yet; what an office changed stays."""
    for year, rows in shipped():
        if not DaysOff.objects.filter(office=None, first__year=year).exists():
            DaysOff.objects.bulk_create(rows)


def shipped() -> Iterator[tuple[int, list[DaysOff]]]:
    for each in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["year"]:
        rests = [DaysOff(kind="rest", name=name, first=first, last=last, note=each["note"])
                 for name, first, last in each["rest"]]  # fmt: skip
        works = [DaysOff(kind="work", name=name, first=day, last=day, note=each["note"]) for name, day in each["work"]]
        yield each["year"], rests + works


def rows_for(office: Office | None) -> QuerySet[DaysOff]:
    """The shipped days, those of the office and of the offices above it."""
    line = line_up(office) if office is not None else []
    return DaysOff.objects.filter(Q(office=None) | Q(office_id__in=line)).select_related("office")


def calendar_of(office: Office | None) -> WorkCalendar:
    """What is worked and what is not in this office; a day entered as both is worked."""
    rests: dict[date, str] = {}
    makeups: dict[date, str] = {}
    for row in rows_for(office):
        wanted = rests if row.kind == DaysOff.Kind.REST else makeups
        wanted |= dict.fromkeys(days_of(Span(row.first, row.last)), row.name)
    return WorkCalendar(rests, makeups, frozenset(day.year for day in rests))


def missing_year(office: Office | None, on: date | None = None) -> int | None:
    """The year whose table should be there by now and is not."""
    day = on or today()
    known = {first.year for first in rows_for(office).filter(kind=DaysOff.Kind.REST).values_list("first", flat=True)}
    wanted = [day.year, *([day.year + 1] if day.month >= ANNOUNCED_IN else [])]
    return next((year for year in wanted if year not in known), None)


def in_year(office: Office | None, year: int) -> list[DaysOff]:
    """The rows of a year in their order, rests and made-up days together."""
    return list(rows_for(office).filter(first__year=year).order_by("first", "pk"))


def years_known(office: Office | None) -> list[int]:
    return sorted({day.year for day in rows_for(office).dates("first", "year")})
