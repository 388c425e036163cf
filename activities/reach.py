"""Whom an activity reaches: the offices that hold it, their members, its places and who waits for one. Reads only."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.roles import Can
from activities.enums import ActivityState, AttendanceState, Joining, Reply
from activities.models import Activity, Attendance
from core.permissions import ALLOWED, Permission, denied
from members.models import Member
from organisation.models import Office
from organisation.selectors import children_by_parent, descend, grants, users_with


# --- offices -----------------------------------------------------------------------------------------------------
def holders(activity: Activity) -> list[Office]:
    """The office that keeps the record, then those that hold it together with it; read once per object."""
    prefetch_related_objects([activity], "partner_offices")
    return [activity.office, *activity.partner_offices.all()]


def working_offices(user: Any, activity: Activity) -> frozenset[int]:
    """Offices for which the user works on the activity's list: all holders for the first office's own staff, else
    those of the holders the user works in."""
    mine = grants(user).where(Can.EDIT_ACTIVITIES)
    all_of_them = frozenset(office.pk for office in holders(activity))
    return all_of_them if activity.office_id in mine else all_of_them & mine


def reach(user: Any, activity: Activity) -> frozenset[int]:
    """Offices whose members the user may invite, answer for and register: the working ones and those below them."""
    tree = children_by_parent()
    return frozenset().union(*(descend(office, tree) for office in working_offices(user, activity)))


def lines(user: Any, activity: Activity) -> QuerySet[Attendance]:
    """The lines of the list this user works on: all of them for the office that keeps the record, their own members'
    for a partner."""
    rows = activity.attendances.all()
    if activity.office_id in grants(user).where(Can.EDIT_ACTIVITIES):
        return rows
    return rows.filter(member__office_id__in=reach(user, activity))


def staff_of(activity: Activity, member: Member) -> list[Any]:
    """Who is told of what the member answers: staff of the activity's office, and of the member's own when it is a
    partner."""
    offices = [office for office in holders(activity) if office.pk in {activity.office_id, member.office_id}]
    return [user for office in offices for user in users_with(Can.EDIT_ACTIVITIES, office)]


# --- people ------------------------------------------------------------------------------------------------------
def candidates(user: Any, activity: Activity) -> QuerySet[Member]:
    """Serving members this user can still invite."""
    invited = activity.attendances.values("member_id")
    rows = Member.objects.serving().filter(office_id__in=reach(user, activity)).exclude(pk__in=invited)
    return rows.select_related("office", "group", "user")


def may_join(activity: Activity) -> QuerySet[Member]:
    """Everybody an activity open to all is for: serving members of the holders and of the offices below them."""
    tree = children_by_parent()
    offices = set().union(*(descend(office.pk, tree) for office in holders(activity)))
    return Member.objects.serving().filter(office_id__in=offices)


def own_member(user: Any, activity: Activity) -> Member | None:
    """The user's own record, if the user may sign up without having been invited."""
    if not activity.open_to_all or activity.joining != Joining.SIGN_UP:
        return None
    return may_join(activity).filter(user_id=user.pk).first()


# --- places ------------------------------------------------------------------------------------------------------
def has_place() -> Q:
    """Those who take a place: accepted, or asked to confirm again; not those on leave."""
    kept = Q(reply=Reply.ACCEPTED) | Q(reply=Reply.NONE, asked_again_at__isnull=False)
    return kept & ~Q(state=AttendanceState.LEAVE)


def taken(activity: Activity) -> int:
    return activity.attendances.filter(has_place()).count()


def free(activity: Activity) -> int | None:
    """Places left, never below 0; None without a limit."""
    return None if activity.capacity is None else max(0, activity.capacity - taken(activity))


def waiting(activity: Activity) -> QuerySet[Attendance]:
    """The waiting list in the order of signing up."""
    return activity.attendances.filter(reply=Reply.WAITING).order_by("answered_at", "pk")


def position(row: Attendance) -> int:
    """1 for the first of the waiting list."""
    earlier = Q(answered_at__lt=row.answered_at) | Q(answered_at=row.answered_at, pk__lt=row.pk)
    return waiting(row.activity).filter(earlier).count() + 1


# --- time --------------------------------------------------------------------------------------------------------
def still_to_come(activity: Activity) -> Permission:
    """Answers make sense only before the activity."""
    if activity.state == ActivityState.CANCELLED:
        return denied("活动已取消，不用再答复。")
    if activity.state != ActivityState.PREPARING or activity.has_begun:
        return denied("活动已经开始或结束，不能再答复。如有变化请联系办公室。")
    return ALLOWED


def sign_up_open(activity: Activity) -> Permission:
    """By the server's clock."""
    if activity.sign_up_until and activity.sign_up_until < timezone.now():
        return denied("报名已经截止。如需参加，请联系办公室。")
    return ALLOWED
