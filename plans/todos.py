"""What of plans waits for a person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from notices.todos import Todo
from plans import selectors
from plans.enums import PlanState


def waiting(user: Any) -> list[Todo]:
    """Heads: what to approve. Staff: what came back."""
    submitted, returned = selectors.waiting(user)
    return [
        todo("待审批的年度计划", submitted, PlanState.SUBMITTED, "clipboard-check"),
        todo("被退回修改的年度计划", returned, PlanState.RETURNED, "arrow-return-left", urgent=True),
    ]


def todo(label: str, count: int, state: str, icon: str, urgent: bool = False) -> Todo:
    return Todo(label, count, f"{reverse('plan_list')}?state={state}", icon, urgent)
