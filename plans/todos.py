"""What of plans waits for a person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from notices.todos import Todo
from organisation.selectors import grants
from plans.enums import PlanState
from plans.models import AnnualPlan


def waiting(user: Any) -> list[Todo]:
    """Heads: what to approve. Staff: what came back."""
    held, here = grants(user), reverse("plan_list")
    found = []
    if offices := held.where(Can.APPROVE_PLANS):
        rows = AnnualPlan.objects.filter(state=PlanState.SUBMITTED, office_id__in=offices)
        found.append(Todo("待审批的年度计划", rows, f"{here}?state={PlanState.SUBMITTED}", "clipboard-check"))
    if offices := held.where(Can.EDIT_PLANS):
        rows = AnnualPlan.objects.filter(state=PlanState.RETURNED, office_id__in=offices)
        url = f"{here}?state={PlanState.RETURNED}"
        found.append(Todo("被退回修改的年度计划", rows, url, "arrow-return-left", urgent=True))
    return found
