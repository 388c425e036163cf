"""Basic data and transitions of an activity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.roles import Can
from activities import permissions, reach
from activities.enums import ActivityState, Joining
from activities.models import Activity
from activities.services import checkin, replies
from activities.services.telling import shortened, tell_invited, when_and_where
from activities.workflow import FLOW
from audit.services import changes, record
from core.errors import DomainError
from core.versions import editing
from notices.services import tell
from organisation.models import LiaisonGroup, Office
from organisation.selectors import can, users_with
from plans.models import ScheduledItem

#: What the form of basic data sets.
BASICS = ("type", "title", "starts_at", "ends_at", "place", "content", "responsible", "guests", "item_lineage")

#: What the form sets besides, and a caller may leave out.
ARRANGED = ("place_kind", "audience", "level", "joining", "capacity", "sign_up_until", "open_to_all")


def create(
    *, by: Any, office: Office, values: Mapping[str, Any], groups: Iterable[LiaisonGroup] = (),
    partners: Iterable[Office] = (),
) -> Activity:  # fmt: skip
    """A new activity in preparation. `values` are BASICS and any of ARRANGED. Raises Denied, DomainError."""
    can(by, Can.EDIT_ACTIVITIES, office).require()
    with transaction.atomic():
        activity = Activity(office=office, state=ActivityState.PREPARING, updated_by=by, **given(values))
        check_basics(activity)
        activity.save()
        activity.groups.set(groups)
        set_partners(activity, partners)
        record("activity.create", activity, by=by, detail={"planned": activity.is_planned})
    return activity


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What to set. An activity without sign-up has no limits of sign-up."""
    found = {name: values[name] for name in BASICS}
    found |= {name: values[name] for name in ARRANGED if name in values}
    if found.get("joining") == Joining.MUST_ATTEND:
        found |= {"capacity": None, "sign_up_until": None, "open_to_all": False}
    return found


def set_partners(activity: Activity, partners: Iterable[Office]) -> None:
    """The offices that hold it together with its own; staff of those that are new is told."""
    known = {office.pk for office in activity.partner_offices.all()} | {activity.office_id}
    wanted = [office for office in partners if office.pk != activity.office_id]
    activity.partner_offices.set(wanted)
    people = [user for office in wanted if office.pk not in known for user in users_with(Can.EDIT_ACTIVITIES, office)]
    text = f"{activity.office.short_name}请你们一起举办“{shortened(activity.title)}”：{when_and_where(activity)}"
    tell(people, text, url=activity.get_absolute_url())


def update(
    *, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any],
    groups: Iterable[LiaisonGroup] = (), partners: Iterable[Office] | None = None,
) -> Activity:  # fmt: skip
    """Saves BASICS and what of ARRANGED is there; `partners` None keeps them. After a new time or place those who had
    accepted are asked again. Raises Denied, Conflict, DomainError."""
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        new = given(values)
        before = {name: getattr(locked, name) for name in new}
        for name, value in new.items():
            setattr(locked, name, value)
        check_basics(locked)
        locked.groups.set(groups)
        if partners is not None:
            set_partners(locked, partners)
        record("activity.update", locked, by=by, detail=changes(before, new))
        if (before["starts_at"], before["ends_at"]) != (locked.starts_at, locked.ends_at):
            checkin.settle_again(locked)
        follow_up(locked, before)
    return locked


def follow_up(activity: Activity, before: Mapping[str, Any]) -> None:
    """What a change means for those on the list, as long as the activity is still to come."""
    if activity.state != ActivityState.PREPARING:
        return
    if (before["starts_at"], before["place"]) != (activity.starts_at, activity.place):
        replies.ask_again(activity)
    if before.get("joining", activity.joining) != activity.joining:
        replies.change_joining(activity)
    replies.settle(activity)


def check_basics(activity: Activity) -> None:
    """Raises DomainError for what the database would refuse or a held activity must not lose."""
    if activity.ends_at and activity.ends_at < activity.starts_at:
        raise DomainError("结束时间不能早于开始时间。", field="ends_at")
    check_sign_up(activity)
    if activity.state == ActivityState.HELD:
        missing = permissions.unsettled(activity)
        if missing:
            raise DomainError(f"活动已登记为已开展，{'、'.join(missing)}不能为空。")
        if not activity.has_begun:
            raise DomainError("活动已登记为已开展，开始时间不能改到以后。", field="starts_at")
    if activity.item_lineage and not known_item(activity.office_id, activity.item_lineage):
        raise DomainError("这个计划项不属于本办公室的计划，请重新选择。", field="item")


def check_sign_up(activity: Activity) -> None:
    if activity.sign_up_until and activity.sign_up_until > activity.starts_at:
        raise DomainError("报名截止时间不能晚于活动开始时间。", field="sign_up_until")
    if activity.capacity and activity.pk and activity.capacity < (taken := reach.taken(activity)):
        raise DomainError(f"已有 {taken} 人占用名额，名额不能少于 {taken}。", field="capacity")


def known_item(office_id: int, lineage: UUID) -> bool:
    return (
        ScheduledItem.objects.filter(plan__office_id=office_id, lineage=lineage).exclude(plan__state="draft").exists()
    )


def step(*, by: Any, activity: Activity, action: str, reason: str = "", version: int | None = None) -> str:
    """One transition; answers with the sentence to show. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(activity, action, by=by, reason=reason, version=version) as locked:
        if action in {"cancel", "restore"}:
            locked.version += 1  # calendars and open forms must notice
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
