"""Who is on the list of an activity."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from activities.enums import ActivityState, AttendanceState
from activities.models import Activity, Attendance
from activities.services.basics import open_for
from activities.services.telling import shortened, when_and_where
from audit.services import record
from core.errors import DomainError
from members.models import Member
from notices.services import tell


def invite(*, by: Any, activity: Activity, members: Collection[Member]) -> int:
    """Puts members on the list and tells them; those already there stay as they are. How many are new."""
    with open_for(activity, by=by) as locked:
        known = set(locked.attendances.values_list("member_id", flat=True))
        new = [member for member in members if member.pk not in known]
        Attendance.objects.bulk_create(Attendance(activity=locked, member=member) for member in new)
        if new:
            record("activity.invite", locked, by=by, detail={"members": [member.pk for member in new]})
            announce(locked, new)
    return len(new)


def announce(activity: Activity, members: Collection[Member]) -> None:
    """Only what is still to come: registering a past activity bothers nobody."""
    if activity.state == ActivityState.PREPARING and not activity.has_begun:
        people = [member.user for member in members if member.user_id]
        text = f"邀请您参加“{shortened(activity.title)}”：{when_and_where(activity)}"
        tell(people, text, url=activity.get_absolute_url())


def withdraw(*, by: Any, activity: Activity, attendances: Collection[int]) -> int:
    """Takes members off the list. Raises DomainError when one of them is already registered; then nobody is."""
    with open_for(activity, by=by) as locked:
        rows = list(locked.attendances.filter(pk__in=attendances).select_related("member__user"))
        registered = [row.member.name for row in rows if row.state != AttendanceState.INVITED]
        if registered:
            names = "、".join(registered[:5]) + ("等" if len(registered) > 5 else "")
            raise DomainError(f"{names}已有出席登记，不能移出。请先在“登记出席”中改为“未登记”。")
        locked.attendances.filter(pk__in=[row.pk for row in rows]).delete()
        if rows:
            record("activity.withdraw", locked, by=by, detail={"members": [row.member_id for row in rows]})
    return len(rows)
