"""The plans of several offices in one view: who has one, how it goes, all items on one board, targets side by side.

The number of queries does not depend on the number of offices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.roles import Can
from organisation.models import Office
from organisation.selectors import children_by_parent, descend, grants
from plans import links, progress, schedule, subjects, yearboard
from plans.board import TargetCard
from plans.enums import Metric, PlanState, Scope
from plans.figures import Progress, number
from plans.models import AnnualPlan, ScheduledItem, Target
from plans.pages.summaries import ScheduleSummary, Summary, state_tone
from plans.periods import OCCASIONS
from plans.schedule import Standing
from plans.yearboard import Asking, Board

#: What may be added over offices; distinct people and averages may not.
ADDITIVE = frozenset({
    Metric.RECORDS, Metric.PERSON_TIMES, Metric.HOURS, Metric.AMOUNT, Metric.HOUSEHOLDS, Metric.COPIES,
})  # fmt: skip


@dataclass
class OfficeLine:
    """One office and its plan for the year: that in force, else the newest on its way, else none."""

    office: Office
    plan: AnnualPlan | None
    figures: list[Progress] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)

    @property
    def is_in_force(self) -> bool:
        return self.plan is not None and self.plan.state == PlanState.APPROVED

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone)"""
        return (self.plan.state_label, state_tone(self.plan.state)) if self.plan else ("没有计划", "warning")

    @property
    def summary(self) -> Summary:
        return Summary.of(self.figures)

    @property
    def scheduled(self) -> ScheduleSummary:
        return ScheduleSummary.of(self.standings)


def offices_in_sight(user: Any) -> list[Office]:
    """The offices whose plans the user looks into, the county's first."""
    rows = Office.objects.filter(pk__in=grants(user).where(Can.VIEW_PLANS), is_active=True)
    return sorted(rows, key=lambda office: (office.parent_id is not None, office.code))


def tree(office: Office) -> list[Office]:
    """The office and the active ones below it."""
    rows = Office.objects.filter(pk__in=descend(office.pk), is_active=True)
    return sorted(rows, key=lambda each: (each.pk != office.pk, each.code))


def lines(offices: Sequence[Office], year: int) -> list[OfficeLine]:
    """One line per office in their order; figures and standings of the plans in force."""
    plans = plans_by_office(offices, year)
    found = {office.pk: OfficeLine(office, plans.get(office.pk)) for office in offices}
    in_force = {line.plan.pk: line for line in found.values() if line.plan and line.is_in_force}
    for figure in progress.of_targets(parts(Target, in_force)):
        in_force[figure.target.plan_id].figures.append(figure)
    for each in schedule.standing(parts(ScheduledItem, in_force)):
        in_force[each.item.plan_id].standings.append(each)
    return list(found.values())


def plans_by_office(offices: Sequence[Office], year: int) -> dict[int, AnnualPlan]:
    """The plan in force goes before the newest on its way."""
    known = {office.pk: office for office in offices}
    rows = AnnualPlan.objects.filter(office__in=known, year=year).exclude(state=PlanState.SUPERSEDED)
    found: dict[int, AnnualPlan] = {}
    for plan in rows.order_by("revision"):
        before = found.get(plan.office_id)
        if before is None or before.state != PlanState.APPROVED:
            found[plan.office_id] = plan
        plan.office = known[plan.office_id]
    return found


def parts(model: Any, lines: dict[int, OfficeLine]) -> list[Any]:
    """Rows of these plans in the order of the offices, with their plan; one query."""
    rows = model.objects.filter(plan__in=lines)
    if model is ScheduledItem:
        rows = rows.select_related("group")
    place = {pk: at for at, pk in enumerate(lines)}
    found = sorted(rows, key=lambda row: place[row.plan_id])
    for row in found:
        row.plan = lines[row.plan_id].plan
    return found


