"""What a target can count of documents: 半年有小结，年终有总结 (domain.md H34)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from plans.measures import FilterField, Measure, Window, register
from reports.documents import documents
from reports.models import Report

#: Documents a plan promises; boards and the like are printed when they are needed.
PAPERS = (
    "annual_plan",
    "half_plan_first",
    "half_plan_second",
    "consultation_plan",
    "half_year_summary",
    "annual_summary",
    "monthly_brief",
    "quarterly_summary",
)


def document(window: Window) -> dict[str, str]:
    wanted = dict(window.filters).get("document", "")
    return {"document": wanted} if wanted else {}


def records(window: Window) -> QuerySet[Report]:
    """Documents about the years of the window; those of whole years may come later: summaries are made in January."""
    years = range(window.span.first.year, window.span.last.year + 1)
    rows = Report.objects.filter(office_id__in=window.office_ids, year__in=years, **document(window))
    whole = (window.span.last.month, window.span.last.day) == (12, 31)
    return rows if whole else rows.filter(created_at__lt=window.span.moments[1])


def list_query(window: Window) -> dict[str, str]:
    offices = ",".join(str(pk) for pk in sorted(window.office_ids))
    return {"offices": offices, "year": str(window.span.last.year), **document(window)}


def choices(office: Any) -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in documents if each.key in PAPERS]


def install() -> None:
    """Called once by the app's configuration."""
    register(
        Measure(
            "documents", "计划总结材料", "份", records, "report_list", list_query, date_field="created_at",
            office_field="office_id", filters={"document": FilterField("材料", choices)}, order=91,
        )
    )  # fmt: skip
