"""The attendance sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from activities.enums import BEFOREHAND, CAME, CheckInMethod, Direction
from activities.models import Activity, Attendance, CheckIn
from activities.services.participants import open_list
from activities.services.replies import settle
from audit.services import record
from core.errors import Conflict, DomainError


@dataclass(frozen=True)
class Mark:
    """What the sheet says about one member."""

    state: str
    reason: str = ""


def save_roll(*, by: Any, activity: Activity, opened: Mapping[int, Mark], marks: Mapping[int, Mark]) -> int:
    """Saves the rows of the sheet that this user changed since it was opened; how many.

    `opened` and `marks` are by attendance id. Rows others changed meanwhile stay as they are, so that two people
    (and check-ins) can work on one sheet. Raises Conflict when both changed the same row, Denied, DomainError.
    """
    with open_list(activity, by=by) as (locked, mine):
        rows = {row.pk: row for row in locked_roll(mine)}
        touched = {pk: mark for pk, mark in marks.items() if pk in rows and mark != opened.get(pk)}
        refuse_early_marks(locked, touched.values())
        refuse_collisions(locked, rows, opened, touched)
        changed = [rows[pk] for pk, mark in touched.items() if mark != stored_mark(rows[pk])]
        record_marks(locked, changed, touched, by=by)
        if changed:
            settle(locked)  # leave frees a place
    return len(changed)


def locked_roll(mine: QuerySet[Attendance]) -> list[Attendance]:
    """Lines held until the sheet is saved: a check-in of this moment comes before or after it."""
    rows = mine.select_for_update(of=("self",)).select_related("recorded_by")
    return list(rows.order_by("pk"))


def stored_mark(row: Attendance) -> Mark:
    return Mark(row.state, row.reason)


def refuse_early_marks(activity: Activity, marks: Iterable[Mark]) -> None:
    if not activity.has_begun and any(mark.state not in BEFOREHAND for mark in marks):
        raise DomainError("活动还没有开始，现在只能登记请假。")


def refuse_collisions(
    activity: Activity, rows: Mapping[int, Attendance], opened: Mapping[int, Mark], touched: Mapping[int, Mark]
) -> None:
    for pk, mark in touched.items():
        row = rows[pk]
        if stored_mark(row) not in (opened.get(pk, stored_mark(row)), mark):
            who, when = (row.recorded_by.name, row.recorded_at) if row.recorded_by else ("现场签到", row.arrived_at)
            raise Conflict(current=row, version=activity.version, who=who, when=when)


def record_marks(activity: Activity, rows: list[Attendance], marks: Mapping[int, Mark], *, by: Any) -> None:
    if not rows:
        return
    before = {row.member_id: row.state for row in rows}
    take_back([row for row in rows if marks[row.pk].state not in CAME], by=by)
    for row in rows:
        row.state, row.reason = marks[row.pk].state, marks[row.pk].reason
        row.recorded_at, row.recorded_by = timezone.now(), by
    fields = ["state", "reason", "arrived_at", "left_at", "recorded_at", "recorded_by"]
    Attendance.objects.bulk_update(rows, fields, batch_size=500)
    detail = {str(row.member_id): [before[row.member_id], row.state] for row in rows}
    record("activity.attendance", activity, by=by, detail=detail)


def take_back(rows: list[Attendance], *, by: Any) -> None:
    """Staff says they were not there: the log of check-in says so too, and the times go."""
    checked_in = [row for row in rows if row.arrived_at or row.left_at]
    now = timezone.now()
    CheckIn.objects.bulk_create(
        CheckIn(activity_id=row.activity_id, member_id=row.member_id, direction=Direction.VOID,
                method=CheckInMethod.STAFF, happened_at=now, key=uuid4(), by=by)
        for row in checked_in
    )  # fmt: skip
    for row in checked_in:
        row.arrived_at = row.left_at = None
