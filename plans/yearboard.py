"""The year on one board: a row per group or office, twelve months, and what was planned against what took place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from core.clock import today
from core.pages import Link
from plans import links
from plans.enums import ItemStanding
from plans.links import UnplannedRecord
from plans.schedule import DONE, TONES, Standing
from plans.times import Time

MONTHS = range(1, 13)
#: A span longer than this stands above the months instead of in the first of them.
LONGEST_IN_A_CELL = 2
#: Unplanned records shown in a cell of a few rows, and of many; the rest is counted and leads to their list.
MOST_UNPLANNED, MOST_OF_MANY, MANY = 6, 2, 6
WHOLE_OFFICE = "全办公室"
#: Row of the board an entry belongs to; None is the first one.
Key = Any


@dataclass(frozen=True)
class Entry:
    """One item or unplanned record. `moves` lead to the form that moves it, `starts` to what can be made of it.

    `rest`: it stands for so many unplanned records of its month that are not shown.
    """

    title: str
    url: str
    when: str
    status: str
    tone: str
    note: str = ""
    group: str = ""
    month: int | None = None
    standing: Standing | None = None
    unplanned: bool = False
    office_id: int = 0
    rest: int = 0
    moves: Sequence[Link] = ()
    starts: Sequence[Link] = ()

    @property
    def is_dropped(self) -> bool:
        return self.standing is not None and self.standing.is_dropped

    @property
    def is_long(self) -> bool:
        """It belongs to no one month: a long span, or a plenary whose days nobody entered."""
        if self.month is None:
            return True
        time = self.standing.time if self.standing else None
        return time is not None and not time.is_plenary and (time.until or 0) - self.month >= LONGEST_IN_A_CELL


@dataclass
class Balance:
    """Planned against actual, in items. `planned` leaves out what was cancelled or merged."""

    planned: int = 0
    done: int = 0
    overdue: int = 0
    cancelled: int = 0
    merged: int = 0
    moved: int = 0
    unplanned: int = 0

    def count(self, entry: Entry) -> None:
        if entry.standing is None:
            self.unplanned += 1
            return
        each = entry.standing
        self.planned += not each.is_dropped
        self.done += each.is_done
        self.overdue += each.is_overdue
        self.moved += each.is_moved
        self.cancelled += each.standing == ItemStanding.CANCELLED
        self.merged += each.standing == ItemStanding.MERGED

    @property
    def decided(self) -> int:
        return self.cancelled + self.merged + self.moved

    @property
    def open(self) -> int:
        return self.planned - self.done - self.overdue

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.cancelled or self.merged or self.unplanned)

    @property
    def bar(self) -> list[tuple[str, str, str]]:
        """(tone, where it begins, how long it is) in per cent, for the month's small bar."""
        parts = [("done", self.done), ("overdue", self.overdue), ("open", self.open), ("extra", self.unplanned)]
        whole, start, found = sum(value for _, value in parts), 0, []
        for tone, value in parts:
            if value:
                found.append((tone, f"{start * 100 / whole:.2f}", f"{value * 100 / whole:.2f}"))
            start += value
        return found

    @property
    def words(self) -> str:
        """已开展2/3，过期1，取消1，计划外1: only what there is."""
        parts = [("过期", self.overdue), ("取消", self.cancelled), ("合并", self.merged), ("计划外", self.unplanned)]
        head = [f"已开展{self.done}/{self.planned}"] if self.planned else []
        return "，".join([*head, *(f"{label}{value}" for label, value in parts if value)])


@dataclass
class Cell:
    month: int
    current: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.month}月"

    def shorten(self, year: int, most: int) -> None:
        """Many unplanned records become a few and a number that leads to all of them."""
        extra = [entry for entry in self.entries if entry.unplanned][most:]
        if len(extra) < 2:
            return
        url = links.unplanned_url(extra[0].office_id, year, self.month)
        rest = Entry(f"另有{len(extra)}次计划外活动", url, "", "计划外", "neutral", month=self.month, unplanned=True,
                     rest=len(extra))  # fmt: skip
        hidden = {id(entry) for entry in extra}
        self.entries = [*(entry for entry in self.entries if id(entry) not in hidden), rest]


