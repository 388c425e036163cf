"""Notices of an activity in versions, who has read them, and reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from activities import permissions, reach
from activities.enums import AttendanceState, Joining, Reply
from activities.models import Activity, ActivityNotice, Attendance, NoticeReceipt
from activities.rules import REMIND_HOURS
from activities.services.basics import open_for
from activities.services.replies import queue, require
from activities.services.telling import shortened, tell_invited, tell_rows, when_and_where
from audit.services import record
from core.errors import Conflict, DomainError
from notices.services import tell
from organisation.selectors import rule


def publish_notice(*, by: Any, activity: Activity, version: int | None, body: str, agenda: str) -> ActivityNotice:
    """A new version of the notice; everybody on the list is told and counts as not having read it.

    `version` is the number the writer started from (0: none yet). Raises Conflict when a colleague published
    meanwhile, Denied, DomainError.
    """
    with open_for(activity, by=by) as locked:
        require(reach.still_to_come(locked))
        newest = locked.notices.select_related("published_by").first()
        refuse_collision(newest, version)
        if newest and (newest.body, newest.agenda) == (body, agenda) and not newest.is_outdated(locked):
            raise DomainError("内容和上一版相同，没有重新发布。")
        number = newest.number + 1 if newest else 1
        notice = ActivityNotice.objects.create(
            activity=locked, number=number, body=body, agenda=agenda, starts_at=locked.starts_at, place=locked.place,
            published_at=timezone.now(), published_by=by,
        )  # fmt: skip
        locked.attendances.update(read_at=None)
        record("activity.notice", locked, by=by, detail={"number": number})
        announce(locked, number)
    return notice


def refuse_collision(newest: ActivityNotice | None, version: int | None) -> None:
    current = newest.number if newest else 0
    if version is not None and version != current and newest:
        raise Conflict(current=newest, version=current, who=newest.published_by.name, when=newest.published_at)


def announce(activity: Activity, number: int) -> None:
    title, when = shortened(activity.title), when_and_where(activity)
    if number > 1:
        tell_invited(activity, f"“{title}”的通知有更新（第{number}版），请重新阅读：{when}")
        return
    tell_invited(activity, f"活动通知：“{title}”，{when}，请阅读并答复")
    if activity.open_to_all and activity.joining == Joining.SIGN_UP:
        others = reach.may_join(activity).exclude(attendances__activity=activity).select_related("user")
        people = [member.user for member in others if member.user_id]
        tell(people, f"可以报名：“{title}”，{when}", url=activity.get_absolute_url())


def note_opened(*, by: Any, activity: Activity) -> None:
    """The member opened the activity's page: noted once for the invitation as it stands and once per notice.

    Nothing happens for anybody who is not on the list, and nothing the second time.
    """
    unread = activity.attendances.filter(member__user_id=by.pk, read_at__isnull=True)
    with transaction.atomic():
        row = unread.select_for_update(of=("self",)).first()
        if row is None:
            return
        now, newest = timezone.now(), activity.notices.first()
        Attendance.objects.filter(pk=row.pk).update(read_at=now)
        if newest is not None:
            NoticeReceipt.objects.get_or_create(notice=newest, member_id=row.member_id, defaults={"read_at": now})


# --- reminders ---------------------------------------------------------------------------------------------------
def not_read() -> Q:
    return Q(read_at__isnull=True) & ~Q(reply=Reply.DECLINED)


def not_answered() -> Q:
    return Q(reply=Reply.NONE)


WHOM = {"unread": not_read, "unanswered": not_answered}
WORDS = {"unread": "请阅读活动通知", "unanswered": "请答复是否参加"}


def remindable(rows: QuerySet[Attendance], whom: str) -> QuerySet[Attendance]:
    """Those of the lines who have not read, or not answered, and are not on leave."""
    return rows.filter(WHOM[whom](), state=AttendanceState.INVITED).select_related("member__user")


def remind(*, by: Any, activity: Activity, whom: str) -> tuple[int, int, int]:
    """(reminded, reminded too recently, without an account). Each member at most once in REMIND_HOURS."""
    with queue(activity) as locked:
        permissions.can_invite(by, locked).require()
        require(reach.still_to_come(locked))
        mine = remindable(reach.lines(by, locked), whom)
        since = timezone.now() - timedelta(hours=int(rule(REMIND_HOURS, locked.office)))
        rows = [row for row in mine if row.member.user_id]
        due = [row for row in rows if row.reminded_at is None or row.reminded_at <= since]
        if due:
            Attendance.objects.filter(pk__in=[row.pk for row in due]).update(reminded_at=timezone.now())
            record("activity.remind", locked, by=by, detail={"whom": whom, "members": [row.member_id for row in due]})
            tell_rows(locked, due, f"提醒：{WORDS[whom]}——“{shortened(locked.title)}”，{when_and_where(locked)}")
    return len(due), len(rows) - len(due), len(mine) - len(rows)
