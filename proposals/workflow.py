"""The transition table of a proposal (domain.md, section a).

The last rows are `derived`: the state of a dispatched proposal follows from its assignments (app `handling`).
"""

from __future__ import annotations

from core.permissions import always
from core.workflow import Transition, Workflow
from proposals.enums import HANDLED
from proposals.enums import ProposalState as S
from proposals.permissions import (
    can_ask_convenor,
    can_decide,
    can_invite,
    can_merge,
    can_reconsider,
    can_sign,
    can_submit,
    can_take_back,
    can_withdraw,
    leads_none,
)

OPEN = (S.SUBMITTED, S.IN_REVIEW)

BY_PROPOSERS = [
    Transition("invite", "请联名人确认", (S.DRAFT, S.RETURNED), S.COSIGNING, can_invite, has_form=True,
               tone="secondary", done="邀请已发出。"),
    Transition("to_convenor", "送召集人签署", (S.DRAFT, S.RETURNED), S.ORG_SIGN, can_ask_convenor, tone="secondary",
               done="已送召集人签署。"),
    Transition("reopen", "收回修改", (S.COSIGNING, S.ORG_SIGN), S.DRAFT, can_take_back, tone="secondary",
               done="已收回，可以继续修改。同意联名的人仍然保留。"),
    Transition("sign", "签署并提交", (S.ORG_SIGN,), S.SUBMITTED, can_sign, done="已签署，提案已提交。"),
    Transition("decline_sign", "不同意签署", (S.ORG_SIGN,), S.DRAFT, can_sign, needs_reason=True,
               reason_label="不同意的理由", tone="secondary", done="已退回执笔人。"),
    Transition("submit", "提交", (S.DRAFT, S.RETURNED, S.COSIGNING), S.SUBMITTED, can_submit, done="提案已提交。"),
    Transition("withdraw", "撤回提案", (S.SUBMITTED, S.RETURNED), S.WITHDRAWN, can_withdraw,
               needs_reason=True, reason_label="撤回的原因", tone="danger", done="提案已撤回。"),
    # What the office had returned is a returned one again, not a draft it never saw.
    Transition("reopen_returned", "收回修改", (S.COSIGNING, S.ORG_SIGN), S.RETURNED, can_take_back, derived=True),
    Transition("decline_returned", "不同意签署", (S.ORG_SIGN,), S.RETURNED, can_sign, needs_reason=True,
               reason_label="不同意的理由", derived=True),
]  # fmt: skip

BY_OFFICE = [
    Transition("take_up", "初审通过", (S.SUBMITTED,), S.IN_REVIEW, can_decide, tone="secondary",
               done="初审通过，等待审查决定。"),
    Transition("file", "立案", OPEN, S.FILED, can_decide, has_form=True, done="已立案，已通知提案人。"),
    Transition("merge", "并案", (*OPEN, S.FILED), S.MERGED, can_merge, has_form=True, tone="secondary",
               done="已并案，已通知提案人。"),
    Transition("unmerge", "撤销并案", (S.MERGED,), S.IN_REVIEW, can_merge, needs_reason=True,
               reason_label="撤销并案的理由", tone="secondary", done="已撤销并案，请重新审查。"),
    Transition("not_file", "不予立案", OPEN, S.NOT_FILED, can_decide, needs_reason=True, has_form=True,
               tone="secondary", done="已登记为不予立案，已通知提案人。"),
    Transition("reconsider", "重新审查", (S.NOT_FILED,), S.IN_REVIEW, can_reconsider, needs_reason=True,
               reason_label="重新审查的理由", tone="secondary", done="已恢复审查。"),
    Transition("return", "退回修改", OPEN, S.RETURNED, can_decide, needs_reason=True, reason_label="退回理由",
               has_form=True, tone="secondary", done="已退回，已通知提案人。"),
    Transition("allow_withdrawal", "同意撤案", (S.RETURNED, *OPEN, S.FILED), S.WITHDRAWN, leads_none, derived=True),
]  # fmt: skip


def follows(name: str, label: str, target: S, *sources: S) -> Transition:
    return Transition(name, label, sources, target, always, derived=True)


BY_ASSIGNMENTS = [
    follows("dispatch", "交办", S.DISPATCHED, S.FILED, *(HANDLED - {S.DISPATCHED})),
    follows("recall", "收回交办", S.FILED, *HANDLED),
    follows("start", "签收办理", S.HANDLING, S.FILED, *(HANDLED - {S.HANDLING})),
    follows("reply", "答复", S.REPLIED, *(HANDLED - {S.REPLIED})),
    follows("rehandle", "重新办理", S.REHANDLING, *(HANDLED - {S.REHANDLING})),
    follows("track", "跟踪办理", S.FOLLOW_UP, *(HANDLED - {S.FOLLOW_UP})),
    follows("close", "办结", S.CLOSED, *(HANDLED - {S.CLOSED})),
]

FLOW = Workflow(S, [*BY_PROPOSERS, *BY_OFFICE, *BY_ASSIGNMENTS])
