"""Steps of an assignment: the unit's and the office's."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from handling.forms.assignments import GrantForm, ReassignForm, SignForm
from handling.models import Assignment
from handling.selectors import last_handlers, other_units
from handling.services import assignments, requests


def sign_kwargs(row: Assignment) -> dict[str, Any]:
    return {"initial": last_handlers(row.unit)}


def sign_step(row: Assignment, form: SignForm, user: Any) -> Assignment:
    return assignments.sign(assignment=row, handlers=form.handlers, by=user)


def units_kwargs(row: Assignment) -> dict[str, Any]:
    return {"units": other_units(row.proposal)}


def grant_kwargs(row: Assignment) -> dict[str, Any]:
    asked = row.reassign_requests.filter(state="requested").first()
    return {**units_kwargs(row), "initial": {"unit": asked.wished_unit_id if asked else None}}


def request_step(row: Assignment, form: ReassignForm, user: Any) -> Assignment:
    requests.request_reassignment(assignment=row, by=user, **form.cleaned_data)
    return row


def grant_step(row: Assignment, form: GrantForm, user: Any) -> str:
    requests.grant_reassignment(assignment=row, by=user, **form.cleaned_data)
    return row.proposal.get_absolute_url()


def refuse_step(row: Assignment, user: Any, reason: str) -> None:
    requests.refuse_reassignment(assignment=row, reason=reason, by=user)


def revoke_step(row: Assignment, user: Any, reason: str) -> None:
    assignments.revoke(assignment=row, reason=reason, by=user)


PLAIN: dict[str, Plain] = {"refuse_reassignment": refuse_step, "revoke": revoke_step}
FORMS: dict[str, FormStep] = {
    "sign": FormStep(SignForm, "签收后开始办理。联系方式会给提案人和交办机关看。", sign_kwargs, sign_step),
    "request_reassignment": FormStep(
        ReassignForm, "不得自行转给别的单位。交办机关同意前，仍由本单位负责。", units_kwargs, request_step
    ),
    "grant_reassignment": FormStep(
        GrantForm, "原单位的交办收回，新的单位立即收到通知，各项期限重新计算。", grant_kwargs, grant_step
    ),
}
