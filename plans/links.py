"""How records of upper apps tie themselves to a plan's scheduled items, without plans knowing those apps.

An app that holds such records (activities) registers one `LinkSource` in its AppConfig.ready():

    links.register(LinkSource("activities", records=linked_activities, start_label="登记活动",
                              start_url=lambda item: f"{reverse('activity_create')}?item={item.pk}",
                              may_start=lambda user, item: can(user, Can.EDIT_ACTIVITIES, item.plan.office)))

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


def anybody(user: Any, item: Any) -> Permission:
    return ALLOWED


@dataclass(frozen=True)
class LinkSource:
    """`records(lineages)` costs one query however many lineages are asked.

    `start_url(item)` is the form that makes a record out of the item; `may_start(user, item)` must cost no query
    beyond the user's grants, because a page asks it for every item.
    """

    key: str
    records: Callable[[Collection[UUID]], Iterable[LinkedRecord]]
    start_label: str = ""
    start_url: Callable[[Any], str] | None = None
    may_start: Callable[[Any, Any], Permission] = anybody


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


def starters(user: Any, item: Any) -> list[Link]:
    """What this user can start from the item: one link per source that offers a form."""
    return [
        Link(source.start_label, source.start_url(item), icon="plus-lg")
        for source in sources
        if source.start_url is not None and source.may_start(user, item)
    ]
