"""From the list of proposals: one unit for many, and dispatching many (core list → preview → results)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from core.prose import ProseField
from handling.enums import AssignmentRole
from handling.forms.assignments import UnitChoice
from handling.guards import can_plan
from handling.rules import Share
from handling.selectors import usable_units
from handling.services import assignments
from proposals.bulk import BulkAction, Fate, actions, receives
from proposals.enums import ProposalState
from proposals.models import Proposal

Values = Mapping[str, Any]


class OneUnitForm(forms.Form):
    """The unit that handles all of them alone."""

    unit = UnitChoice("承办单位", error_messages={"required": "请选择承办单位。"})
    note = ProseField(label="交办要求", rows=3, required=False, max_length=500)

    def __init__(self, *args: Any, proposals: Sequence[Proposal], user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].required = True
        self.fields["unit"].queryset = usable_units(proposals[0].office)


def foresee(text: str) -> Callable[[Proposal, Any], Fate]:
    """Only those that are filed and not dispatched yet; who changes a running case does it on its page."""

    def fate(proposal: Proposal, user: Any) -> Fate:
        answer = can_plan(user, proposal)
        if not answer:
            return Fate(False, answer.reason)
        if proposal.state != ProposalState.FILED:
            return Fate(False, f"现在是“{proposal.state_label}”，请到提案页面办理。")
        return Fate(True, text)

    return fate


def plan(proposal: Proposal, user: Any, values: Values) -> str:
    share = Share(values["unit"], AssignmentRole.SINGLE, values["note"])
    assignments.plan(proposal=proposal, shares=[share], by=user)
    return f"拟由{share.unit.name}单办，还没有交办。"


def dispatch(proposal: Proposal, user: Any, values: Values) -> str:
    sent = assignments.dispatch(proposal=proposal, by=user)
    return f"已交办：{'、'.join(str(row) for row in sent)}。"


def install() -> None:
    actions.add(BulkAction("plan_unit", "拟定承办单位", 60, "都由同一个单位单办；原来拟定的单位会被替换。",
                           receives, foresee("拟由选定的单位单办"), plan, form=OneUnitForm))  # fmt: skip
    actions.add(BulkAction("dispatch", "交办", 61, "按已经拟定的承办单位交办，立即通知承办单位和提案人。",
                           receives, foresee("交办给已经拟定的承办单位"), dispatch))  # fmt: skip
