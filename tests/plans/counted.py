"""A measure of the tests' own over real activities, registered once: what plans see of an app above them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from activities.enums import CAME, COUNTED
from activities.models import Activity, ActivityType, Attendance
from plans.enums import Metric
from plans.measures import FilterField, Measure, Window, register

KEY = "tested_activities"


def records(window: Window) -> QuerySet:
    start, end = window.span.moments
    held = Activity.objects.filter(
        office_id__in=window.office_ids, starts_at__gte=start, starts_at__lt=end, state__in=COUNTED
    )
    kind = dict(window.filters).get("type")
    return held.filter(type__code=kind) if kind else held


def parts(window: Window) -> QuerySet:
    return Attendance.objects.filter(activity__in=records(window), state__in=CAME)


def list_query(window: Window) -> dict[str, str]:
    return {"from": str(window.span.first), "to": str(window.span.last), **dict(window.filters)}


def types(office: Any) -> list[tuple[str, str]]:
    return list(ActivityType.objects.values_list("code", "label"))


register(
    Measure(
        KEY, "测试活动", "次", records, "home", list_query, parts=parts,
        date_field="starts_at", part_date_field="activity__starts_at", office_field="office_id",
        quantities={Metric.HOURS: "hours", Metric.HOUSEHOLDS: "households"},
        filters={"type": FilterField("活动类型", types)},
    )
)  # fmt: skip
register(Measure("tested_memberless", "测试资料", "期", records, "home", list_query, date_field="starts_at"))
