"""How the scheduled items of a plan stand. It follows from the records tied to them (`plans.links`), never typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.clock import Span, today
from plans import links
from plans.enums import ItemStanding
from plans.links import LinkedRecord
from plans.models import ScheduledItem

TONES = {ItemStanding.OPEN: "neutral", ItemStanding.PREPARING: "info", ItemStanding.HELD: "success",
         ItemStanding.SUMMARISED: "success", ItemStanding.OVERDUE: "danger"}  # fmt: skip
ADVANCE = [ItemStanding.OPEN, ItemStanding.PREPARING, ItemStanding.HELD, ItemStanding.SUMMARISED]


@dataclass(frozen=True)
class Standing:
    """One item and what came of it."""

    item: ScheduledItem
    standing: ItemStanding
    records: tuple[LinkedRecord, ...] = ()

    @property
    def label(self) -> str:
        return self.standing.label

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def is_done(self) -> bool:
        return self.standing in {ItemStanding.HELD, ItemStanding.SUMMARISED}

    @property
    def is_overdue(self) -> bool:
        return self.standing == ItemStanding.OVERDUE

    @property
    def url(self) -> str:
        """The record that is furthest, or empty."""
        best = max(self.records, key=lambda record: ADVANCE.index(record.standing), default=None)
        return best.url if best else ""


def due_span(item: ScheduledItem) -> Span:
    """The days the plan names: the month, or its third."""
    return item.time.span(item.plan.year)


def standing(items: Sequence[ScheduledItem], *, as_of: date | None = None) -> list[Standing]:
    """How each item (select_related("plan")) stands on the day, in their order; one query per link source."""
    day = as_of or today()
    records = links.records_by_lineage({item.lineage for item in items})
    return [judged(item, tuple(records.get(item.lineage, ())), day) for item in items]


def judged(item: ScheduledItem, records: tuple[LinkedRecord, ...], day: date) -> Standing:
    """The furthest of its records counts. Overdue: its days are over, nothing was held and nothing is still to come."""
    best = max((record.standing for record in records), key=ADVANCE.index, default=ItemStanding.OPEN)
    waiting = best in {ItemStanding.OPEN, ItemStanding.PREPARING}
    to_come = any(record.date >= day for record in records)
    if waiting and not to_come and due_span(item).last < day:
        best = ItemStanding.OVERDUE
    return Standing(item, best, records)
