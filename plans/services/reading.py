"""A plan made of what was read in a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core.errors import DomainError
from organisation.models import Office
from plans import permissions
from plans.enums import EDITABLE
from plans.models import AnnualPlan
from plans.rows import Row
from plans.services.plans import create_plan, save_items, save_targets, save_text


@transaction.atomic
def adopt_text(*, office: Office, year: int, title: str, foreword: str, sections: Sequence[Row],
               targets: Sequence[Row], items: Sequence[Row], by: Any) -> AnnualPlan:  # fmt: skip
    """A draft with these rows: a new plan, or the empty draft that is already there for the year.

    Raises DomainError when the year has a plan with contents, or when no row was chosen.
    """
    permissions.can_create(by, office).require()
    if not (sections or targets or items):
        raise DomainError("一行也没有勾选。请勾选要采用的目标、安排或正文。")
    plan = empty_draft(office, year) or create_plan(office=office, year=year, title=title, by=by)
    save_text(plan=plan, title=title, foreword=foreword, sections=sections, by=by)
    save_targets(plan=plan, targets=targets, by=by)
    save_items(plan=plan, items=items, by=by)
    return plan


def empty_draft(office: Office, year: int) -> AnnualPlan | None:
    """The office's draft of the year while nothing stands in it."""
    plan = AnnualPlan.objects.select_for_update().filter(office=office, year=year, state__in=EDITABLE).first()
    if plan is None or plan.foreword:
        return None
    filled = plan.sections.exists() or plan.targets.exists() or plan.items.exists()
    return None if filled else plan
