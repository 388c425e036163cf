"""Who may do what to a plan. Each answer is allowed, or denied with a sentence for the page."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.models import Office
from organisation.selectors import can, grants
from plans.enums import EDITABLE, PlanState
from plans.models import Adjustment, AnnualPlan

LOCKED = {
    PlanState.SUBMITTED: "计划正在等待审批，不能修改。如需修改，请先撤回。",
    PlanState.APPROVED: "计划已经批准执行，不能直接修改。如需调整，请点“修订计划”，另做一个新版本报批。",
    PlanState.SUPERSEDED: "这是旧版本，已被新版替代，不能修改。",
}


def can_create(user: Any, office: Office | None = None) -> Permission:
    """Staff and heads, for their own office."""
    return can(user, Can.EDIT_PLANS, office)


def can_work_on(user: Any, plan: AnnualPlan) -> Permission:
    """Whether the plan belongs to an office the user works in, whatever its state."""
    return can(user, Can.EDIT_PLANS, plan.office_id)


def can_edit(user: Any, plan: AnnualPlan) -> Permission:
    """Own office, and while it is drafted or returned."""
    unlocked = ALLOWED if plan.state in EDITABLE else denied(LOCKED[PlanState(plan.state)])
    return first_denial(can_work_on(user, plan), unlocked)


def can_submit(user: Any, plan: AnnualPlan) -> Permission:
    """Own office, and there is something to approve."""
    return first_denial(can_work_on(user, plan), has_content(plan))


def can_decide(user: Any, plan: AnnualPlan) -> Permission:
    """Heads of the plan's office or of an office above it."""
    if can(user, Can.APPROVE_PLANS, plan.office_id):
        return ALLOWED
    return denied("年度计划由本办公室或上级办公室的负责人审批。")


def can_approve(user: Any, plan: AnnualPlan) -> Permission:
    """Who may decide, and there is something to approve."""
    return first_denial(can_decide(user, plan), has_content(plan))


def can_amend(user: Any, plan: AnnualPlan) -> Permission:
    """Own office, only the version in force, and only one amendment at a time."""
    if plan.state != PlanState.APPROVED:
        return denied("只有执行中的计划才需要修订。")
    if AnnualPlan.objects.filter(amends_id=plan.pk).exists():
        return denied("这份计划已经有一个修订版正在起草或审批，请在修订版上继续修改。")
    return can_work_on(user, plan)


def can_adjust(user: Any, adjustment: Adjustment) -> Permission:
    """Moving, merging, cancelling items of the plan in force: those who draft the office's plans."""
    return can(user, Can.EDIT_PLANS, adjustment.office_id)


def can_settle(user: Any, adjustment: Adjustment) -> Permission:
    """Who may approve the amendment that overtakes the decision."""
    return can(user, Can.APPROVE_PLANS, adjustment.office_id)


def has_content(plan: AnnualPlan) -> Permission:
    if plan.targets.exists() or plan.items.exists():
        return ALLOWED
    return denied("计划里还没有目标，也没有月度安排。请至少填写一项后再提交。")


def sees_work(user: Any, plan: AnnualPlan) -> bool:
    """Whether the records behind the figures are open to the user; members see the figures only."""
    return plan.office_id in grants(user).where(Can.VIEW_PLANS)


def sees_the_year(user: Any) -> bool:
    """Who has the page of all offices' plans; members see the plan of their own office."""
    return grants(user).holds(Can.VIEW_PLANS)


def opens_plans(user: Any) -> bool:
    """Who has the list of plans in the menu."""
    held = grants(user)
    return held.holds(Can.VIEW_PLANS) or "member" in held.roles
