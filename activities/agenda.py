"""What stands in whose calendar: of a person, of an office, of a month. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from activities.enums import ActivityState, AttendanceState, Reply
from activities.ics import Entry
from activities.models import Activity, Attendance, FeedLink
from activities.models.activity import held_by
from activities.rules import CALENDAR_PAST_DAYS
from activities.selectors import offices_shown
from core.clock import Span
from organisation.models import Office
from organisation.selectors import grants, home_office, rule

#: The owner's answer → what the calendar says about it.
NOTES = {
    Reply.NONE: "还没有答复，请在平台上答复",
    Reply.WAITING: "候补",
    Reply.LEAVE_ASKED: "已申请请假，等待审批",
}


def with_own(user: Any, rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With `own_reply` and `own_state` of the user; None for those not on the list."""
    own = Attendance.objects.filter(activity=OuterRef("pk"), member__user_id=user.pk)
    return rows.annotate(own_reply=Subquery(own.values("reply")[:1]), own_state=Subquery(own.values("state")[:1]))


def personal(user: Any) -> QuerySet[Activity]:
    """What the user takes part in: a member's invitations not turned down; for the others, their own office's."""
    rows = with_own(user, Activity.objects.visible_to(user))
    held = grants(user)
    taking_part = Q(own_reply__isnull=False) & ~Q(own_reply=Reply.DECLINED) & ~Q(own_state=AttendanceState.LEAVE)
    if held.roles - {"member"}:
        taking_part |= Q(pk__in=Activity.objects.filter(held_by(held.home_ids)).values("pk"))
    return rows.filter(taking_part)


def of_office(user: Any, office: Office) -> QuerySet[Activity]:
    """What the office holds, alone or with others, as far as the user may see it."""
    return with_own(user, Activity.objects.visible_to(user).filter(held_by([office.pk])))


def feed_rows(link: FeedLink) -> QuerySet[Activity] | None:
    """What the link's owner may see today; None when the link is worth nothing any more."""
    owner, office = link.owner, link.office
    if not owner.is_active or not grants(owner).roles:
        return None
    if office is None:
        rows = personal(owner)
    elif office in offices_shown(owner):
        rows = of_office(owner, office)
    else:
        return None
    days = int(rule(CALENDAR_PAST_DAYS, office or home_office(owner)))
    since = timezone.now() - timedelta(days=days)
    return rows.filter(starts_at__gte=since).select_related("office", "type").order_by("starts_at", "pk")


def entries(rows: Iterable[Activity]) -> list[Entry]:
    return [Entry(row, note_of(row), is_open=bool(note_of(row))) for row in rows]


def note_of(row: Activity) -> str:
    """What the owner still has to know; nothing about what is over."""
    asked = row.state == ActivityState.PREPARING and row.own_state == AttendanceState.INVITED
    return NOTES.get(row.own_reply, "") if asked and not row.has_begun else ""


# --- one month ---------------------------------------------------------------------------------------------------
def between(user: Any, first: date, last: date) -> QuerySet[Activity]:
    """Activities that touch these days, cancelled ones included, as far as the user may see them; earliest first."""
    begin, end = Span(first, last).moments
    rows = Activity.objects.visible_to(user).filter(starts_at__lt=end)
    rows = rows.filter(Q(ends_at__gte=begin) | Q(ends_at__isnull=True, starts_at__gte=begin))
    return with_own(user, rows).select_related("office", "type").order_by(F("starts_at"), "pk")
