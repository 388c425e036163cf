"""What waits for staff in the records: findings and reports past their day, activities without their evidence."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from activities import evidence
from activities.enums import FINDING_OPEN, ActivityState
from activities.models import Activity, Finding, ReportDuty
from core.clock import today
from notices.todos import Todo, sources
from organisation.selectors import grants


def ids(offices: frozenset[int]) -> str:
    return ",".join(str(pk) for pk in sorted(offices))


def findings(user: Any) -> list[Todo]:
    offices = grants(user).where(Can.EDIT_ACTIVITIES)
    if not offices:
        return []
    count = Finding.objects.filter(activity__office_id__in=offices, state__in=FINDING_OPEN, due_on__lt=today()).count()
    url = f"{reverse('finding_list')}?overdue=1&offices={ids(offices)}"
    return [Todo("问题与建议逾期未办结", count, url, "exclamation-diamond", urgent=True)]


def duties(user: Any) -> list[Todo]:
    offices = grants(user).where(Can.EDIT_ACTIVITIES)
    if not offices:
        return []
    rows = ReportDuty.objects.filter(ReportDuty.overdue(), activity__office_id__in=offices)
    count = rows.exclude(activity__state=ActivityState.CANCELLED).count()
    url = f"{reverse('duty_list')}?standing=overdue&offices={ids(offices)}"
    return [Todo("上报材料已过期限", count, url, "send-exclamation", urgent=True)]


def incomplete_activities(offices: frozenset[int]) -> Any:
    """What the activity list shows for ?waiting=evidence."""
    return Activity.objects.filter(evidence.incomplete(), office_id__in=offices)


def install() -> None:
    """Called once by the app's configuration."""
    sources.register("findings", findings)
    sources.register("duties", duties)
