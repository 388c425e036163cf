"""What waits for staff and members of an activity."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities.enums import ActivityState
from activities.models import Activity, ActivityQuerySet, Attendance
from notices.todos import Todo
from organisation.selectors import grants


def overdue() -> Q:
    """The time has passed and nobody has registered what became of it."""
    return Q(state=ActivityState.PREPARING, starts_at__lte=timezone.now())


def without_minutes() -> Q:
    return Q(state=ActivityState.HELD, minutes="")


#: Value of the list's filter "waiting" → what it selects.
WAITING = {"overdue": overdue, "minutes": without_minutes}


def waiting(user: Any) -> list[Todo]:
    """One query for staff, one for members."""
    held = grants(user)
    found = for_staff(held.where(Can.EDIT_ACTIVITIES)) if held.holds(Can.EDIT_ACTIVITIES) else []
    return found + (for_member(user) if "member" in held.roles else [])


def for_staff(offices: frozenset[int]) -> list[Todo]:
    counts = Activity.objects.filter(office_id__in=offices).aggregate(
        overdue=Count("pk", filter=overdue()), minutes=Count("pk", filter=without_minutes())
    )
    return [
        Todo("活动已过时间，待登记", counts["overdue"], list_url(offices, "overdue"), "calendar-x", urgent=True),
        Todo("已开展的活动，缺活动记录", counts["minutes"], list_url(offices, "minutes"), "journal-text"),
    ]


def list_url(offices: frozenset[int], kind: str) -> str:
    query = {"office": ",".join(str(pk) for pk in sorted(offices)), "waiting": kind}
    return f"{reverse('activity_list')}?{urlencode(query)}"


def for_member(user: Any) -> list[Todo]:
    count = Attendance.objects.filter(member__user_id=user.pk, activity__in=upcoming()).count()
    return [Todo("邀请您参加的活动", count, f"{reverse('activity_list')}?mine=coming", "calendar-check")]


def upcoming() -> ActivityQuerySet:
    return Activity.objects.filter(state=ActivityState.PREPARING, starts_at__gt=timezone.now())
