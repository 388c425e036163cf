"""What a target can count of activities (domain.md h1): occasions, person-times, members, and the summed quantities."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from activities import figures
from activities.models import Activity, ActivityType, Attendance
from plans.enums import Metric
from plans.measures import FilterField, Measure, Window, register


def type_codes(window: Window) -> tuple[str, ...]:
    """Codes of the filter "type"; several, separated by commas, mean any of them (调查或视察)."""
    wanted = dict(window.filters).get("type", "")
    return tuple(code for code in wanted.split(",") if code)


def records(window: Window) -> QuerySet[Activity]:
    return figures.records(window.office_ids, window.span, type_codes(window))


def parts(window: Window) -> QuerySet[Attendance]:
    return figures.parts(window.office_ids, window.span, type_codes(window))


def list_query(window: Window) -> dict[str, str]:
    """The query with which activity_list shows exactly `records(window)`, and their sums above the table."""
    query = {
        "office": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "from": window.span.first.isoformat(),
        "to": window.span.last.isoformat(),
        "counted": "1",
    }
    codes = ",".join(type_codes(window))
    return {**query, "type": codes} if codes else query


def type_choices(office: Any = None) -> list[tuple[str, str]]:
    return list(ActivityType.objects.filter(is_active=True).values_list("code", "label"))


def install() -> None:
    """Called once by the app's configuration."""
    register(
        Measure(
            key="activities",
            label="活动",
            unit="次",
            records=records,
            parts=parts,
            list_url="activity_list",
            list_query=list_query,
            date_field="starts_at",
            part_date_field="activity__starts_at",
            office_field="office_id",
            quantities={
                Metric.HOURS: "hours",
                Metric.AMOUNT: "amount",
                Metric.HOUSEHOLDS: "households",
                Metric.COPIES: "copies",
            },
            filters={"type": FilterField("类型", type_choices)},
        )
    )
