"""Answers to an invitation: coming or not, signing up for places, the waiting list, being asked again.

Everything that gives or frees a place holds the activity's row lock, so places are counted by one at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from activities import permissions, reach
from activities.enums import ActivityState, AttendanceState, Joining, Reply
from activities.models import Activity, Attendance
from activities.services.telling import shortened, tell_rows, when_and_where
from audit.services import record
from core.errors import Denied, DomainError


@contextmanager
def queue(activity: Activity) -> Iterator[Activity]:
    """The activity's row, locked."""
    with transaction.atomic():
        yield Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def require(answer: Any) -> None:
    """A rule about time or places: a sentence on the page, no matter of rights."""
    if not answer:
        raise DomainError(answer.reason)


# --- the member's own answers ------------------------------------------------------------------------------------
def accept(*, by: Any, activity: Activity) -> str:
    """“我参加”, or signing up; the sentence to show. Raises Denied: not invited, DomainError: too late, on leave."""
    with queue(activity) as locked:
        require(reach.still_to_come(locked))
        row = own_row(locked, by) or joined(locked, by)
        refuse_on_leave(row)
        if row.reply in {Reply.ACCEPTED, Reply.WAITING}:
            return sentence(row)
        give(locked, row)
        record("activity.reply", locked, by=by, detail={"member": row.member_id, "reply": row.reply})
    return sentence(row)


def decline(*, by: Any, activity: Activity) -> str:
    """Taking back a sign-up, or saying no to an invitation to sign up; the first who waits moves up."""
    with queue(activity) as locked:
        require(reach.still_to_come(locked))
        row = own_row(locked, by)
        if row is None:
            raise Denied("您不在这次活动的名单中，不用答复。")
        if locked.joining == Joining.MUST_ATTEND:
            raise DomainError("这次活动必须参加。如有特殊情况，请申请请假。")
        refuse_on_leave(row)
        had_signed_up = row.reply in {Reply.ACCEPTED, Reply.WAITING} or keeps_place(row)
        put(row, Reply.DECLINED)
        record("activity.reply", locked, by=by, detail={"member": row.member_id, "reply": row.reply})
        settle(locked)
    return "已取消报名。" if had_signed_up else "已登记为不参加。"


def own_row(activity: Activity, user: Any) -> Attendance | None:
    return activity.attendances.select_related("member").filter(member__user_id=user.pk).first()


def joined(activity: Activity, user: Any) -> Attendance:
    """A new line of the list for a member who signs up without an invitation."""
    member = reach.own_member(user, activity)
    if member is None:
        raise Denied("您不在这次活动的邀请名单中。如想参加，请联系办公室。")
    return Attendance(activity=activity, member=member, read_at=timezone.now())


def refuse_on_leave(row: Attendance) -> None:
    if row.reply == Reply.LEAVE_ASKED or row.state == AttendanceState.LEAVE:
        raise DomainError("您已经请假。如能参加，请先撤回请假。")


def give(activity: Activity, row: Attendance) -> None:
    """A place, or one on the waiting list; who was asked again still has the old place."""
    if activity.joining == Joining.SIGN_UP and not keeps_place(row):
        require(reach.sign_up_open(activity))
        put(row, Reply.WAITING if reach.free(activity) == 0 else Reply.ACCEPTED)
    else:
        put(row, Reply.ACCEPTED)


def keeps_place(row: Attendance) -> bool:
    return row.reply == Reply.NONE and row.asked_again_at is not None


def put(row: Attendance, reply: Reply) -> None:
    row.reply, row.answered_at = reply, timezone.now()
    if reply in {Reply.DECLINED, Reply.WAITING}:  # the place that was kept for a confirmation is given up
        row.asked_again_at = None
    if row.pk is None:
        row.save()
    else:
        row.save(update_fields=["reply", "answered_at", "asked_again_at"])


def sentence(row: Attendance) -> str:
    if row.reply == Reply.WAITING:
        return f"名额已满，您排在第{reach.position(row)}候补。有人退出时按顺序递补，并通知您。"
    return "报名成功。" if row.activity.joining == Joining.SIGN_UP else "已登记为参加。"


