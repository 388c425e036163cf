"""What of plans waits for a person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from notices.todos import Todo
from plans import selectors
from plans.enums import PlanState


def waiting_for_approval(user: Any) -> list[Todo]:
    return [todo("待审批的年度计划", selectors.awaiting_approval(user), PlanState.SUBMITTED, "clipboard-check")]


def returned(user: Any) -> list[Todo]:
    count = selectors.returned_to(user)
    return [todo("被退回修改的年度计划", count, PlanState.RETURNED, "arrow-return-left", urgent=True)]


def todo(label: str, count: int, state: str, icon: str, urgent: bool = False) -> Todo:
    return Todo(label, count, f"{reverse('plan_list')}?state={state}", icon, urgent)
