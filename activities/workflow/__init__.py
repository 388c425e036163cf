"""What an activity can become: prepared, held, summarised, or cancelled (domain.md h3); and a request for leave."""

from __future__ import annotations

from activities import permissions
from activities.enums import ActivityState, LeaveState
from core.workflow import Transition, Workflow

S = ActivityState

FLOW = Workflow(
    ActivityState,
    [
        Transition("hold", "登记为已开展", (S.PREPARING,), S.HELD, permissions.can_hold, done="已登记为已开展。"),
        Transition("summarise", "完成总结", (S.HELD,), S.SUMMARISED, permissions.can_summarise, done="活动已总结。"),
        Transition("reopen", "重新打开", (S.SUMMARISED,), S.HELD, permissions.can_manage,
                   needs_reason=True, tone="secondary", done="已重新打开，可以修改记录。"),
        Transition("revert", "退回筹备", (S.HELD,), S.PREPARING, permissions.can_manage,
                   needs_reason=True, tone="secondary", done="已退回筹备。"),
        Transition("cancel", "取消活动", (S.PREPARING,), S.CANCELLED, permissions.can_manage,
                   needs_reason=True, reason_label="取消原因", tone="danger", done="活动已取消，已通知参加人员。"),
        Transition("restore", "恢复活动", (S.CANCELLED,), S.PREPARING, permissions.can_manage,
                   needs_reason=True, tone="secondary", done="活动已恢复，已通知参加人员。"),
    ],
)  # fmt: skip

L = LeaveState

LEAVE = Workflow(
    LeaveState,
    [
        Transition("grant", "准假", (L.ASKED,), L.GRANTED, permissions.can_grant, done="已准假，已通知委员。"),
        Transition("refuse", "不准假", (L.ASKED,), L.REFUSED, permissions.can_refuse, needs_reason=True,
                   tone="secondary", done="已答复不准假，已通知委员。"),
        Transition("withdraw", "撤回请假，我能参加", (L.ASKED, L.GRANTED), L.WITHDRAWN, permissions.can_take_back,
                   tone="secondary", done="已撤回请假，登记为参加。"),
    ],
)  # fmt: skip