# --- the waiting list --------------------------------------------------------------------------------------------
def settle(activity: Activity) -> None:
    """Gives free places to those who wait longest and tells them. The caller holds the activity's lock."""
    if activity.state != ActivityState.PREPARING or activity.has_begun:
        return
    places = reach.free(activity)
    queued = list(reach.waiting(activity).select_related("member__user")[:places])
    if not queued:
        return
    for row in queued:
        row.reply = Reply.ACCEPTED
    Attendance.objects.bulk_update(queued, ["reply"])
    record("activity.moved_up", activity, by=None, detail={"members": [row.member_id for row in queued]})
    text = f"候补成功：您已列入“{shortened(activity.title)}”参加名单，{when_and_where(activity)}"
    tell_rows(activity, queued, text)


# --- asked again -------------------------------------------------------------------------------------------------
def ask_again(activity: Activity) -> None:
    """After a change of time or place: who had accepted confirms once more, everybody else is told.

    A place that was taken stays taken. The caller holds the activity's lock and writes the audit row.
    """
    rows = list(activity.attendances.select_related("member__user"))
    again = [row for row in rows if row.state == AttendanceState.INVITED and (answered(row) or keeps_place(row))]
    if activity.has_begun:  # the record of what took place is put right, nobody decides anew
        again = []
    for row in again:
        row.reply, row.asked_again_at = Reply.NONE, timezone.now()
    Attendance.objects.bulk_update(again, ["reply", "asked_again_at"], batch_size=500)
    told = {row.pk for row in again}
    changed = f"“{shortened(activity.title)}”的时间或地点有变动，现为{when_and_where(activity)}"
    tell_rows(activity, again, f"{changed}，请重新确认是否参加")
    tell_rows(activity, [row for row in rows if row.pk not in told and row.reply != Reply.DECLINED], changed)


def change_joining(activity: Activity) -> None:
    """What was said to a sign-up is no answer to a duty to attend: those who do not come are asked anew."""
    if activity.joining == Joining.MUST_ATTEND:
        activity.attendances.filter(reply__in=(Reply.WAITING, Reply.DECLINED)).update(reply=Reply.NONE)


def answered(row: Attendance) -> bool:
    return row.reply == Reply.ACCEPTED


# --- answers by telephone ----------------------------------------------------------------------------------------
def register_replies(*, by: Any, activity: Activity, attendances: Collection[int], coming: bool) -> int:
    """What members said to the office, for those this user reaches; how many changed. They are told."""
    with queue(activity) as locked:
        permissions.can_invite(by, locked).require()
        require(reach.still_to_come(locked))
        mine = reach.lines(by, locked).filter(pk__in=attendances)
        rows = list(mine.filter(state=AttendanceState.INVITED).select_related("member__user"))
        changed = [row for row in rows if registered(locked, row, coming)]
        if changed:
            members = {str(row.member_id): row.reply for row in changed}
            record("activity.reply", locked, by=by, detail={"members": members})
            told_what_was_registered(locked, changed)
        settle(locked)
    return len(changed)


def registered(activity: Activity, row: Attendance, coming: bool) -> bool:
    """Puts the answer down as the member would; the office may do so after the closing day. Whether it is new."""
    if row.reply == Reply.LEAVE_ASKED or row.reply == (Reply.ACCEPTED if coming else Reply.DECLINED):
        return False
    if not coming:
        put(row, Reply.DECLINED)
    elif activity.joining == Joining.SIGN_UP and not keeps_place(row) and reach.free(activity) == 0:
        if row.reply == Reply.WAITING:
            return False
        put(row, Reply.WAITING)
    else:
        put(row, Reply.ACCEPTED)
    return True


def told_what_was_registered(activity: Activity, rows: Collection[Attendance]) -> None:
    for reply in (Reply.ACCEPTED, Reply.DECLINED, Reply.WAITING):
        these = [row for row in rows if row.reply == reply]
        tell_rows(activity, these, f"办公室已登记您对“{shortened(activity.title)}”的答复：{reply.label}")
