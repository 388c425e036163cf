"""The ordered rows of a plan as its forms hand them over, and how they are written.

A row is known by its lineage. Only rows marked for deletion are deleted: what a colleague added meanwhile stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.services import changes
from plans.models import AnnualPlan, PlanPart, PlanSection, ScheduledItem, Target

FIELDS: dict[type[PlanPart], tuple[str, ...]] = {
    PlanSection: ("level", "title", "body"),
    Target: (
        "text", "measure", "filters", "metric", "operator", "amount", "amount_max", "period", "scope", "alternatives",
        "coverage_goal",
    ),
    ScheduledItem: (
        "month", "until_month", "part_of_month", "kind", "form", "topic", "content", "participants", "organisers",
        "group_id", "series",
    ),
}  # fmt: skip
LAST = 10_000


@dataclass(frozen=True)
class Row:
    """One row of a form. `lineage` is empty for a new one; `place` is the number the user gave it, if any.

    `untouched`: the user left it as it was when the form was opened, so what is stored now stands.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lineage: uuid.UUID | None = None
    place: int | None = None
    delete: bool = False
    untouched: bool = False


def values_of(part: PlanPart) -> dict[str, Any]:
    return {name: getattr(part, name) for name in FIELDS[type(part)]}


def copy(source: AnnualPlan, into: AnnualPlan, *, keep_lineage: bool) -> None:
    """All sections, targets and items of one plan into another."""
    for model in FIELDS:
        model.objects.bulk_create(
            model(plan=into, order=part.order, lineage=part.lineage if keep_lineage else uuid.uuid4(),
                  **values_of(part))
            for part in model.objects.filter(plan=source)
        )  # fmt: skip


def save(model: type[PlanPart], plan: AnnualPlan, given: Sequence[Row]) -> dict[str, Any]:
    """Writes the rows in their order; gives what was added, changed and removed for the audit trail."""
    existing = {part.lineage: part for part in model.objects.filter(plan=plan)}
    done: dict[str, Any] = {"added": [], "changed": [], "removed": []}
    for order, row in enumerate(in_place(given), 1):
        part = existing.get(row.lineage)
        if row.delete:
            remove(part, done)
        elif part is not None:
            change(part, row, order, done)
        elif not row.untouched:
            done["added"].append(str(add(model, plan, row, order)))
    return {what: entries for what, entries in done.items() if entries}


def in_place(given: Sequence[Row]) -> list[Row]:
    """By the number the user gave, then as they stood; rows without a number come last."""
    return sorted(given, key=lambda row: LAST if row.place is None else row.place)


def remove(part: PlanPart | None, done: dict[str, Any]) -> None:
    if part is not None:
        done["removed"].append(str(part))
        part.delete()


def add(model: type[PlanPart], plan: AnnualPlan, row: Row, order: int) -> PlanPart:
    """A new row. A lineage is taken over only from a version of the same plan: a colleague deleted that row."""
    family = model.objects.filter(plan__office=plan.office_id, plan__year=plan.year, lineage=row.lineage)
    lineage = row.lineage if row.lineage and family.exists() else uuid.uuid4()
    return model.objects.create(plan=plan, order=order, lineage=lineage, **row.values)


def change(part: PlanPart, row: Row, order: int, done: dict[str, Any]) -> None:
    difference = {} if row.untouched else changes(values_of(part), row.values)
    if difference:
        done["changed"].append({str(part): difference})
    if difference or part.order != order:
        for name, value in ({} if row.untouched else row.values).items():
            setattr(part, name, value)
        part.order = order
        part.save()
