"""What is counted for the key figures: for several sets of offices and both years at once.

The number of queries depends neither on the number of offices nor on that of the records. Nothing is defined here:
activities and opinions are counted by their measures (`plans.asking`), proposals and their handling by
`proposals.statistics` and `handling.statistics`, targets by `plans.progress`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear

from core.clock import Span
from handling.statistics import Tally, added, tallied
from members.models import Member
from plans import progress
from plans.asking import Ask, Found, ask_all
from plans.enums import Metric, PlanState
from plans.figures import Progress
from plans.models import Target
from plans.pages.summaries import Summary
from proposals.models import Proposal
from proposals.statistics import LABELS, Scope, totals_by
from reports.statistics.periods import Period

NOW, LAST = "now", "last"
#: Figures of the measures, by key.
ASKED: dict[str, Ask] = {
    "activities": Ask("activities"),
    "attendance": Ask("activities", Metric.PERCENT),
    "members": Ask("activities", Metric.MEMBERS),
    "opinions": Ask("opinions"),
    "accepted": Ask("opinions", filters={"stage": "accepted"}),
    "adoption": Ask("opinions", Metric.PERCENT),
}
#: Drawn as a chart of the year.
MONTHLY, BY_MONTH = "months", Ask("activities", parts=12)
#: Where category and state stand in the keys of `Count.decided`.
CATEGORY_AT, STATE_AT = 3, 4
Decided = dict[tuple[Any, ...], dict[str, int]]


@dataclass(frozen=True)
class OfMembers(Scope):
    """Proposals of the members of one office, whoever received them: a county's office receives those of all."""

    home: int = 0

    @property
    def rows(self) -> QuerySet[Proposal]:
        return super().rows.filter(home_office_id=self.home)

    def url(self, figure: str = "", of: object = "") -> str:
        return f"{super().url(figure, of)}&{urlencode({'home_office': self.home})}"


@dataclass(frozen=True)
class Basics:
    """What was counted for some offices in one span. `scope` is that of the proposals, `serving` the members in office
    on its last day; `targets` are those of the office's own plan, None without a plan in force.
    """

    office_ids: frozenset[int]
    span: Span
    scope: Scope
    found: Mapping[str, Found]
    decided: Mapping[str, int]
    tally: Tally
    serving: int = 0
    targets: Sequence[Progress] | None = None

    @property
    def summary(self) -> Summary | None:
        return Summary.of(self.targets) if self.targets is not None else None


@dataclass(frozen=True)
class Group:
    """Offices counted together. `office_id`: whose plan is looked at; with `earlier` the year before too; `home`: one
    office without those below it, see OfMembers.
    """

    key: str
    office_ids: frozenset[int]
    office_id: int | None = None
    earlier: bool = False
    home: int | None = None

    def scope(self, span: Span) -> Scope:
        return OfMembers(self.office_ids, span=span, home=self.home) if self.home else Scope(self.office_ids, span=span)

    def holds(self, at: tuple[Any, ...], year: int) -> bool:
        """Whether proposals with these `offices_and_year` are of its scope; see `proposals.selectors.of_offices`."""
        home, office, of_year = at[:3]
        is_ours = home == self.home if self.home else home in self.office_ids or office in self.office_ids
        return is_ours and of_year == year


