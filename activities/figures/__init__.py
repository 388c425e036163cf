"""Every figure about activities: what targets, lists, summaries and dossiers show is counted here and nowhere else.

All of them start from `records` and `parts`: activities that took place, and who came to them (domain.md h1, h2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from activities.enums import CAME, COUNTED
from activities.models import Activity, ActivityQuantity, Attendance
from activities.models.activity import held_by
from core.breakdown import rate
from core.clock import Span
from plans.models import ScheduledItem

EVERYTHING: Mapping[str, str] = {}
#: Field of Activity → key of its sum in Figures.
SUMS = {"hours": "hours", "households": "households", "copies": "copies", "amount": "amount"}
#: Filters that are a field of Activity; several values, separated by commas, mean any of them.
FIELDS = {"type": "type__code", "place_kind": "place_kind", "audience": "audience", "level": "level"}
PLANNED, UNPLANNED = "1", "0"


def chosen(filters: Mapping[str, str], prefix: str = "", *, plain_records: bool = False) -> Q:
    """The filters of a target or a list as a condition on activities, or on rows that lead to one by `prefix`.

    Without a type plain records (心得体会, 宣传报道) are left out unless asked for: they are no activities.
    """
    found = Q() if plain_records or filters.get("type") else Q(**{f"{prefix}type__is_record": False})
    for name, path in FIELDS.items():
        if wanted := [code for code in filters.get(name, "").split(",") if code]:
            found &= Q(**{f"{prefix}{path}__in": wanted})
    if form := filters.get("form"):
        items = ScheduledItem.objects.filter(form__in=form.split(","))
        found &= Q(**{f"{prefix}item_lineage__in": items.values("lineage")})
    if planned := filters.get("planned"):
        found &= Q(**{f"{prefix}item_lineage__isnull": planned == UNPLANNED})
    return found


def records(office_ids: Collection[int], span: Span, filters: Mapping[str, str] = EVERYTHING) -> QuerySet[Activity]:
    """Activities of these offices that took place within the span and pass the filters."""
    return Activity.objects.counted().within(span).filter(chosen(filters), held_by(office_ids))


def partners(office_ids: Collection[int], span: Span) -> frozenset[int]:
    """Those of the offices that also hold activities another one keeps the record of (联片活动)."""
    rows = Activity.partner_offices.through.objects.filter(
        office_id__in=office_ids, activity__in=Activity.objects.counted().within(span)
    )
    return frozenset(rows.values_list("office_id", flat=True))


def parts(office_ids: Collection[int], span: Span, filters: Mapping[str, str] = EVERYTHING) -> QuerySet[Attendance]:
    """Who came to them: one row per member and activity, so the same member twice is two person-times."""
    return on_lists(office_ids, span, filters).filter(state__in=CAME)


def on_lists(office_ids: Collection[int], span: Span, filters: Mapping[str, str] = EVERYTHING) -> QuerySet[Attendance]:
    """Who should have come (应到) to those activities, whatever became of it."""
    return of_counted(Attendance.objects.expected(), office_ids, span, filters)


def results(
    office_ids: Collection[int], span: Span, filters: Mapping[str, str] = EVERYTHING
) -> QuerySet[ActivityQuantity]:
    """What these activities came to, plain records included; the filter "kind" says what (结对, 整改措施)."""
    rows = ActivityQuantity.objects.all()
    if wanted := [code for code in filters.get("kind", "").split(",") if code]:
        rows = rows.filter(kind__in=wanted)
    return of_counted(rows, office_ids, span, filters, plain_records=True)


def of_counted(
    rows: QuerySet, office_ids: Collection[int], span: Span, filters: Mapping[str, str], plain_records: bool = False
) -> QuerySet:
    """Rows of a table below activities, of those that took place."""
    first, end = span.moments
    return rows.filter(
        chosen(filters, "activity__", plain_records=plain_records),
        held_by(office_ids, "activity__"),
        activity__state__in=COUNTED,
        activity__starts_at__gte=first,
        activity__starts_at__lt=end,
    ).order_by()


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
    def rate(self) -> float | None:
        """到场/应到 in per cent; None while nobody was to come."""
        return rate(self.came, self.due)

    def plus(self, values: dict[str, Any]) -> Figures:
        return replace(self, **{name: getattr(self, name) + (value or 0) for name, value in values.items()})


@dataclass(frozen=True)
class YearFigures:
    """What a summary says about a span of activities.

    `by_type` type code → Figures in the order of the types, only types that occur; `by_month` first day of the
    month → Figures, every month of the span; `members` how many different members came at least once. Plain records
    are no activities and stand apart in `registers`, like `by_type`; `results` kind → what all of it came to.
    """

    total: Figures = field(default_factory=Figures)
    members: int = 0
    unplanned: int = 0
    by_type: dict[str, Figures] = field(default_factory=dict)
    by_month: dict[date, Figures] = field(default_factory=dict)
    registers: dict[str, Figures] = field(default_factory=dict)
    results: dict[str, Decimal] = field(default_factory=dict)

    def of(self, code: str) -> Figures:
        """Figures of one type; zeros when there was none."""
        return self.by_type.get(code) or self.registers.get(code) or Figures()


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """All figures of the activities of these offices within the span, in four queries.

    Counts only what took place (held, summarised); person-times are rows of attendance with a state in CAME.
    """
    everything = Activity.objects.counted().within(span).filter(held_by(office_ids))
    written = list(by_type_and_month(everything, "starts_at", "type__", activity_sums()))
    held = [row for row in written if not row["is_record"]]
    present = list(turnout_rows(office_ids, span))
    by_month = {first: Figures(label=f"{first.month}月") for first in months_of(span)}
    total, unplanned = Figures(label="合计"), sum(row["unplanned"] for row in held)
    for row in [*held, *present]:
        total = total.plus(values_of(row))
        by_month[row["month"]] = by_month[row["month"]].plus(values_of(row))
    registers = by_type([row for row in written if row["is_record"]])
    members = different_members(parts(office_ids, span))
    return YearFigures(
        total, members, unplanned, by_type([*held, *present]), by_month, registers, results_by_kind(office_ids, span)
    )


def turnout_rows(office_ids: Collection[int], span: Span) -> Iterator[dict[str, Any]]:
    return by_type_and_month(on_lists(office_ids, span), "activity__starts_at", "activity__type__", turnout())


def turnout_by_type(office_ids: Collection[int], span: Span) -> dict[str, Figures]:
    """Type code → who should have come and came, as in `year_figures`; one query."""
    return by_type(list(turnout_rows(office_ids, span)))


def values_of(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*SUMS.values(), "count", "due", "came") if name in row}


def by_type(rows: list[dict[str, Any]]) -> dict[str, Figures]:
    """Type code → its figures, in the order of the types."""
    found: dict[str, Figures] = {}
    for row in sorted(rows, key=lambda row: row["order"]):
        found[row["code"]] = found.get(row["code"], Figures(label=row["label"])).plus(values_of(row))
    return found


def results_by_kind(
    office_ids: Collection[int], span: Span, filters: Mapping[str, str] = EVERYTHING
) -> dict[str, Decimal]:
    """Kind of result → its sum, only what occurs; one query."""
    rows = results(office_ids, span, filters).values("kind").annotate(sum=Sum("value"))
    return dict(rows.values_list("kind", "sum"))


def by_type_and_month(rows: QuerySet, moment: str, type_path: str, sums: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row per type and month with the sums; `month` is its first day as a date in the portal's time zone."""
    keys = {name: F(f"{type_path}{name}") for name in ("code", "label", "order", "is_record")}
    named = rows.order_by().annotate(month=TruncMonth(moment)).values("month", **keys)
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
    present = Attendance.objects.expected().filter(activity__in=plain.values("pk")).order_by()
    total = Figures().plus({**plain.aggregate(count=Count("pk"), **sums), **present.aggregate(**turnout())})
    return total, different_members(present.filter(state__in=CAME))


def results_of(rows: QuerySet[Activity], kinds: Collection[str]) -> Decimal:
    """The sum of these kinds of results over the activities of a list."""
    found = ActivityQuantity.objects.filter(activity__in=rows.order_by().values("pk"), kind__in=kinds)
    return found.aggregate(sum=Sum("value"))["sum"] or Decimal(0)


def different_members(rows: QuerySet[Attendance]) -> int:
    """Written as a count of distinct rows: COUNT(DISTINCT …) sorts all of them, this hashes."""
    return rows.values("member_id").distinct().count()
