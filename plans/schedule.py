"""How the scheduled items of a plan stand. It follows from the records tied to them (`plans.links`) and from what was
decided about them (`plans.models.Adjustment`), never typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.clock import Span, today
from organisation.models import Office, Session
from plans import links
from plans.enums import ItemStanding, ItemState
from plans.links import LinkedRecord
from plans.models import Adjustment, ScheduledItem
from plans.times import Time

TONES = {ItemStanding.OPEN: "neutral", ItemStanding.PREPARING: "info", ItemStanding.HELD: "success",
         ItemStanding.SUMMARISED: "success", ItemStanding.OVERDUE: "danger", ItemStanding.MERGED: "neutral",
         ItemStanding.CANCELLED: "neutral"}  # fmt: skip
ADVANCE = [ItemStanding.OPEN, ItemStanding.PREPARING, ItemStanding.HELD, ItemStanding.SUMMARISED]
DONE = frozenset({ItemStanding.HELD, ItemStanding.SUMMARISED})
DROPPED = {ItemState.MERGED: ItemStanding.MERGED, ItemState.CANCELLED: ItemStanding.CANCELLED}


@dataclass(frozen=True)
class Standing:
    """One item and what came of it. `into` is the item it was merged into, where that is among those asked for."""

    item: ScheduledItem
    standing: ItemStanding
    records: tuple[LinkedRecord, ...] = ()
    adjustment: Adjustment | None = None
    plenary: Span | None = None
    into: ScheduledItem | None = None

    @property
    def label(self) -> str:
        return self.standing.label

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def is_done(self) -> bool:
        return self.standing in DONE

    @property
    def is_overdue(self) -> bool:
        return self.standing == ItemStanding.OVERDUE

    @property
    def is_dropped(self) -> bool:
        """Cancelled or merged: nothing is to be held for it any more."""
        return self.standing in DROPPED.values()

    @property
    def is_moved(self) -> bool:
        return self.adjustment is not None and self.adjustment.state == ItemState.MOVED

    @property
    def time(self) -> Time:
        """When it is now: the new time of a moved item, else the plan's."""
        return self.adjustment.time if self.is_moved and self.adjustment else self.item.time

    @property
    def span(self) -> Span:
        return self.time.span(self.item.plan.year, self.plenary)

    @property
    def month(self) -> int | None:
        """The column of the board it stands in; None as long as nobody entered the days of the plenary."""
        if self.time.is_plenary and self.plenary is not None:
            return self.plenary.first.month
        return self.time.month

    @property
    def note(self) -> str:
        """What was decided about it, in one sentence; empty for an item that goes as planned."""
        if self.adjustment is None or self.adjustment.state == ItemState.PLANNED:
            return ""
        what = {
            ItemState.MOVED: f"原定{self.item.time.text}，调整到{self.adjustment.time.text}",
            ItemState.MERGED: f"并入“{self.into.topic}”" if self.into else "并入另一项安排",
            ItemState.CANCELLED: f"原定{self.item.time.text}，已取消",
        }[ItemState(self.adjustment.state)]
        return f"{what}，因：{self.adjustment.reason.rstrip('。')}"

    @property
    def url(self) -> str:
        """The record that is furthest, or empty."""
        best = max(self.records, key=lambda record: ADVANCE.index(record.standing), default=None)
        return best.url if best else ""


def due_span(item: ScheduledItem) -> Span:
    """The days the plan names: the month, its third, a span of months."""
    return item.time.span(item.plan.year)


def standing(items: Sequence[ScheduledItem], *, as_of: date | None = None) -> list[Standing]:
    """How each item (select_related("plan")) stands on the day, in their order.

    One query per link source and one for decisions; two more when something is set for the plenary.
    """
    day = as_of or today()
    lineages = {item.lineage for item in items}
    records, decided = links.records_by_lineage(lineages), adjustments(lineages)
    known = {item.lineage: item for item in items}
    days = plenaries(items, decided.values())
    found = []
    for item in items:
        adjustment = decided.get(item.lineage)
        found.append(
            judged(item, tuple(records.get(item.lineage, ())), day, adjustment=adjustment,
                   plenary=days.get((item.plan.office_id, item.plan.year)),
                   into=known.get(adjustment.into) if adjustment and adjustment.into else None)
        )  # fmt: skip
    return found


def judged(item: ScheduledItem, records: tuple[LinkedRecord, ...], day: date, *, adjustment: Adjustment | None = None,
           plenary: Span | None = None, into: ScheduledItem | None = None) -> Standing:  # fmt: skip
    """The furthest of its records counts. Overdue: its days are over, nothing was held and nothing is still to come."""
    best = max((record.standing for record in records), key=ADVANCE.index, default=ItemStanding.OPEN)
    found = Standing(item, best, records, adjustment, plenary, into)
    if best in DONE:
        return found
    dropped = DROPPED.get(ItemState(adjustment.state)) if adjustment else None
    to_come = any(record.date >= day for record in records)
    late = ItemStanding.OVERDUE if not to_come and found.span.last < day else best
    return Standing(item, dropped or late, records, adjustment, plenary, into)


def adjustments(lineages: Collection[UUID]) -> dict[UUID, Adjustment]:
    """What was decided about these items; one query, none for no items."""
    if not lineages:
        return {}
    return {each.lineage: each for each in Adjustment.objects.filter(lineage__in=lineages)}


def plenaries(items: Iterable[ScheduledItem], decided: Iterable[Adjustment]) -> dict[tuple[int, int], Span]:
    """(office, year) → the days of the plenary, for what is set for it: the session of the office's committee."""
    asked = {(item.plan.office_id, item.plan.year) for item in items if item.time.is_plenary}
    asked |= {(each.office_id, each.year) for each in decided if each.time.is_plenary}
    if not asked:
        return {}
    parents = dict(Office.objects.order_by().values_list("pk", "parent_id"))
    rows = Session.objects.filter(plenary_starts__year__in={year for _, year in asked}).order_by("plenary_starts")
    days = {
        (office, starts.year): Span(starts, ends)
        for office, starts, ends in rows.values_list("term__office_id", "plenary_starts", "plenary_ends")
    }
    found = {(office, year): days.get((root(office, parents), year)) for office, year in asked}
    return {key: span for key, span in found.items() if span is not None}


def root(office_id: int, parents: dict[int, int | None]) -> int:
    """The office at the top of the tree."""
    seen = {office_id}
    while (above := parents.get(office_id)) is not None and above not in seen:
        office_id = above
        seen.add(above)
    return office_id