@dataclass
class Count:
    """Counts of all groups. Each part is asked for once, when it is first needed."""

    groups: Sequence[Group]
    period: Period
    #: Office → itself and those below it, for the targets.
    reach: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def of(self, key: str, when: str = NOW) -> Basics | None:
        """None for a year that was not asked for."""
        group = self.by_key[key]
        if when == LAST and not group.earlier:
            return None
        span = self.span(when)
        year = span.first.year
        return Basics(
            group.office_ids, span, group.scope(span), {name: self.measured[key, when, name] for name in ASKED},
            summed(counts for at, counts in self.decided_by_office.items() if group.holds(at, year)),
            added(tally for at, tally in self.handled.items() if group.holds(at, year)),
            self.serving_in(group.office_ids, span), self.targets.get((group.office_id, year)),
        )  # fmt: skip

    @cached_property
    def by_key(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    def span(self, when: str) -> Span:
        return self.period.now if when == NOW else self.period.last

    # --- measures ------------------------------------------------------------------------------------------------
    @cached_property
    def measured(self) -> dict[tuple[str, str, str], Found]:
        """(group, year, figure) → figure; one query, and one for joint activities."""
        wanted: dict[tuple[str, str, str], tuple[Ask, frozenset[int], Span]] = {}
        for group in self.groups:
            for when in (NOW, LAST) if group.earlier else (NOW,):
                asked = {(group.key, when, key): (ask, group.office_ids, self.span(when)) for key, ask in ASKED.items()}
                year = self.span(when).first.year
                monthly = {(group.key, when, MONTHLY): (BY_MONTH, group.office_ids, Span.year(year))}
                wanted |= {**asked, **monthly} if group.earlier else asked
        return dict(zip(wanted, ask_all(list(wanted.values())), strict=True))

    def months(self, key: str, when: str = NOW) -> list[int]:
        """Activities of each month of the whole year, of a group that is counted for both years."""
        found = self.measured[key, when, MONTHLY].periods
        return [int(found.get(at, 0)) for at in range(12)]

    # --- proposals -------------------------------------------------------------------------------------------------
    @cached_property
    def everywhere(self) -> frozenset[int]:
        return frozenset().union(*(group.office_ids for group in self.groups))

    @cached_property
    def proposals(self) -> QuerySet[Proposal]:
        """Those collected in either span."""
        now, last = self.period.now, self.period.last
        return Scope(self.everywhere, span=Span(last.first, now.last)).rows.filter(within(now) | within(last))

    @cached_property
    def decided(self) -> Decided:
        """(home office, receiving office, year, category, state) → counts; one query."""
        return totals_by(self.proposals, *offices_and_year("").values(), "category", "state")

    @cached_property
    def decided_by_office(self) -> Decided:
        """The same without category and state."""
        rows: dict[tuple[Any, ...], list[dict[str, int]]] = {}
        for at, counts in self.decided.items():
            rows.setdefault(at[:3], []).append(counts)
        return {at: summed(counts) for at, counts in rows.items()}

    def decided_by(self, key: str, place: int) -> dict[str, dict[str, int]]:
        """This year's counts of a group by category (CATEGORY_AT) or state (STATE_AT)."""
        rows: dict[str, list[dict[str, int]]] = {}
        for at, counts in self.decided.items():
            if self.by_key[key].holds(at, self.period.year):
                rows.setdefault(at[place], []).append(counts)
        return {value: summed(counts) for value, counts in rows.items()}

    @cached_property
    def handled(self) -> dict[tuple[Any, ...], Tally]:
        """(home office, receiving office, year) → tally; three queries."""
        return tallied(self.proposals, lambda at: offices_and_year(f"{at}proposal__"))

    # --- people and plans --------------------------------------------------------------------------------------------
    @cached_property
    def people(self) -> list[tuple[int, int, date, date]]:
        return Member.objects.times(self.everywhere)

    def serving_in(self, office_ids: frozenset[int], span: Span) -> int:
        day = min(span.last, self.period.today)
        return sum(1 for _, at, since, until in self.people if at in office_ids and since <= day <= until)

    @cached_property
    def targets(self) -> dict[tuple[int | None, int], list[Progress]]:
        """(office, year) → standing of the targets of its plan in force."""
        year = self.period.year
        own = {group.office_id for group in self.groups if group.office_id}
        earlier = {group.office_id for group in self.groups if group.office_id and group.earlier}
        wanted = Q(plan__year=year, plan__office__in=own) | Q(plan__year=year - 1, plan__office__in=earlier)
        rows = Target.objects.filter(wanted, plan__state=PlanState.APPROVED).select_related("plan")
        by_day: dict[date | None, list[Target]] = {}
        for target in rows.order_by("order", "id"):
            day = self.period.as_of if target.plan.year == year else self.period.as_of_last
            by_day.setdefault(day, []).append(target)
        found: dict[tuple[int | None, int], list[Progress]] = {}
        for day, targets in by_day.items():
            for each in progress.of_targets(targets, as_of=day, reach=self.reach):
                found.setdefault((each.target.plan.office_id, each.target.plan.year), []).append(each)
        return found


# --- telling offices and years apart -------------------------------------------------------------------------------
def within(span: Span) -> Q:
    """By the day of submission, which `counted_at` of the collected proposals is."""
    first, end = span.moments
    return Q(counted_at__gte=first, counted_at__lt=end)


def offices_and_year(at: str) -> dict[str, Combinable]:
    """A span and the same span of the year before are told apart by the year."""
    return {
        "key_home": F(f"{at}home_office_id"),
        "key_office": F(f"{at}office_id"),
        "key_year": ExtractYear(f"{at}submitted_at"),
    }


def summed(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total = dict.fromkeys(LABELS, 0)
    for row in rows:
        for key, value in row.items():
            total[key] += value
    return total
