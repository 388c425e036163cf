"""The days of a target's periods: equal parts of the year (全年, 每季度, 每旬), the plenary (会期) or the term (届).

期 (an issue) is no period but what some measures count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.clock import PARTS_OF_MONTH, Span, today
from organisation.models import Session, Term
from organisation.selectors import rule
from plans.enums import Period
from plans.models import Target

#: Into how many periods a year is divided; the others are one span of days.
PARTS = {Period.YEAR: 1, Period.HALF_YEAR: 2, Period.QUARTER: 4, Period.TWO_MONTHS: 6, Period.MONTH: 12,
         Period.TEN_DAYS: 36, Period.PLENARY: 1, Period.TERM: 1}  # fmt: skip
OCCASIONS = frozenset({Period.PLENARY, Period.TERM})
MISSING = {Period.PLENARY: "还没有登记{year}年全体会议的日期，请先在“届次”里补充。",
           Period.TERM: "还没有登记{year}年所在的届，请先在“届次”里补充。"}  # fmt: skip
TERM_YEARS = "plans.term_years"
Tree = Mapping[int | None, Sequence[int]]  # office → those right below it
Place = tuple[str, int, int]  # period, office, year


@dataclass(frozen=True)
class Division:
    """The periods of one target in their order, and the days whose records count."""

    spans: tuple[tuple[str, Span], ...]
    counted: Span

    @property
    def parts(self) -> int:
        return len(self.spans)


@dataclass(frozen=True)
class Occasions:
    """The days of the plenaries and terms that the targets are about, by (period, office, year)."""

    days: dict[Place, tuple[str, Span]] = field(default_factory=dict)

    @classmethod
    def of(cls, targets: Iterable[Target], tree: Tree) -> Occasions:
        """At most three queries, none when no target asks for a plenary or a term."""
        wanted = {(each.period, each.plan.office_id, each.plan.year) for each in targets if each.period in OCCASIONS}
        if not wanted:
            return cls()
        roots = roots_of({office for _, office, _ in wanted}, tree)
        rows = {Period.PLENARY: plenaries, Period.TERM: terms}
        found = {period: rows[Period(period)](frozenset(roots.values())) for period in {each[0] for each in wanted}}
        days = {(period, office, year): of_year(found[period].get(roots[office], []), year)
                for period, office, year in wanted}  # fmt: skip
        return cls({key: each for key, each in days.items() if each is not None})

    def division(self, target: Target, as_of: date | None) -> Division | str:
        """The periods of the target (select_related("plan")), or why there are none as a sentence."""
        year, period = target.plan.year, Period(target.period)
        spans = divided(year, PARTS[period])
        if period in OCCASIONS:
            held = self.days.get((period, target.plan.office_id, year))
            if held is None:
                return MISSING[period].format(year=year)
            spans = (held,)
        last = min(spans[-1][1].last, date(year, 12, 31), as_of or date.max)
        return Division(spans, Span(spans[0][1].first, last))


def of_year(rows: list[tuple[str, Span]], year: int) -> tuple[str, Span] | None:
    """Of those that touch the year the one its middle falls into (terms change around New Year), else the earliest."""
    touching = [each for each in rows if each[1].first.year <= year <= each[1].last.year]
    middle = date(year, 7, 1)
    touching.sort(key=lambda each: (not each[1].first <= middle <= each[1].last, each[1].first))
    return touching[0] if touching else None


def need_roots(targets: Iterable[Target]) -> bool:
    return any(each.period in OCCASIONS for each in targets)


def roots_of(office_ids: Iterable[int], tree: Tree) -> dict[int, int]:
    """Each office's committee, the root of its tree."""
    parents = {child: parent for parent, children in tree.items() for child in children}
    return {office: up(office, parents) for office in office_ids}


def up(office: int, parents: dict[int, int | None]) -> int:
    seen = {office}
    while (above := parents.get(office)) and above not in seen:
        seen.add(above)
        office = above
    return office


def plenaries(root_ids: frozenset[int]) -> dict[int, list[tuple[str, Span]]]:
    """Committee → the days of its plenaries."""
    rows = Session.objects.filter(term__office_id__in=root_ids)
    found: dict[int, list[tuple[str, Span]]] = {}
    for root, first, last in rows.values_list("term__office_id", "plenary_starts", "plenary_ends"):
        found.setdefault(root, []).append(("全会期间", Span(first, last)))
    return found


def terms(root_ids: frozenset[int]) -> dict[int, list[tuple[str, Span]]]:
    """Committee → the days of its terms; one without an end lasts as many years as the rule says."""
    rows = list(Term.objects.filter(office_id__in=root_ids).values_list("office_id", "name", "starts", "ends"))
    open_ones = any(ends is None for _, _, _, ends in rows)
    years = rule(TERM_YEARS) if open_ones else 0
    found: dict[int, list[tuple[str, Span]]] = {}
    for root, name, starts, ends in rows:
        found.setdefault(root, []).append((name, Span(starts, ends or later(starts, years))))
    return found


def later(day: date, years: int) -> date:
    """The last day of a span of whole years."""
    return date(day.year + years, day.month, 1) + timedelta(days=day.day - 2)


# --- parts of a year -------------------------------------------------------------------------------------------------
def divided(year: int, parts: int) -> tuple[tuple[str, Span], ...]:
    """A year in 1, 2, 4, 6, 12 or 36 periods with their labels."""
    if parts == 36:
        return tuple(third for month in range(1, 13) for third in thirds(year, month))
    months = 12 // parts
    return tuple((label(first, months), Span.months(year, first, first + months - 1)) for first in range(1, 13, months))


def thirds(year: int, month: int) -> list[tuple[str, Span]]:
    """5月上旬, 5月中旬, 5月下旬."""
    whole = Span.months(year, month, month)
    return [
        (f"{month}月{name}", Span(date(year, month, first), date(year, month, min(last, whole.last.day))))
        for name, first, last in PARTS_OF_MONTH.values()
    ]


def label(first: int, months: int) -> str:
    """全年, 上半年, 三季度, 3—4月, 5月."""
    halves = {1: "上半年", 7: "下半年"}
    quarters = {1: "一季度", 4: "二季度", 7: "三季度", 10: "四季度"}
    names = {12: {1: "全年"}, 6: halves, 3: quarters, 1: {first: f"{first}月"}}
    return names.get(months, {}).get(first, f"{first}—{first + months - 1}月")


def day_of(target: Target, as_of: date | None) -> date:
    """The day the standing is told of; a target of a term is told of in the year of its plan."""
    day = as_of or today()
    return min(day, date(target.plan.year, 12, 31)) if target.period == Period.TERM else day
