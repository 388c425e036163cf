"""What a target can count of the records of activities: findings by stage, and materials (调研报告, 简报).

Findings prove the result figures of reports: measures taken, suggestions made and taken up, instructions, suggestions
settled (domain.md h2: R04, R08, R10, R12).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from activities.enums import FindingStage
from activities.figures import followup as record_figures
from activities.measures import type_choices
from activities.models import Finding, Material
from activities.type_needs import FINDING_KIND, MATERIAL_KIND
from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Staged, Window, register

STAGED = Staged(FindingStage, ("kind", "type"))


def findings(window: Window) -> QuerySet[Finding]:
    return record_figures.findings(window.office_ids, window.span, STAGED.of(window), STAGED.chosen(window))


def materials(window: Window) -> QuerySet[Material]:
    return record_figures.materials(window.office_ids, window.span, dict(window.filters))


def material_query(window: Window) -> dict[str, str]:
    """The query with which material_list shows exactly `materials(window)`."""
    return {
        "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "since": window.span.first.isoformat(),
        "until": window.span.last.isoformat(),
        "counted": "1",
        **{name: value for name, value in window.filters if value},
    }


def finding_kinds(office: Any) -> list[tuple[str, str]]:
    return code_choices(FINDING_KIND, office)


def material_kinds(office: Any) -> list[tuple[str, str]]:
    return code_choices(MATERIAL_KIND, office)


def install() -> None:
    """Called once by the app's configuration."""
    register(
        Measure(
            key="findings",
            label="问题与建议",
            unit="条",
            records=findings,
            date_field="counted_on",
            office_field="activity__office_id",
            list_url="finding_list",
            list_query=STAGED.list_query,
            filters={
                "stage": STAGED.filter_field(),
                "kind": FilterField("类别", finding_kinds),
                "type": FilterField("活动类型", type_choices),
            },
        )
    )
    register(
        Measure(
            key="materials",
            label="活动材料",
            unit="份",
            records=materials,
            date_field="activity__starts_at",
            office_field="activity__office_id",
            list_url="material_list",
            list_query=material_query,
            filters={
                "kind": FilterField("材料类别", material_kinds),
                "type": FilterField("活动类型", type_choices),
            },
        )
    )
