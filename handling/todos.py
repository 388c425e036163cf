"""What waits for a handling unit, and for the office that dispatches."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from handling import selectors
from handling.enums import AssignmentState, Light
from handling.models import Assignment
from notices.todos import Todo
from organisation.selectors import grants


def waiting(user: Any) -> list[Todo]:
    held = grants(user)
    found = of_unit(held.unit_ids) if held.unit_ids else []
    if offices := held.where(Can.RECEIVE_PROPOSALS):
        found += of_office(offices)
    return found


def of_unit(unit_ids: frozenset[int]) -> list[Todo]:
    rows = Assignment.objects.filter(unit_id__in=unit_ids)
    listed, late = reverse("assignment_list"), rows.filter(pk__in=selectors.overdue().values("assignment_id"))
    return [
        Todo("待签收的提案", rows.filter(state=AssignmentState.DISPATCHED), reverse("assignment_sign_all"),
             "inbox", urgent=True),
        Todo("有环节超期的提案", late, f"{listed}?light={Light.RED}", "alarm", urgent=True),
    ]  # fmt: skip


def of_office(office_ids: frozenset[int]) -> list[Todo]:
    listed = reverse("assignment_list")
    late = Assignment.objects.filter(
        proposal__office_id__in=office_ids, pk__in=selectors.overdue().values("assignment_id")
    )
    return [
        Todo("待确定承办单位的提案", selectors.to_assign(office_ids), reverse("assignment_board"), "diagram-3"),
        Todo("待交办的提案", selectors.to_dispatch(office_ids), reverse("assignment_board"), "send"),
        Todo("待决定的改办申请", selectors.open_reassignments(office_ids),
             f"{listed}?state={AssignmentState.REASSIGN_REQUESTED}", "arrow-left-right", urgent=True),
        Todo("待决定的延期申请", selectors.open_extensions(office_ids), f"{listed}?asked=extension", "hourglass-split",
             urgent=True),
        Todo("答复或承诺超期的提案", late, f"{listed}?light={Light.RED}", "alarm"),
    ]  # fmt: skip
