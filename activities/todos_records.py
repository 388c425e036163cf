"""What waits for staff: findings and reports past their day, requests for leave."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.urls import reverse

from accounts.roles import Can
from activities import todos
from activities.enums import ActivityState, LeaveState
from activities.models import Finding, ReportDuty
from notices.todos import Todo, sources
from organisation.selectors import grants


def waiting(user: Any) -> list[Todo]:
    """All counts in one query: the home page asks every source."""
    offices = grants(user).where(Can.EDIT_ACTIVITIES)
    if not offices:
        return []
    leave = counted(todos.leave_asked(offices), "leave")
    counts = dict(overdue_findings(offices).union(overdue_duties(offices), leave, all=True))
    asked = f"offices={','.join(str(pk) for pk in sorted(offices))}"
    findings, duties, leaves = (reverse(name) for name in ("finding_list", "duty_list", "leave_list"))
    return [
        Todo("问题与建议逾期未办结", counts.get("findings", 0), f"{findings}?overdue=1&{asked}", "exclamation-diamond",
             urgent=True),
        Todo("上报材料已过期限", counts.get("duties", 0), f"{duties}?standing=overdue&{asked}", "send-exclamation",
             urgent=True),
        Todo("请假申请待审批", counts.get("leave", 0), f"{leaves}?state={LeaveState.ASKED}", "calendar-x", urgent=True),
    ]  # fmt: skip


def overdue_findings(offices: frozenset[int]) -> QuerySet:
    return counted(Finding.objects.overdue().filter(activity__office_id__in=offices), "findings")


def overdue_duties(offices: frozenset[int]) -> QuerySet:
    rows = ReportDuty.objects.filter(ReportDuty.overdue(), activity__office_id__in=offices)
    return counted(rows.exclude(activity__state=ActivityState.CANCELLED), "duties")


def counted(rows: QuerySet, name: str) -> QuerySet:
    """(name, how many), no row when there are none."""
    named = rows.order_by().annotate(name=Value(name, output_field=CharField())).values("name")
    return named.annotate(count=Count("pk")).values_list("name", "count")


def install() -> None:
    """Called once by the app's configuration."""
    sources.register("records", waiting)
