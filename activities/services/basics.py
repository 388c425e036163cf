"""Basic data, minutes and transitions of an activity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.roles import Can
from activities import permissions
from activities.enums import ActivityState
from activities.models import Activity
from activities.services.telling import shortened, tell_invited, when_and_where
from activities.workflow import FLOW
from audit.services import changes, record
from core.errors import DomainError
from core.versions import editing
from organisation.models import LiaisonGroup, Office
from organisation.selectors import can
from plans.models import ScheduledItem

#: What the form of basic data sets, and what the page of minutes sets.
BASICS = ("type", "title", "starts_at", "ends_at", "place", "content", "responsible", "guests", "item_lineage")

RESULTS = ("minutes", "outcome", "hours", "households", "copies", "amount")


def create(*, by: Any, office: Office, values: Mapping[str, Any], groups: Iterable[LiaisonGroup] = ()) -> Activity:
    """A new activity in preparation. `values` are BASICS. Raises Denied, DomainError."""
    can(by, Can.EDIT_ACTIVITIES, office).require()
    basics = {name: values[name] for name in BASICS}
    with transaction.atomic():
        activity = Activity(office=office, state=ActivityState.PREPARING, updated_by=by, **basics)
        check_basics(activity)
        activity.save()
        activity.groups.set(groups)
        record("activity.create", activity, by=by, detail={"planned": activity.is_planned})
    return activity


def update(
    *, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any], groups: Iterable[LiaisonGroup] = ()
) -> Activity:
    """Saves BASICS; those invited are told of a new time or place. Raises Denied, Conflict, DomainError."""
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        before = {name: getattr(locked, name) for name in BASICS}
        for name in BASICS:
            setattr(locked, name, values[name])
        check_basics(locked)
        locked.groups.set(groups)
        after = {name: getattr(locked, name) for name in BASICS}
        record("activity.update", locked, by=by, detail=changes(before, after))
        moved = (before["starts_at"], before["place"]) != (locked.starts_at, locked.place)
        if moved and locked.state == ActivityState.PREPARING:
            tell_invited(locked, f"“{shortened(locked.title)}”的时间或地点有变动，现为{when_and_where(locked)}")
    return locked


def check_basics(activity: Activity) -> None:
    """Raises DomainError for what the database would refuse or a held activity must not lose."""
    if activity.ends_at and activity.ends_at < activity.starts_at:
        raise DomainError("结束时间不能早于开始时间。", field="ends_at")
    if activity.state == ActivityState.HELD:
        missing = permissions.unsettled(activity)
        if missing:
            raise DomainError(f"活动已登记为已开展，{'、'.join(missing)}不能为空。")
        if not activity.has_begun:
            raise DomainError("活动已登记为已开展，开始时间不能改到以后。", field="starts_at")
    if activity.item_lineage and not known_item(activity.office_id, activity.item_lineage):
        raise DomainError("这个计划项不属于本办公室的计划，请重新选择。", field="item")


def known_item(office_id: int, lineage: UUID) -> bool:
    return (
        ScheduledItem.objects.filter(plan__office_id=office_id, lineage=lineage).exclude(plan__state="draft").exists()
    )


def save_results(*, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any]) -> Activity:
    """Minutes, outcome and quantities. Raises Denied, Conflict."""
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        before = {name: getattr(locked, name) for name in RESULTS}
        for name in RESULTS:
            setattr(locked, name, values[name])
        after = {name: getattr(locked, name) for name in RESULTS}
        record("activity.results", locked, by=by, detail=short_changes(before, after))
    return locked


def short_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """As audit.changes, long texts only by their length."""
    found = changes(before, after)
    for name in {"minutes", "outcome"} & found.keys():
        found[name] = [f"{len(text)} 字" for text in found[name]]
    return found


def step(*, by: Any, activity: Activity, action: str, reason: str = "", version: int | None = None) -> str:
    """One transition; answers with the sentence to show. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(activity, action, by=by, reason=reason, version=version) as locked:
        if action == "cancel":
            tell_invited(locked, f"活动取消：“{shortened(locked.title)}”（原定{when_and_where(locked)}）")
        if action == "restore":
            tell_invited(locked, f"活动恢复：“{shortened(locked.title)}”，{when_and_where(locked)}")
    return FLOW.transitions[action].done


@contextmanager
def open_for(activity: Activity, *, by: Any) -> Iterator[Activity]:
    """The activity's row, locked, for changes to what hangs on it. Raises Denied when it is closed by now."""
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        permissions.can_edit(by, locked).require()
        yield locked
