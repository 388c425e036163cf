"""What a target can count of plans themselves: 年初有计划 (domain.md H34)."""

from __future__ import annotations

from django.db.models import QuerySet

from plans.enums import PlanState
from plans.measures import Measure, Window, register
from plans.models import AnnualPlan


def records(window: Window) -> QuerySet[AnnualPlan]:
    """Plans in force for the years of the window, approved by its last day, in whichever year that was."""
    years = range(window.span.first.year, window.span.last.year + 1)
    _, end = window.span.moments
    return AnnualPlan.objects.in_force().filter(office_id__in=window.office_ids, year__in=years, approved_at__lt=end)


def list_query(window: Window) -> dict[str, str]:
    return {
        "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "year": str(window.span.last.year),
        "state": PlanState.APPROVED.value,
    }


def install() -> None:
    """Called once by the app's configuration."""
    register(
        Measure(
            "plans", "年度计划（已批准）", "份", records, "plan_list", list_query, date_field="approved_at",
            office_field="office_id", order=90,
        )
    )  # fmt: skip
