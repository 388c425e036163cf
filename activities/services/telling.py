"""Sentences about an activity, and who gets them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from activities import selectors
from activities.models import Activity, Attendance
from core.clock import chinese_date
from notices.services import tell


def tell_invited(activity: Activity, text: str) -> None:
    tell(selectors.accounts_of(activity), text, url=activity.get_absolute_url())


def tell_rows(activity: Activity, rows: Iterable[Attendance], text: str) -> None:
    """Only those on these lines of the list; members without an account are left out."""
    tell([row.member.user for row in rows if row.member.user_id], text, url=activity.get_absolute_url())


def shortened(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"


def when_and_where(activity: Activity) -> str:
    local = timezone.localtime(activity.starts_at)
    place = f"，{activity.place}" if activity.place else ""
    return f"{chinese_date(local.date())} {local:%H:%M}{place}"
