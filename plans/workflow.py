"""What a plan can become, and by whom."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from plans import permissions
from plans.enums import EDITABLE, ItemState, PlanState

FLOW = Workflow(
    PlanState,
    [
        Transition(
            "submit", "提交审批", tuple(EDITABLE), PlanState.SUBMITTED, permissions.can_submit,
            done="已提交，等待负责人审批。批准以后即可执行。",
        ),
        Transition(
            "approve", "批准执行", (PlanState.SUBMITTED,), PlanState.APPROVED, permissions.can_approve,
            tone="success", done="计划已批准，开始执行。",
        ),
        Transition(
            "return", "退回修改", (PlanState.SUBMITTED,), PlanState.RETURNED, permissions.can_decide,
            needs_reason=True, reason_label="退回的理由", tone="secondary", done="已退回修改，起草人会收到通知。",
        ),
        Transition(
            "withdraw", "撤回修改", (PlanState.SUBMITTED,), PlanState.DRAFT, permissions.can_work_on,
            tone="secondary", done="已撤回，可以继续修改。",
        ),
    ],
)  # fmt: skip

#: What approving an amendment does to the version before it. Nobody presses a button for it, so it is not in FLOW.
SUCCESSION = Workflow(
    PlanState,
    [Transition("supersede", "被新版替代", (PlanState.APPROVED,), PlanState.SUPERSEDED, permissions.can_decide)],
)

#: What can be decided about one item of the plan in force (`plans.models.Adjustment`).
ITEM_FLOW = Workflow(
    ItemState,
    [
        Transition(
            "move", "调整时间", (ItemState.PLANNED, ItemState.MOVED), ItemState.MOVED, permissions.can_adjust,
            needs_reason=True, reason_label="调整的理由", done="已调整时间，原计划时间仍会显示。", has_form=True,
        ),
        Transition(
            "merge", "并入另一项", (ItemState.PLANNED, ItemState.MOVED), ItemState.MERGED, permissions.can_adjust,
            needs_reason=True, reason_label="合并的理由", tone="secondary", done="已并入另一项安排。", has_form=True,
        ),
        Transition(
            "cancel", "取消安排", (ItemState.PLANNED, ItemState.MOVED), ItemState.CANCELLED, permissions.can_adjust,
            needs_reason=True, reason_label="取消的理由", tone="danger", done="已取消这项安排。", has_form=True,
        ),
        Transition(
            "restore", "恢复原计划", (ItemState.MOVED, ItemState.MERGED, ItemState.CANCELLED), ItemState.PLANNED,
            permissions.can_adjust, needs_reason=True, reason_label="恢复的理由", tone="secondary",
            done="已恢复为原计划。", has_form=True,
        ),
    ],
)  # fmt: skip

#: What approving an amendment does to decisions it overtakes.
SETTLEMENT = Workflow(
    ItemState,
    [
        Transition(
            "settle", "随修订版重新安排", (ItemState.MOVED, ItemState.MERGED, ItemState.CANCELLED),
            ItemState.PLANNED, permissions.can_settle, needs_reason=True,
        )
    ],
)  # fmt: skip
