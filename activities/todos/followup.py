"""What waits for staff: findings and reports past their day, requests for leave."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Can
from activities import todos
from activities.enums import ActivityState, LeaveState
from activities.models import Finding, ReportDuty
from notices.todos import Todo, sources
from organisation.selectors import grants


def waiting(user: Any) -> list[Todo]:
    offices = grants(user).where(Can.EDIT_ACTIVITIES)
    if not offices:
        return []
    asked = f"offices={','.join(str(pk) for pk in sorted(offices))}"
    findings, duties, leaves = (reverse(name) for name in ("finding_list", "duty_list", "leave_list"))
    late = Finding.objects.overdue().filter(activity__office_id__in=offices)
    leave = todos.leave_asked(offices)
    return [
        Todo("问题与建议逾期未办结", late, f"{findings}?overdue=1&{asked}", "exclamation-diamond", urgent=True),
        Todo("上报材料已过期限", overdue_duties(offices), f"{duties}?standing=overdue&{asked}", "send-exclamation",
             urgent=True),
        Todo("请假申请待审批", leave, f"{leaves}?state={LeaveState.ASKED}", "calendar-x", urgent=True),
    ]  # fmt: skip


def overdue_duties(offices: frozenset[int]) -> QuerySet[ReportDuty]:
    rows = ReportDuty.objects.filter(ReportDuty.overdue(), activity__office_id__in=offices)
    return rows.exclude(activity__state=ActivityState.CANCELLED)


def install() -> None:
    """Called once by the app's configuration."""
    sources.register("records", waiting)
