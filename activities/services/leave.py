"""Requests for leave: asked by the member, decided by staff, taken back when the member can come after all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from activities import reach
from activities.enums import AttendanceState, Joining, LeaveState, Reply
from activities.models import Activity, Attendance, LeaveRequest
from activities.rules import LEAVE_HOURS, LEAVES_PER_YEAR
from activities.services.replies import own_row, put, queue, require
from activities.services.telling import shortened, when_and_where
from activities.workflow import LEAVE
from audit.services import record
from core.clock import Span
from core.errors import DomainError
from members.models import Member
from notices.services import tell
from organisation.selectors import rule

#: What uses up the year's number.
USED = (LeaveState.ASKED, LeaveState.GRANTED)


def ask_leave(*, by: Any, activity: Activity, reason: str) -> LeaveRequest:
    """Raises DomainError: not invited, too late, too often, asked already, or signed up by free will."""
    with queue(activity) as locked:
        row = own_row(locked, by)
        check(locked, row, reason)
        leave = LeaveRequest.objects.create(
            activity=locked, member=row.member, reason=reason.strip(), state=LeaveState.ASKED
        )
        put(row, Reply.LEAVE_ASKED)
        record("leaverequest.ask", leave, by=by, detail={"activity": locked.pk, "member": row.member_id})
        text = f"{row.member.name}申请请假：“{shortened(locked.title)}”，请审批"
        tell(reach.staff_of(locked, row.member), text, url=leave.get_absolute_url())
    return leave


def check(activity: Activity, row: Attendance | None, reason: str) -> None:
    require(reach.still_to_come(activity))
    if row is None:
        raise DomainError("您不在这次活动的参加名单中，不用请假。")
    if activity.joining == Joining.SIGN_UP:
        raise DomainError("报名参加的活动不用请假，取消报名即可。")
    if row.reply == Reply.LEAVE_ASKED or row.state == AttendanceState.LEAVE:
        raise DomainError("您已经请假，不用重复申请。")
    if not reason.strip():
        raise DomainError("请填写请假事由。", field="reason")
    if timezone.now() > deadline(activity):
        raise DomainError(f"请假应在活动开始前 {hours_before(activity)} 小时提出，现在请直接联系办公室。")
    limit = rule(LEAVES_PER_YEAR, activity.office)
    if limit and used(row.member, activity) >= limit:
        raise DomainError(f"您今年的请假已满 {limit} 次，不能再申请。如有特殊情况，请联系办公室。")


def hours_before(activity: Activity) -> int:
    return int(rule(LEAVE_HOURS, activity.office))


def deadline(activity: Activity) -> Any:
    return activity.starts_at - timedelta(hours=hours_before(activity))


def used(member: Member, activity: Activity) -> int:
    """Requests of the member for activities of the same calendar year that count."""
    year = timezone.localtime(activity.starts_at).year
    first, end = Span.year(year).moments
    asked = LeaveRequest.objects.filter(member=member, state__in=USED)
    return asked.filter(activity__starts_at__gte=first, activity__starts_at__lt=end).count()


def decide(*, by: Any, leave: LeaveRequest, action: str, reason: str = "") -> str:
    """One transition with what it means for the list; the sentence to show. Raises StateChanged, Denied."""
    with queue(leave.activity) as activity, LEAVE.step(leave, action, by=by, reason=reason) as locked:
        locked.activity = activity
        locked.decided_at = timezone.now()
        row = activity.attendances.filter(member_id=locked.member_id).select_related("member__user").first()
        if row is not None:
            EFFECTS[action](row, locked, by)
        tell_outcome(activity, locked, action, reason)
    return LEAVE.transitions[action].done


def grant(row: Attendance, leave: LeaveRequest, by: Any) -> None:
    """The sheet says so from now on; should staff clear it there, the member is asked anew."""
    row.state, row.reason, row.reply = AttendanceState.LEAVE, leave.reason, Reply.NONE
    row.recorded_at, row.recorded_by = timezone.now(), by
    row.save(update_fields=["state", "reason", "reply", "recorded_at", "recorded_by"])


def refuse(row: Attendance, leave: LeaveRequest, by: Any) -> None:
    if row.reply == Reply.LEAVE_ASKED:
        put(row, Reply.NONE)


def take_back(row: Attendance, leave: LeaveRequest, by: Any) -> None:
    if row.state == AttendanceState.LEAVE:
        row.state, row.reason = AttendanceState.INVITED, ""
        row.recorded_at, row.recorded_by = timezone.now(), by
        row.save(update_fields=["state", "reason", "recorded_at", "recorded_by"])
    put(row, Reply.ACCEPTED)


EFFECTS = {"grant": grant, "refuse": refuse, "withdraw": take_back}


def tell_outcome(activity: Activity, leave: LeaveRequest, action: str, reason: str) -> None:
    title = shortened(activity.title)
    if action == "withdraw":
        text = f"{leave.member.name}撤回了请假，将参加“{title}”"
        tell(reach.staff_of(activity, leave.member), text, url=leave.get_absolute_url())
        return
    said = (
        f"已准假：“{title}”"
        if action == "grant"
        else f"未准假：“{title}”（{when_and_where(activity)}），请按时参加。理由：{reason}"
    )
    tell([leave.member.user], said, url=leave.get_absolute_url())
