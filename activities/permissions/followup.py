"""Who keeps the records of an activity: photos and materials, findings, report duties, scores, supervised projects.

补充材料 (supplementing): a summarised activity takes further photos and materials without being reopened, because
they often arrive later from phones and from other offices. Whoever may edit the activity while it is open may do
that; the audit trail marks it, and minutes, attendance and figures stay locked.
"""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from activities import permissions
from activities.enums import FINDING_OPEN, ActivityState, FindingState
from activities.models import Activity, ActivityType, Finding, Instruction, SupervisedProject
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.models import Office
from organisation.permissions import can_change_shipped
from organisation.selectors import can, grants


def can_supplement(user: Any, activity: Activity) -> Permission:
    """Photos, materials, findings and report duties, after the summary too."""
    return first_denial(permissions.can_manage(user, activity), is_not_cancelled(activity))


def is_not_cancelled(activity: Activity) -> Permission:
    if activity.state == ActivityState.CANCELLED:
        return denied("活动已取消，不能再补充。如需继续，请先“恢复活动”。")
    return ALLOWED


def can_score(user: Any, activity: Activity) -> Permission:
    """Counting the sheets: once the activity has begun."""
    return first_denial(can_supplement(user, activity), permissions.has_begun(activity))


# --- findings ----------------------------------------------------------------------------------------------------
def can_work(user: Any, finding: Finding) -> Permission:
    """Staff of the office that keeps the activity, long after it is summarised."""
    return permissions.can_manage(user, finding.activity)


def can_reword(user: Any, finding: Finding) -> Permission:
    """What was found may be corrected until it has been sent up or handed over."""
    if finding.state != FindingState.NOTED:
        return first_denial(can_work(user, finding), denied("已报送或交办，原文不能再修改。"))
    return can_work(user, finding)


def can_instruct(user: Any, finding: Finding) -> Permission:
    """A further instruction is recorded whenever it comes."""
    if finding.state in {FindingState.NOTED, FindingState.SENT_UP}:
        return first_denial(can_work(user, finding), denied("请用“登记批示”。"))
    return can_work(user, finding)


def can_follow(user: Any, finding: Finding) -> Permission:
    open_now = ALLOWED if finding.state in FINDING_OPEN else denied("还没有交办，或者已经办结，不能再写进展。")
    return first_denial(can_work(user, finding), open_now)


def sees_instruction(user: Any, instruction: Instruction) -> Permission:
    """限阅: the office that keeps it and leaders; others learn only that there is one."""
    if not instruction.restricted or "leader" in grants(user).roles:
        return ALLOWED
    if permissions.can_manage(user, instruction.finding.activity):
        return ALLOWED
    return denied("这条批示限阅，由承办活动的办公室掌握。")


# --- the rest ----------------------------------------------------------------------------------------------------
def can_keep_project(user: Any, office: Office | int | None = None) -> Permission:
    return can(user, Can.EDIT_ACTIVITIES, office)


def can_manage_project(user: Any, project: SupervisedProject) -> Permission:
    return can_keep_project(user, project.office_id)


def can_set_types(user: Any, kind: ActivityType | None = None) -> Permission:
    """Types of activities are shared by all offices, so the committee's office keeps them."""
    return first_denial(can(user, Can.MANAGE_OFFICE), can_change_shipped(user))
