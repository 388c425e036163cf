"""Who is on the list of an activity. Every office that holds it works on its own members' lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet

from activities import permissions, reach
from activities.enums import ActivityState, AttendanceState, Joining, LeaveState, Reply
from activities.models import Activity, Attendance
from activities.services.replies import queue, settle
from activities.services.telling import shortened, when_and_where
from audit.services import record
from core.errors import DomainError
from members.models import Member
from notices.services import tell


@contextmanager
def open_list(activity: Activity, *, by: Any) -> Iterator[tuple[Activity, QuerySet[Attendance]]]:
    """The activity's row, locked, and the lines of its list this user works on.

    Raises Denied when the activity is closed by now.
    """
    with queue(activity) as locked:
        permissions.can_invite(by, locked).require()
        yield locked, reach.lines(by, locked)


def invite(*, by: Any, activity: Activity, members: Collection[Member]) -> int:
    """Puts members on the list and tells them; those already there stay as they are. How many are new.

    Raises Denied for a member of an office this user does not work for.
    """
    with open_list(activity, by=by) as (locked, _):
        offices = reach.reach(by, locked)
        known = set(locked.attendances.values_list("member_id", flat=True))
        new = [member for member in members if member.pk not in known]
        refuse_strangers([member for member in new if member.office_id not in offices])
        Attendance.objects.bulk_create(new_lines(locked, new))
        if new:
            record("activity.invite", locked, by=by, detail={"members": [member.pk for member in new]})
            announce(locked, new)
    return len(new)


def new_lines(activity: Activity, members: Collection[Member]) -> list[Attendance]:
    """New lines; who was taken off while asking for leave still asks for it."""
    asking = set(activity.leave_requests.filter(state=LeaveState.ASKED).values_list("member_id", flat=True))
    replies = {True: Reply.LEAVE_ASKED, False: Reply.NONE}
    return [Attendance(activity=activity, member=each, reply=replies[each.pk in asking]) for each in members]


def refuse_strangers(members: Collection[Member]) -> None:
    if members:
        names = "、".join(member.name for member in list(members)[:5])
        raise DomainError(f"{names}不是本办公室联系的委员，请由其所在的联办办公室邀请。")


def announce(activity: Activity, members: Collection[Member]) -> None:
    """Only what is still to come: registering a past activity bothers nobody."""
    if activity.state == ActivityState.PREPARING and not activity.has_begun:
        people = [member.user for member in members if member.user_id]
        ask = "可以报名参加" if activity.joining == Joining.SIGN_UP else "邀请您参加"
        text = f"{ask}“{shortened(activity.title)}”：{when_and_where(activity)}，请答复"
        tell(people, text, url=activity.get_absolute_url())


def withdraw(*, by: Any, activity: Activity, attendances: Collection[int]) -> int:
    """Takes members off the list; places they had go to those who wait. Raises DomainError when one of them is already
    registered; then nobody is taken off."""
    with open_list(activity, by=by) as (locked, mine):
        rows = list(mine.filter(pk__in=attendances).select_related("member__user"))
        registered = [row.member.name for row in rows if row.state != AttendanceState.INVITED]
        if registered:
            names = "、".join(registered[:5]) + ("等" if len(registered) > 5 else "")
            raise DomainError(f"{names}已有出席登记，不能移出。请先在“登记出席”中改为“未登记”。")
        locked.attendances.filter(pk__in=[row.pk for row in rows]).delete()
        if rows:
            record("activity.withdraw", locked, by=by, detail={"members": [row.member_id for row in rows]})
            settle(locked)
    return len(rows)
