"""On the day: where a member checks in, one press from the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from activities.enums import OPEN, AttendanceState
from activities.models import Attendance
from core.clock import Span, today
from notices.todos import Todo
from organisation.selectors import grants


def waiting(user: Any) -> list[Todo]:
    """Today's activities the member is expected at and has not checked in to. The link leads to the next."""
    if "member" not in grants(user).roles:
        return []
    return [Todo("今天的活动，到会场签到", doors_today(user), reverse("checkin_next"), "qr-code-scan", urgent=True)]


def doors_today(user: Any) -> QuerySet[Attendance]:
    now, day = timezone.now(), today()
    begin, end = Span(day, day).moments
    still_on = Q(activity__ends_at__isnull=True) | Q(activity__ends_at__gt=now)
    return Attendance.objects.expected().filter(
        still_on, member__user_id=user.pk, arrived_at=None, state=AttendanceState.INVITED,
        activity__state__in=OPEN, activity__starts_at__gte=begin, activity__starts_at__lt=end,
    )  # fmt: skip
