"""The transition tables of an assignment and of a reply (domain.md, section a, steps 7 to 12a)."""

from __future__ import annotations

from core.permissions import always
from core.workflow import Transition, Workflow
from handling.enums import AssignmentState as A
from handling.enums import ReplyState as R
from handling.permissions import (
    can_assign,
    can_check_reply,
    can_decide_reassignment,
    can_draft_reply,
    can_request_reassignment,
    can_revoke,
    can_sign_for,
    can_sign_reply,
    can_supervise_reply,
)

ASSIGNMENTS = Workflow(
    A,
    [
        Transition("dispatch", "交办", (A.PLANNED,), A.DISPATCHED, can_assign, done="已交办，已通知承办单位。"),
        Transition("sign", "签收", (A.DISPATCHED,), A.HANDLING, can_sign_for, has_form=True,
                   done="已签收，办理期限开始提醒。"),
        Transition("request_reassignment", "申请改办", (A.DISPATCHED, A.HANDLING), A.REASSIGN_REQUESTED,
                   can_request_reassignment, needs_reason=True, has_form=True, tone="secondary",
                   done="申请已提交，等待交办机关决定。"),
        Transition("grant_reassignment", "同意改办", (A.REASSIGN_REQUESTED,), A.REVOKED, can_decide_reassignment,
                   has_form=True, done="已同意改办。"),
        Transition("refuse_reassignment", "不同意改办", (A.REASSIGN_REQUESTED,), A.DISPATCHED,
                   can_decide_reassignment, needs_reason=True, reason_label="不同意的理由", tone="secondary",
                   done="已驳回改办申请，已通知承办单位。"),
        Transition("keep_handling", "不同意改办", (A.REASSIGN_REQUESTED,), A.HANDLING, can_decide_reassignment,
                   needs_reason=True, reason_label="不同意的理由", derived=True),
        Transition("revoke", "收回交办", (A.PLANNED, A.DISPATCHED, A.HANDLING), A.REVOKED, can_revoke,
                   needs_reason=True, tone="secondary", done="已收回。"),
        Transition("reply", "答复", (A.HANDLING, A.REHANDLING), A.REPLIED, always, derived=True),
        Transition("rehandle", "重新办理", (A.REPLIED, A.DONE), A.REHANDLING, always, derived=True),
        Transition("finish", "办结", (A.REPLIED,), A.DONE, always, derived=True),
    ],
)  # fmt: skip

REPLIES = Workflow(
    R,
    [
        Transition("to_check", "送核稿", (R.DRAFT, R.SENT_BACK), R.CHECKING, can_draft_reply, done="已送核稿。"),
        Transition("check", "核稿通过", (R.CHECKING,), R.SIGNING, can_check_reply, has_form=True,
                   done="核稿通过，请负责同志签发。"),
        Transition("back_to_draft", "退回修改", (R.CHECKING, R.SIGNING), R.DRAFT, can_check_reply, needs_reason=True,
                   reason_label="修改意见", tone="secondary", done="已退回修改。"),
        Transition("sign", "签发并送出", (R.SIGNING,), R.SENT, can_sign_reply, has_form=True,
                   done="已签发并送出。"),
        Transition("deliver", "送提案人", (R.SENT,), R.PASSED, always, derived=True),
        Transition("pass", "审核通过，送提案人", (R.SENT,), R.PASSED, can_supervise_reply,
                   done="审核通过，已送达提案人。"),
        Transition("send_back", "退回重新答复", (R.SENT,), R.SENT_BACK, can_supervise_reply, needs_reason=True,
                   reason_label="退回理由", tone="secondary", done="已退回承办单位重新答复。"),
    ],
)  # fmt: skip
