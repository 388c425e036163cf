"""How records of upper apps tie themselves to a plan's scheduled items, without plans knowing those apps.

An app that holds such records (activities) registers one `LinkSource` in its AppConfig.ready():

    links.register(LinkSource("activities", records=linked_activities, start_label="登记活动",
                              start_url=lambda item: f"{reverse('activity_create')}?item={item.pk}",
                              may_start=lambda user, item: can(user, Can.EDIT_ACTIVITIES, item.plan.office),
                              unplanned=activities_outside_the_plan))

Records point at an item's `lineage`, which stays the same through amendments, never at the item's row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from core.pages import Link
from core.permissions import ALLOWED, Permission
from core.registry import Registry
from plans.enums import ItemStanding


@dataclass(frozen=True)
class LinkedRecord:
    """One record tied to a scheduled item. `standing` is PREPARING, HELD or SUMMARISED; `date` when it is or was held.

    Cancelled records are not handed out: the item is open again.
    """

    lineage: UUID
    standing: ItemStanding
    title: str
    url: str
    date: date


@dataclass(frozen=True)
class UnplannedRecord:
    """One record tied to no scheduled item (计划外). `group_id` is the only liaison group that takes part, if one."""

    office_id: int
    standing: ItemStanding
    title: str
    url: str
    date: date
    group_id: int | None = None


def none_unplanned(office_ids: Collection[int], year: int) -> Iterable[UnplannedRecord]:
    return ()


def nowhere(office_id: int, year: int, month: int) -> str:
    return ""


def anybody(user: Any, item: Any) -> Permission:
    return ALLOWED


@dataclass(frozen=True)
class LinkSource:
    """`records(lineages)` costs one query however many lineages are asked.

    `start_url(item)` is the form that makes a record out of the item; `may_start(user, item)` must cost no query
    beyond the user's grants, because a page asks it for every item. `unplanned(office_ids, year)` gives the records of
    these offices and of the year that no plan foresaw, cancelled ones left out; a constant number of queries.
    `unplanned_url(office_id, year, month)` is the list of those of one month.
    """

    key: str
    records: Callable[[Collection[UUID]], Iterable[LinkedRecord]]
    start_label: str = ""
    start_url: Callable[[Any], str] | None = None
    may_start: Callable[[Any, Any], Permission] = anybody
    unplanned: Callable[[Collection[int], int], Iterable[UnplannedRecord]] = none_unplanned
    unplanned_url: Callable[[int, int, int], str] = nowhere


sources: Registry[LinkSource] = Registry("link source")


def register(source: LinkSource) -> LinkSource:
    return sources.register(source.key, source)


def records_by_lineage(lineages: Collection[UUID]) -> dict[UUID, list[LinkedRecord]]:
    """All records tied to these items, earliest first; one query per registered source."""
    found: dict[UUID, list[LinkedRecord]] = {}
    for source in sources if lineages else ():
        for record in source.records(lineages):
            found.setdefault(record.lineage, []).append(record)
    for records in found.values():
        records.sort(key=lambda record: record.date)
    return found


def unplanned(office_ids: Collection[int], year: int) -> list[UnplannedRecord]:
    """What these offices did or prepare in the year outside their plans, the earliest first."""
    found = [record for source in sources if office_ids for record in source.unplanned(office_ids, year)]
    return sorted(found, key=lambda record: record.date)


def unplanned_url(office_id: int, year: int, month: int) -> str:
    """Where the unplanned records of an office's month are listed; empty when no source has a list."""
    return next((url for source in sources if (url := source.unplanned_url(office_id, year, month))), "")


def starters(user: Any, item: Any) -> list[Link]:
    """What this user can start from the item: one link per source that offers a form."""
    return [
        Link(source.start_label, source.start_url(item), icon="plus-lg")
        for source in sources
        if source.start_url is not None and source.may_start(user, item)
    ]
