"""Recurring arrangements: one rule becomes single items with one series id, each with its own activity and standing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from audit.services import changes, record
from core.errors import DomainError
from core.versions import editing
from plans import permissions, rows
from plans.enums import PartOfMonth, Reach, Rhythm
from plans.models import AnnualPlan, ScheduledItem

THIRDS = (PartOfMonth.EARLY, PartOfMonth.MIDDLE, PartOfMonth.LATE)
STEPS = {Rhythm.THIRDS: 1, Rhythm.MONTH: 1, Rhythm.TWO_MONTHS: 2, Rhythm.QUARTER: 3, Rhythm.HALF_YEAR: 6}
#: Fields in which items of a series follow each other; months and what makes a row stay its own.
SHARED = tuple(name for name in rows.FIELDS[ScheduledItem] if name not in {"month", "until_month", "series"})


def occurrences(rhythm: str, first: int, last: int, part: str = PartOfMonth.WHOLE) -> list[tuple[int, str]]:
    """(month, part of month) of each time, from the first month to the last."""
    months = range(first, last + 1, STEPS[Rhythm(rhythm)])
    parts: Sequence[str] = THIRDS if rhythm == Rhythm.THIRDS else (part,)
    return [(month, each) for month in months for each in parts]


def add_series(*, plan: AnnualPlan, rhythm: str, first_month: int, last_month: int, values: dict[str, Any], by: Any,
               version: int | None = None) -> list[ScheduledItem]:  # fmt: skip
    """Adds one item per time. `values` are the other fields of the items. Raises Denied, Conflict, DomainError."""
    if last_month < first_month:
        raise DomainError("截止月份不能早于开始月份。", field="last_month")
    given = dict(values)
    part, series = given.pop("part_of_month", PartOfMonth.WHOLE), uuid.uuid4()
    with editing(plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        order = locked.items.aggregate(last=Max("order"))["last"] or 0
        made = ScheduledItem.objects.bulk_create(
            ScheduledItem(plan=locked, order=order + place, series=series, **given,
                          month=month, part_of_month=third)
            for place, (month, third) in enumerate(occurrences(rhythm, first_month, last_month, part), 1)
        )  # fmt: skip
        record("plan.items", locked, by=by, detail={"added": [f"{item.time.text} {item}" for item in made]})
    return made


def save_item(*, item: ScheduledItem, values: dict[str, Any], by: Any, reach: str = Reach.THIS,
              version: int | None = None) -> AnnualPlan:  # fmt: skip
    """One item of a plan being drafted; of a series also the later ones, which keep their months.

    Raises Denied when the plan is locked, Conflict when somebody saved the plan meanwhile.
    """
    with editing(item.plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        done = []
        for each in reached(item, reach):
            wanted = values if each.pk == item.pk else shared(each, values)
            if difference := changes(rows.values_of(each), wanted):
                ScheduledItem.objects.filter(pk=each.pk).update(**wanted)
                done.append({str(each): difference})
        record("plan.items", locked, by=by, detail={"changed": done})
    return locked


def delete_item(*, item: ScheduledItem, by: Any, reach: str = Reach.THIS, version: int | None = None) -> AnnualPlan:
    """Takes one item out of a plan being drafted, of a series also the later ones. Raises as `save_item`."""
    with editing(item.plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        gone = reached(item, reach)
        record("plan.items", locked, by=by, detail={"removed": [f"{each.time.text} {each}" for each in gone]})
        ScheduledItem.objects.filter(pk__in=[each.pk for each in gone]).delete()
    return locked


def reached(item: ScheduledItem, reach: str) -> list[ScheduledItem]:
    """The item itself, first; with `LATER` those of its series that come after it, with `SERIES` all others."""
    if reach == Reach.THIS or item.series is None:
        return [item]
    others = ScheduledItem.objects.filter(plan=item.plan_id, series=item.series).exclude(pk=item.pk)
    here = place(item)
    return [item, *(each for each in others if reach == Reach.SERIES or place(each) > here)]


def place(item: ScheduledItem) -> tuple[int, int, int]:
    """Where in the year."""
    third = THIRDS.index(PartOfMonth(item.part_of_month)) if item.part_of_month in THIRDS else 0
    return item.month or 0, third, item.order


def shared(item: ScheduledItem, values: dict[str, Any]) -> dict[str, Any]:
    """What a later item takes over: in a series of thirds each keeps its own third."""
    own = {"part_of_month"} if item.part_of_month in THIRDS else set()
    return {name: values[name] for name in SHARED if name in values and name not in own}
