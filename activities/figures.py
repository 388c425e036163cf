"""Every figure about activities: what targets, lists, summaries and dossiers show is counted here and nowhere else.

All of them start from `records` and `parts`: activities that took place, and who came to them (domain.md h1, h2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from activities.enums import CAME, COUNTED
from activities.models import Activity, Attendance
from core.clock import Span

#: Field of Activity → key of its sum in Figures.
SUMS = {"hours": "hours", "households": "households", "copies": "copies", "amount": "amount"}


def records(office_ids: Collection[int], span: Span, types: Collection[str] = ()) -> QuerySet[Activity]:
    """Activities of these offices that took place within the span; `types` are type codes, none means all."""
    rows = Activity.objects.counted().within(span).filter(office_id__in=office_ids)
    return rows.filter(type__code__in=types) if types else rows


def parts(office_ids: Collection[int], span: Span, types: Collection[str] = ()) -> QuerySet[Attendance]:
    """Who came to them: one row per member and activity, so the same member twice is two person-times."""
    return on_lists(office_ids, span, types).filter(state__in=CAME)


def on_lists(office_ids: Collection[int], span: Span, types: Collection[str] = ()) -> QuerySet[Attendance]:
    """Who should have come (应到): everybody on the lists of those activities, whatever became of it."""
    first, end = span.moments
    rows = Attendance.objects.filter(
        activity__office_id__in=office_ids,
        activity__state__in=COUNTED,
        activity__starts_at__gte=first,
        activity__starts_at__lt=end,
    ).order_by()
    return rows.filter(activity__type__code__in=types) if types else rows


@dataclass(frozen=True)
class Figures:
    """Sums over activities: `due` 应到 and `came` 到场 in person-times, `hours` of the activities, `amount` yuan."""

    label: str = ""
    count: int = 0
    due: int = 0
    came: int = 0
    hours: Decimal = Decimal(0)
    households: int = 0
    copies: int = 0
    amount: Decimal = Decimal(0)

    @property
    def rate(self) -> int | None:
        """到场/应到 in whole per cent, rounded down; None while nobody was to come."""
        return self.came * 100 // self.due if self.due else None

    def plus(self, values: dict[str, Any]) -> Figures:
        return replace(self, **{name: getattr(self, name) + (value or 0) for name, value in values.items()})


@dataclass(frozen=True)
class YearFigures:
    """What a summary says about a span of activities.

    `by_type` type code → Figures in the order of the types, only types that occur; `by_month` first day of the
    month → Figures, every month of the span; `members` how many different members came at least once.
    """

    total: Figures = field(default_factory=Figures)
    members: int = 0
    unplanned: int = 0
    by_type: dict[str, Figures] = field(default_factory=dict)
    by_month: dict[date, Figures] = field(default_factory=dict)

    def of(self, code: str) -> Figures:
        """Figures of one type; zeros when there was none."""
        return self.by_type.get(code, Figures())


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """All figures of the activities of these offices within the span, in three queries.

    Counts only what took place (held, summarised); person-times are rows of attendance with a state in CAME.
    """
    held = list(by_type_and_month(records(office_ids, span), "starts_at", "type__", activity_sums()))
    present = list(by_type_and_month(on_lists(office_ids, span), "activity__starts_at", "activity__type__", turnout()))
    by_type = {row["code"]: Figures(label=row["label"]) for row in sorted(held, key=lambda row: row["order"])}
    by_month = {first: Figures(label=f"{first.month}月") for first in months_of(span)}
    total, unplanned = Figures(label="合计"), sum(row["unplanned"] for row in held)
    for row in [*held, *present]:
        values = {name: row[name] for name in (*SUMS.values(), "count", "due", "came") if name in row}
        total = total.plus(values)
        by_type[row["code"]] = by_type[row["code"]].plus(values)
        by_month[row["month"]] = by_month[row["month"]].plus(values)
    members = different_members(parts(office_ids, span))
    return YearFigures(total, members, unplanned, by_type, by_month)


def by_type_and_month(rows: QuerySet, moment: str, type_path: str, sums: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row per type and month with the sums; `month` is its first day as a date in the portal's time zone."""
    keys = {"code": f"{type_path}code", "label": f"{type_path}label", "order": f"{type_path}order"}
    named = rows.order_by().annotate(month=TruncMonth(moment)).values("month", **{k: F(v) for k, v in keys.items()})
    for row in named.annotate(**sums):
        yield {**row, "month": row["month"].date()}


def activity_sums() -> dict[str, Any]:
    sums = {key: Sum(name) for name, key in SUMS.items()}
    return {"count": Count("pk"), "unplanned": Count("pk", filter=Q(item_lineage__isnull=True)), **sums}


def turnout() -> dict[str, Any]:
    return {"due": Count("pk"), "came": Count("pk", filter=Q(state__in=CAME))}


def months_of(span: Span) -> list[date]:
    first, found = span.first.replace(day=1), []
    while first <= span.last:
        found.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found


def totals(rows: QuerySet[Activity]) -> tuple[Figures, int]:
    """(figures, different members who came) of the activities of a list, in three queries: what each target metric
    shows must be found on the page its number links to."""
    sums = {key: Sum(name) for name, key in SUMS.items()}
    plain = rows.order_by()
    present = Attendance.objects.filter(activity__in=plain.values("pk")).order_by()
    total = Figures().plus({**plain.aggregate(count=Count("pk"), **sums), **present.aggregate(**turnout())})
    return total, different_members(present.filter(state__in=CAME))


def different_members(rows: QuerySet[Attendance]) -> int:
    """Written as a count of distinct rows: COUNT(DISTINCT …) sorts all of them, this hashes."""
    return rows.values("member_id").distinct().count()
