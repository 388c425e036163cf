"""Days off and made-up working days. They are part of no record and may be removed; the trail keeps them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from audit.services import changes, record
from core.errors import DomainError
from organisation import permissions, workdays
from organisation.models import DaysOff, Office

FIELDS = ("kind", "name", "first", "last", "note")
LONGEST = 31  # days of one entry


@transaction.atomic
def save_days(*, office: Office | None, values: dict[str, Any], by: Any, row: DaysOff | None = None) -> DaysOff:
    """A new entry of the office, or a change of `row`. Raises DomainError, Denied."""
    mine = row or DaysOff(office=office)
    permissions.can_change_days(by, mine).require()
    check(mine, values["kind"], values["first"], values["last"])
    before = {name: getattr(mine, name) for name in FIELDS}
    for name in FIELDS:
        setattr(mine, name, values[name])
    mine.save()
    record(f"days.{'update' if row else 'create'}", mine, by=by, detail=changes(before, {n: values[n] for n in FIELDS}))
    workdays.changed()
    return mine


def check(mine: DaysOff, kind: str, first: date, last: date) -> None:
    if last < first:
        raise DomainError("“到”不能早于“从”。", field="last")
    if (last - first).days >= LONGEST:
        raise DomainError(f"一条安排最多 {LONGEST} 天，请检查日期。", field="last")
    if kind == DaysOff.Kind.WORK and any(
        date.fromordinal(n).weekday() < 5 for n in range(first.toordinal(), last.toordinal() + 1)
    ):
        raise DomainError("调休上班的只能是周六、周日，请检查日期。", field="first")
    others = DaysOff.objects.filter(office=mine.office, kind=kind).exclude(pk=mine.pk)
    if clash := others.filter(first__lte=last, last__gte=first).first():
        raise DomainError(f"与已有的“{clash}”日期重叠。", field="first")


@transaction.atomic
def remove_days(*, row: DaysOff, by: Any) -> None:
    """Takes an entry back. Raises Denied."""
    permissions.can_change_days(by, row).require()
    record("days.remove", row, by=by, detail={name: str(getattr(row, name)) for name in FIELDS})
    row.delete()
    workdays.changed()
