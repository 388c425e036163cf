"""Who may do what with an activity, and what is missing when not yet."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from activities import reach
from activities.enums import BEFOREHAND, ActivityState
from activities.models import Activity, LeaveRequest
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.selectors import can, grants

#: 四落实 (domain.md H04): what must be settled before an activity counts as held.
SETTLED = (("starts_at", "时间"), ("place", "地点"), ("content", "内容"), ("responsible", "责任人"))


def can_create(user: Any) -> Permission:
    return can(user, Can.EDIT_ACTIVITIES)


def can_manage(user: Any, activity: Activity) -> Permission:
    """Staff of the activity's own office, whatever its state."""
    return can(user, Can.EDIT_ACTIVITIES, activity.office_id)


def can_edit(user: Any, activity: Activity) -> Permission:
    """Its data, participants, attendance, minutes and photos, as long as it is open."""
    return first_denial(can_manage(user, activity), is_open(activity))


def is_open(activity: Activity) -> Permission:
    if activity.state == ActivityState.SUMMARISED:
        return denied("活动已总结，不能再修改。如需更正，请先“重新打开”并写明理由。")
    if activity.state == ActivityState.CANCELLED:
        return denied("活动已取消，不能再修改。如需继续，请先“恢复活动”。")
    return ALLOWED


def can_hold(user: Any, activity: Activity) -> Permission:
    return first_denial(can_manage(user, activity), is_settled(activity), has_begun(activity))


def is_settled(activity: Activity) -> Permission:
    """时间、地点、内容、责任人 are all filled in."""
    missing = unsettled(activity)
    if missing:
        return denied(f"还没有填写{'、'.join(missing)}，请先补充，再登记为已开展。")
    return ALLOWED


def unsettled(activity: Activity) -> list[str]:
    """Names of those of the four that are still empty; what is only written down (心得体会) has no place."""
    asked = [(name, label) for name, label in SETTLED if name != "place" or not activity.type.is_record]
    return [label for name, label in asked if not getattr(activity, name)]


def has_begun(activity: Activity) -> Permission:
    return ALLOWED if activity.has_begun else denied("活动时间还没有到，开始之后才能登记为已开展。")


def can_summarise(user: Any, activity: Activity) -> Permission:
    return first_denial(can_manage(user, activity), has_minutes(activity))


def has_minutes(activity: Activity) -> Permission:
    return ALLOWED if activity.minutes.strip() else denied("还没有活动记录，请先填写“活动记录”。")


def sees_people(user: Any, activity: Activity) -> Permission:
    """Names and attendance of those invited: for offices that look into the activity, not for other members."""
    seen = grants(user).where(Can.VIEW_ACTIVITIES)
    if activity.office_id in seen or (seen and seen & {office.pk for office in reach.holders(activity)}):
        return ALLOWED
    return denied("参加人员名单由办公室掌握。")


def can_invite(user: Any, activity: Activity) -> Permission:
    """The list of those invited and their attendance: staff of every office that holds the activity, as long as it is
    open. Each reaches its own members only (reach.reach)."""
    here = can_manage(user, activity)
    partner = not here and bool(reach.working_offices(user, activity))
    return first_denial(ALLOWED if partner else here, is_open(activity))


def can_print_sheet(user: Any, activity: Activity) -> Permission:
    """The attendance sheet, whatever the activity's state: staff of every office that holds it."""
    return ALLOWED if reach.working_offices(user, activity) else can_manage(user, activity)


# --- leave -------------------------------------------------------------------------------------------------------
def can_ask_leave(user: Any, activity: Activity) -> Permission:
    """Only who is on the list; what else may be in the way is said when the form is sent."""
    if "member" in grants(user).roles and activity.attendances.filter(member__user_id=user.pk).exists():
        return ALLOWED
    return denied("只有被邀请参加这次活动的委员可以申请请假。")


def can_grant(user: Any, leave: LeaveRequest) -> Permission:
    """Who may refuse, until the member is registered as having come or not."""
    return first_denial(can_refuse(user, leave), is_undecided(leave))


def can_refuse(user: Any, leave: LeaveRequest) -> Permission:
    """Staff who work on the list and reach the member; also afterwards, so that no request stays open for ever."""
    return first_denial(can_invite(user, leave.activity), reaches(user, leave))


def reaches(user: Any, leave: LeaveRequest) -> Permission:
    if leave.activity.office_id in grants(user).where(Can.EDIT_ACTIVITIES):
        return ALLOWED
    if leave.member.office_id in reach.reach(user, leave.activity):
        return ALLOWED
    return denied("这位委员的请假由其所在的办公室审批。")


def is_undecided(leave: LeaveRequest) -> Permission:
    row = leave.activity.attendances.filter(member_id=leave.member_id).first()
    if row is None:
        return denied("这位委员已不在参加名单中。")
    if row.state not in BEFOREHAND:
        return denied(f"这位委员已登记为“{row.get_state_display()}”，不用再审批请假。")
    return ALLOWED


def can_take_back(user: Any, leave: LeaveRequest) -> Permission:
    """The member, while the activity is still to come."""
    if leave.member.user_id != user.pk:
        return denied("只有申请人本人可以撤回请假。")
    return reach.still_to_come(leave.activity)
