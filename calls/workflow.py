"""The transition tables of a call and of what is submitted to it."""

from __future__ import annotations

from calls.enums import CallState as Call
from calls.enums import EntryState as Entry
from calls.permissions import can_award, can_manage, can_open, can_publish, can_screen, can_submit, can_withdraw
from core.workflow import Transition, Workflow

CALLS = Workflow(
    Call,
    [
        Transition("open", "发出征集", (Call.DRAFT,), Call.OPEN, can_open, done="征集已发出，委员已收到通知。"),
        Transition("extend", "改截止时间", (Call.OPEN, Call.JUDGING), Call.OPEN, can_manage, has_form=True,
                   tone="secondary", done="截止时间已更改。"),
        Transition("judge", "截稿，转入评审", (Call.OPEN,), Call.JUDGING, can_award, done="已截稿，可以评审了。"),
        Transition("publish", "公布结果", (Call.JUDGING,), Call.PUBLISHED, can_publish, has_form=True,
                   done="结果已公布，作者已收到通知。"),
        Transition("correct", "撤回更正", (Call.PUBLISHED,), Call.JUDGING, can_manage, needs_reason=True,
                   reason_label="更正的原因", tone="secondary", done="结果已撤回，改好后重新公布。"),
        Transition("close", "归档", (Call.PUBLISHED,), Call.CLOSED, can_manage, tone="secondary", done="已归档。"),
    ],
)  # fmt: skip

ENTRIES = Workflow(
    Entry,
    [
        Transition("submit", "提交", (Entry.DRAFT, Entry.RETURNED), Entry.SUBMITTED, can_submit),
        Transition("withdraw", "撤回修改", (Entry.SUBMITTED,), Entry.DRAFT, can_withdraw, tone="secondary",
                   done="已撤回，改好后请在截止以前重新提交。"),
        Transition("return", "退回修改", (Entry.SUBMITTED,), Entry.RETURNED, can_screen, needs_reason=True,
                   reason_label="要怎样修改", tone="secondary", done="已退回，作者已收到通知。"),
        Transition("accept", "采用", (Entry.SUBMITTED,), Entry.ACCEPTED, can_screen, done="已采用。"),
        Transition("reject", "不采用", (Entry.SUBMITTED,), Entry.REJECTED, can_screen, needs_reason=True,
                   reason_label="不采用的理由", has_form=True, tone="secondary", done="已登记为未采用。"),
        Transition("reconsider", "重新考虑", (Entry.ACCEPTED, Entry.REJECTED), Entry.SUBMITTED, can_screen,
                   tone="secondary", done="已恢复为“已提交”，可以重新决定。"),
    ],
)  # fmt: skip
