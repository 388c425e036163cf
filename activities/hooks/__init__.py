"""What activities offer to the apps below them: measures, plan links, item types, dossier, to-dos, photos."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities import dossier, measures, selectors, todos
from activities.enums import ActivityState
from activities.models import Activity
from activities.panels import basics, checkin, invitations, notice_rule, outcome, people
from core import navigation, pdf
from core.clock import Span
from core.permissions import Permission
from notices.todos import sources
from organisation.selectors import can, grants
from plans import kinds, links
from plans.enums import ItemStanding

STANDINGS = {
    ActivityState.PREPARING: ItemStanding.PREPARING,
    ActivityState.HELD: ItemStanding.HELD,
    ActivityState.SUMMARISED: ItemStanding.SUMMARISED,
}


def linked_records(lineages: Collection[UUID]) -> Iterable[links.LinkedRecord]:
    """Activities tied to these scheduled items, cancelled ones left out; one query."""
    rows = Activity.objects.filter(item_lineage__in=lineages, state__in=STANDINGS)
    for row in rows.only("pk", "item_lineage", "state", "title", "starts_at"):
        standing = STANDINGS[ActivityState(row.state)]
        day = timezone.localtime(row.starts_at).date()
        yield links.LinkedRecord(row.item_lineage, standing, row.title, row.get_absolute_url(), day)


def unplanned_records(office_ids: Collection[int], year: int) -> Iterable[links.UnplannedRecord]:
    """Activities of the year tied to no scheduled item, cancelled ones left out; one query."""
    begin, end = Span.year(year).moments
    rows = Activity.objects.events().filter(item_lineage=None, office_id__in=office_ids, state__in=STANDINGS)
    rows = rows.filter(starts_at__gte=begin, starts_at__lt=end).order_by("starts_at", "pk")
    rows = rows.annotate(group_count=Count("groups"), one_group=Min("groups"))
    for row in rows.only("pk", "office_id", "state", "title", "starts_at"):
        standing = STANDINGS[ActivityState(row.state)]
        day = timezone.localtime(row.starts_at).date()
        only = row.one_group if row.group_count == 1 else None
        yield links.UnplannedRecord(row.office_id, standing, row.title, row.get_absolute_url(), day, only)


def unplanned_list(office_id: int, year: int, month: int) -> str:
    span = Span.months(year, month, month)
    return f"{reverse('activity_list')}?office={office_id}&planned=0&from={span.first}&to={span.last}"


def may_start(user: Any, item: Any) -> Permission:
    return can(user, Can.EDIT_ACTIVITIES, item.plan.office_id)


def sees_activities(user: Any) -> bool:
    held = grants(user)
    return held.holds(Can.VIEW_ACTIVITIES) or "member" in held.roles


def install() -> None:
    """Called once by the app's configuration."""
    measures.install()
    kinds.providers.register("activities", measures.type_choices)
    links.register(
        links.LinkSource(
            "activities",
            records=linked_records,
            start_label="登记活动",
            start_url=lambda item: f"{reverse('activity_create')}?item={item.pk}",
            may_start=may_start,
            unplanned=unplanned_records,
            unplanned_url=unplanned_list,
        )
    )
    dossier.install()
    for part in (basics, invitations, notice_rule, checkin, people, outcome):
        part.install()
    sources.register("activities", todos.waiting)
    navigation.register(navigation.Entry("calendar", "日历", "calendar3", "年度工作", sees_activities, order=31))
    navigation.register(
        navigation.Entry(
            "activity_list", "活动", "calendar-event", "年度工作", sees_activities, order=30, tab=True, tab_order=10
        )
    )
    pdf.media_resolver = selectors.photo_bytes
