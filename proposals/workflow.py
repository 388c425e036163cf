"""The transition table of a proposal (domain.md, section a, steps 1 to 5 and X). Later steps are further rows."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from proposals.enums import ProposalState as State
from proposals.permissions import can_receive, can_submit, can_withdraw

FLOW = Workflow(
    State,
    [
        Transition("submit", "提交", (State.DRAFT, State.RETURNED), State.SUBMITTED, can_submit),
        Transition(
            "file", "立案", (State.SUBMITTED,), State.FILED, can_receive, has_form=True, done="已立案，已通知提案人。"
        ),
        Transition(
            "return", "退回修改", (State.SUBMITTED,), State.RETURNED, can_receive,
            needs_reason=True, reason_label="退回理由", has_form=True, tone="secondary", done="已退回，已通知提案人。",
        ),
        Transition(
            "withdraw", "撤回提案", (State.SUBMITTED, State.RETURNED), State.WITHDRAWN, can_withdraw,
            needs_reason=True, reason_label="撤回的原因", tone="danger", done="提案已撤回。",
        ),
    ],
)  # fmt: skip
