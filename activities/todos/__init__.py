"""What waits for staff and members of an activity."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities import evidence
from activities.enums import OPEN, ActivityState, AttendanceState, LeaveState, Reply
from activities.models import Activity, ActivityNotice, ActivityQuerySet, Attendance, LeaveRequest, ReportDuty
from notices.todos import Todo
from organisation.selectors import grants


def overdue() -> Q:
    """The time has passed and nobody has registered what became of it."""
    return Q(state=ActivityState.PREPARING, starts_at__lte=timezone.now())


def without_minutes() -> Q:
    return Q(state=ActivityState.HELD, minutes="")


def report_late() -> Q:
    """A report it owes was not sent in time and still is not."""
    return Q(Exists(ReportDuty.objects.filter(ReportDuty.overdue(), activity=OuterRef("pk"))))


#: Value of the list's filter "waiting" → what it selects.
WAITING = {"overdue": overdue, "minutes": without_minutes, "evidence": evidence.incomplete, "report": report_late}


def waiting(user: Any) -> list[Todo]:
    held = grants(user)
    found = for_staff(held.where(Can.EDIT_ACTIVITIES)) if held.holds(Can.EDIT_ACTIVITIES) else []
    return found + (for_member(user) if "member" in held.roles else [])


def for_staff(offices: frozenset[int]) -> list[Todo]:
    rows = Activity.objects.filter(office_id__in=offices)
    late, bare = rows.filter(overdue()), rows.filter(without_minutes())
    return [
        Todo("活动已过时间，待登记", late, list_url(offices, "overdue"), "calendar-x", urgent=True),
        Todo("已开展的活动，缺活动记录", bare, list_url(offices, "minutes"), "journal-text"),
    ]


def list_url(offices: frozenset[int], kind: str) -> str:
    query = {"office": ",".join(str(pk) for pk in sorted(offices)), "waiting": kind}
    return f"{reverse('activity_list')}?{urlencode(query)}"


def unanswered() -> Q:
    """Lines of the list whose member still has to say something; a sign-up that is closed asks nothing any more."""
    open_still = Q(activity__sign_up_until__isnull=True) | Q(activity__sign_up_until__gte=timezone.now())
    asked = open_still | Q(asked_again_at__isnull=False)
    return asked & Q(reply=Reply.NONE, state=AttendanceState.INVITED)


def open_to_sign_up() -> Q:
    """Activities to come for which any member may still sign up."""
    now = timezone.now()
    in_time = Q(sign_up_until__isnull=True) | Q(sign_up_until__gte=now)
    return in_time & Q(open_to_all=True, state=ActivityState.PREPARING, starts_at__gt=now)


def unread() -> Q:
    """A notice came out that the member has not opened, and it was not turned down."""
    published = Exists(ActivityNotice.objects.filter(activity=OuterRef("activity_id")))
    return Q(published, read_at__isnull=True, state=AttendanceState.INVITED) & ~Q(reply=Reply.DECLINED)


#: Value of the list's filter "mine" → the member's own lines it selects.
OWN = {"unanswered": unanswered, "unread": unread}


def for_member(user: Any) -> list[Todo]:
    rows = Attendance.objects.filter(member__user_id=user.pk, activity__in=upcoming())
    here = reverse("activity_list")
    return [
        Todo("待答复的活动邀请", rows.filter(unanswered()), f"{here}?mine=unanswered", "calendar-check", urgent=True),
        Todo("未读的活动通知", rows.filter(unread()), f"{here}?mine=unread", "envelope"),
    ]


def leave_asked(offices: frozenset[int]) -> QuerySet[LeaveRequest]:
    """Requests that staff of these offices decides about."""
    joint = Activity.partner_offices.through.objects.filter(office_id__in=offices).values("activity_id")
    ours = Q(activity__office_id__in=offices) | Q(activity_id__in=joint, member__office_id__in=offices)
    return LeaveRequest.objects.filter(ours, state=LeaveState.ASKED, activity__state__in=OPEN)


def upcoming() -> ActivityQuerySet:
    return Activity.objects.filter(state=ActivityState.PREPARING, starts_at__gt=timezone.now())
