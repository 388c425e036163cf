"""What becomes of a finding: noted, sent up, instructed, followed up, settled (跟踪问效, domain.md b and h5 T08)."""

from __future__ import annotations

from activities.enums import FindingState
from activities.permissions.followup import can_work
from core.workflow import Transition, Workflow

S = FindingState
#: From here it can be handed to somebody who settles it by a day. Small offices do that without sending it up first.
BEFORE_WORK = (S.NOTED, S.SENT_UP, S.INSTRUCTED)
TRIED = (S.PARTLY, S.NOT_DONE)

FLOW = Workflow(
    FindingState,
    [
        Transition("send_up", "报送", (S.NOTED,), S.SENT_UP, can_work, has_form=True, done="已登记报送。"),
        Transition("instruct", "登记批示", (S.NOTED, S.SENT_UP), S.INSTRUCTED, can_work, has_form=True,
                   tone="secondary", done="批示已登记。"),
        Transition("hand_over", "交办", (*BEFORE_WORK, *TRIED), S.FOLLOWING, can_work, has_form=True,
                   tone="secondary", done="已交办，到期前会在待办中提醒。"),
        Transition("implement", "已落实", (S.FOLLOWING,), S.IMPLEMENTED, can_work, has_form=True, tone="success",
                   done="已登记为落实。"),
        Transition("partly", "部分落实", (S.FOLLOWING,), S.PARTLY, can_work, needs_reason=True,
                   reason_label="落实了什么，还差什么", tone="secondary", done="已登记为部分落实。"),
        Transition("fail", "未落实", (S.FOLLOWING,), S.NOT_DONE, can_work, needs_reason=True,
                   reason_label="没有落实的原因", tone="secondary", done="已登记为未落实。"),
        Transition("close", "结束跟踪", (S.IMPLEMENTED,), S.CLOSED, can_work, tone="secondary", done="已结束跟踪。"),
        Transition("shelve", "不再跟踪", (*BEFORE_WORK, *TRIED), S.CLOSED, can_work, needs_reason=True,
                   tone="quiet", done="已结束跟踪。"),
        Transition("reopen", "重新跟踪", (S.IMPLEMENTED, S.CLOSED), S.NOTED, can_work, needs_reason=True,
                   tone="secondary", done="已重新打开，请再报送或交办。"),
    ],
)  # fmt: skip
