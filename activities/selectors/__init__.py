"""Shared reads: activities as one user may see them, lists of members, plan items, photos."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from activities import reach
from activities.enums import CAME, ActivityState, AttendanceState
from activities.figures import YearFigures, records, year_figures
from activities.models import Activity, Attendance, LeaveRequest, Photo, offices_in_sight
from activities.models.activity import held_by
from core import files
from core.clock import Span
from organisation.models import Office
from organisation.selectors import grants
from plans import schedule
from plans.models import Adjustment, ScheduledItem
from plans.schedule import DROPPED, Standing

__all__ = ["YearFigures", "year_figures"]


def get_for(user: Any, pk: int) -> Activity:
    """The activity with office and type, if the user may see it. Raises Http404."""
    rows = Activity.objects.visible_to(user).select_related("office", "type__needs", "updated_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def leave_for(user: Any, pk: int) -> LeaveRequest:
    """A request for leave the user may see, with its activity and member. Raises Http404."""
    rows = LeaveRequest.objects.visible_to(user).select_related("activity__office", "activity__type", "member")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def photo_for(user: Any, pk: int) -> Photo:
    """A photo of an activity the user may see. Raises Http404."""
    photos = Photo.objects.filter(activity__in=Activity.objects.visible_to(user)).select_related("file", "thumbnail")
    found = photos.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def photo_bytes(media_id: str) -> tuple[bytes, str] | None:
    """What `media:<photo id>` stands for in a document: only photos chosen for reports (core.pdf.media_resolver)."""
    if not media_id.isdecimal() or len(media_id) > 18:
        return None
    photo = Photo.objects.filter(pk=int(media_id), use_in_report=True).select_related("file").first()
    return (files.read(photo.file), photo.file.content_type) if photo else None


def report_photos(office_ids: Collection[int], span: Span) -> QuerySet[Photo]:
    """Photos chosen for reports of what took place within the span, by date; `media:<pk>` embeds one in a document."""
    chosen = Photo.objects.filter(use_in_report=True, activity__in=records(office_ids, span))
    return chosen.select_related("activity").order_by("activity__starts_at", "activity_id", "order", "pk")


# --- lists -------------------------------------------------------------------------------------------------------
def turnout(states: Collection[str] | None = None) -> Coalesce:
    """How many members are expected at the activity, or in these states there, as a column of an activity query."""
    rows = Attendance.objects.expected().filter(activity=OuterRef("pk")).order_by()
    if states is not None:
        rows = rows.filter(state__in=states)
    return Coalesce(Subquery(rows.values("activity").annotate(count=Count("pk")).values("count")), 0)


def listed(user: Any) -> QuerySet[Activity]:
    """Rows of the list: with `came` and `due`, and `own_state` and `own_reply` (None: the user is not invited)."""
    rows = Activity.objects.visible_to(user).select_related("office", "type")
    own = Attendance.objects.filter(activity=OuterRef("pk"), member__user_id=user.pk)
    answer = {"own_state": Subquery(own.values("state")[:1]), "own_reply": Subquery(own.values("reply")[:1])}
    return rows.annotate(came=turnout(CAME), due=turnout(), **answer)


def offices_shown(user: Any) -> list[Office]:
    """Offices whose activities the user looks into or belongs to, in the order of the tree."""
    return list(Office.objects.filter(pk__in=offices_in_sight(grants(user))).order_by("code"))


def of_year(user: Any, year: int, office: Office | None) -> QuerySet[Activity]:
    """The year's activities the user may see, cancelled ones left out, the earliest first.

    A member asking for the own office also gets those of other offices the member is invited to.
    """
    rows = Activity.objects.visible_to(user).within(Span.year(year)).exclude(state=ActivityState.CANCELLED)
    if office is not None:
        invited = Attendance.objects.filter(member__user_id=user.pk).values("activity_id")
        rows = rows.filter(held_by([office.pk]) | Q(pk__in=invited))
    return rows.order_by("starts_at", "pk")


# --- attendance --------------------------------------------------------------------------------------------------
def roll(activity: Activity, user: Any = None) -> list[Attendance]:
    """Everybody on the activity's list with their group, by pinyin; for a `user` only the lines that user works on."""
    rows = reach.lines(user, activity) if user else activity.attendances
    return list(rows.select_related("member__group", "recorded_by"))


def tally(rows: Iterable[Attendance]) -> dict[str, int]:
    """Attendance state → how many; every state, in the order of the enum."""
    counts = dict.fromkeys(AttendanceState.values, 0)
    for row in rows:
        counts[row.state] += 1
    return counts


def own_attendance(activity: Activity, user: Any) -> Attendance | None:
    return activity.attendances.filter(member__user_id=user.pk).first()


def accounts_of(activity: Activity) -> list[User]:
    """Accounts of those invited, for notices."""
    return list(User.objects.filter(is_active=True, member__attendances__activity=activity))


# --- plan items --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PlannedItem:
    """A scheduled item that no activity was held for, how it stands, and the activity being prepared for it."""

    standing: Standing
    activity: Activity | None

    @property
    def item(self) -> ScheduledItem:
        return self.standing.item

    @property
    def create_url(self) -> str:
        return f"{reverse('activity_create')}?item={self.item.pk}"


def items_in_force(office_ids: Collection[int]) -> QuerySet[ScheduledItem]:
    """Scheduled items of the approved plans of these offices, cancelled and merged ones left out."""
    rows = ScheduledItem.objects.filter(plan__state="approved", plan__office_id__in=office_ids)
    rows = rows.exclude(lineage__in=Adjustment.objects.filter(state__in=DROPPED).values("lineage"))
    return rows.select_related("plan__office").order_by("plan__year", "month", "order", "id")


def items_to_hold(office_ids: Collection[int], year: int) -> list[PlannedItem]:
    """Items of the plan in force for the year for which nothing has been held yet, at the time they were moved to."""
    items = list(items_in_force(office_ids).filter(plan__year=year))
    tied = Activity.objects.filter(item_lineage__in={item.lineage for item in items}).exclude(state="cancelled")
    by_lineage: dict[UUID, list[Activity]] = {}
    for activity in tied:
        by_lineage.setdefault(activity.item_lineage, []).append(activity)
    open_items = []
    for standing in schedule.standing(items):
        activities = by_lineage.get(standing.item.lineage, [])
        if all(activity.state == "preparing" for activity in activities):
            open_items.append(PlannedItem(standing, next(iter(activities), None)))
    return open_items