@dataclass
class Row:
    """`long` are the entries that belong to no one month."""

    label: str
    url: str = ""
    cells: list[Cell] = field(default_factory=list)
    long: list[Entry] = field(default_factory=list)

    @property
    def count(self) -> int:
        shown = [entry for cell in self.cells for entry in cell.entries]
        return len(self.long) + sum(entry.rest or 1 for entry in shown)

    def add(self, entry: Entry) -> None:
        (self.long if entry.is_long else self.cells[(entry.month or 1) - 1].entries).append(entry)


@dataclass
class Board:
    rows: list[Row]
    total: Balance
    by_month: list[tuple[Cell, Balance]]

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def has_names(self) -> bool:
        """One row needs no name."""
        return len(self.rows) > 1


@dataclass(frozen=True)
class Asking:
    """What the person who looks may do: decide about items, and start records from them."""

    user: Any = None
    adjust: bool = False
    start: bool = False


def build(year: int, names: Sequence[tuple[Key, str, str]], standings: Iterable[Standing],
          unplanned: Iterable[UnplannedRecord], key: Callable[[Any], Key], asking: Asking) -> Board:  # fmt: skip
    """`names` are (key, label, url) of the rows in order; `key` says whose row an item or unplanned record is in.
    What belongs to no named row stands in the first one."""
    day = today()
    now = day.month if day.year == year else 0
    rows = {each: Row(label, url, [Cell(month, month == now) for month in MONTHS]) for each, label, url in names}
    total, months = Balance(), {month: Balance() for month in MONTHS}
    first = next(iter(rows.values()))
    entries = [(key(each.item), of_item(each, asking)) for each in standings]
    entries += [(key(record), of_record(record)) for record in unplanned]
    for where, entry in entries:
        rows.get(where, first).add(entry)
        total.count(entry)
        if entry.month and not entry.is_long:
            months[entry.month].count(entry)
    most = MOST_UNPLANNED if len(rows) < MANY else MOST_OF_MANY
    for row in rows.values():
        for cell in row.cells:
            cell.shorten(year, most)
    by_month = [(Cell(month, month == now), balance) for month, balance in months.items()]
    return Board([row for row in rows.values() if row.count or row is first], total, by_month)


# --- entries -------------------------------------------------------------------------------------------------------
def of_item(each: Standing, asking: Asking) -> Entry:
    item, acts = each.item, not (each.is_done or each.is_dropped)
    return Entry(
        item.topic, item.get_absolute_url(), when(each), status(each), each.tone, each.note,
        item.group.name if item.group else "", each.month, each,
        moves=moves(each) if acts and asking.adjust else (),
        starts=links.starters(asking.user, item) if acts and asking.start and not each.records else (),
    )  # fmt: skip


def when(each: Standing) -> str:
    """What the column does not say: the third of the month, the span, the plenary."""
    time = each.time
    return time.text if time.until not in (None, time.month) else time.part_label


def status(each: Standing) -> str:
    """How it stands, and that it is not where the plan had it."""
    return f"{each.label}·原定{each.item.time.text}" if each.is_moved else each.label


def moves(each: Standing) -> list[Link]:
    """One month earlier or later; the form asks for the reason and any other time."""
    here, time = reverse("plan_item_act", args=[each.item.pk, "move"]), each.time
    if time.month is None or time.is_plenary:
        return [Link("调整时间", here)]
    last = time.last_month or time.month
    found = []
    if time.month > 1:
        found.append(Link("← 提前", f"{here}?{asked(time, -1)}"))
    if last < MONTHS[-1]:
        found.append(Link("延后 →", f"{here}?{asked(time, 1)}"))
    return found


def asked(time: Time, step: int) -> str:
    until = f"&until_month={time.until + step}" if time.until else ""
    return f"month={(time.month or 0) + step}{until}&part_of_month={time.part}"


def of_record(record: UnplannedRecord) -> Entry:
    when = f"{record.date.day}日"
    label = "计划外" if record.standing in DONE else f"计划外·{record.standing.label}"
    return Entry(record.title, record.url, when, label, TONES[record.standing], month=record.date.month,
                 unplanned=True, office_id=record.office_id)  # fmt: skip