def below(plan: AnnualPlan, user: Any) -> list[Office]:
    """Active offices below the plan's that the user looks into; no query for an office without any."""
    ids = descend(plan.office_id) - {plan.office_id}
    return [office for office in offices_in_sight(user) if office.pk in ids] if ids else []


# --- all items on one board ----------------------------------------------------------------------------------------
def board(found: Sequence[OfficeLine], year: int, user: Any = None) -> Board:
    """A row per office with a plan in force or unplanned work."""
    outside = links.unplanned({line.office.pk for line in found}, year)
    standings = [each for line in found for each in line.standings]
    names = [(line.office.pk, line.office.short_name, line.plan.get_absolute_url() if line.plan else "")
             for line in found]  # fmt: skip
    return yearboard.build(year, names, standings, outside, office_of, Asking(user))


def office_of(each: Any) -> int:
    return each.plan.office_id if isinstance(each, ScheduledItem) else each.office_id


# --- targets side by side ------------------------------------------------------------------------------------------
@dataclass
class SumRow:
    """One thing counted, over the offices that have a target for it; `total` only where adding makes sense.

    An office's figures hold those of the offices below it: where one stands above all others of the row (`top`), its
    figure is the total; else an office above another is not added.
    """

    label: str
    additive: bool
    unit: str
    cells: dict[int, Progress] = field(default_factory=dict)
    above: frozenset[int] = frozenset()
    top: int | None = None

    @property
    def added(self) -> list[Progress]:
        if self.top is not None:
            return [self.cells[self.top]]
        return [figure for pk, figure in self.cells.items() if pk not in self.above]

    @property
    def done(self) -> Decimal | None:
        return sum((each.done for each in self.added), Decimal(0)) if self.additive else None

    @property
    def goal(self) -> Decimal | None:
        """What is asked of all together; None while one of them is open."""
        goals = [each.goal for each in self.added]
        return sum(goals, Decimal(0)) if self.additive and all(goal is not None for goal in goals) else None

    @property
    def total(self) -> str:
        if self.done is None:
            return ""
        return f"{number(self.done)}/{number(self.goal)}{self.unit}" if self.goal else f"{number(self.done)}{self.unit}"

    @property
    def percent(self) -> int | None:
        return int(self.done * 100 // self.goal) if self.goal and self.done is not None else None


def sums(figures: Iterable[Progress], office: Office) -> list[SumRow]:
    """Targets of the same measure, filters, metric and scope in one row, in the order they come."""
    labels = subjects.labels(office)
    rows: dict[tuple[str, ...], SumRow] = {}
    for figure in figures:
        target = figure.target
        codes = "".join(each.code for each in subjects.of(target))
        key = (codes, target.metric, target.scope, target.period if target.period in OCCASIONS else "")
        additive = target.scope == Scope.OFFICE and target.metric in ADDITIVE and figure.countable
        row = rows.setdefault(key, SumRow(named(target, subjects.in_words(target, labels)), additive, figure.unit))
        row.additive = row.additive and additive and target.plan.office_id not in row.cells
        row.cells.setdefault(target.plan.office_id, figure)
    tree = children_by_parent()
    for row in rows.values():
        row.above = frozenset(pk for pk in row.cells if row.cells.keys() & (descend(pk, tree) - {pk}))
        row.top = next((pk for pk in row.above if row.cells.keys() <= descend(pk, tree)), None)
    return list(rows.values())


def named(target: Target, words: str) -> str:
    return words if target.scope == Scope.OFFICE else f"{words}（{target.get_scope_display()}）"


def side_by_side(rows: Sequence[SumRow], offices: Sequence[Office]) -> list[tuple[SumRow, list[tuple[Any, str]]]]:
    """Each row with (card, name of the office) per office."""
    return [(row, [(card(row.cells.get(office.pk)), office.short_name) for office in offices]) for row in rows]


def card(figure: Progress | None) -> TargetCard | None:
    return TargetCard(figure, True) if figure else None


def with_targets(found: Collection[OfficeLine]) -> list[OfficeLine]:
    return [line for line in found if line.figures]
