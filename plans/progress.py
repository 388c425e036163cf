"""How far a plan's targets are: the one place where an actual is computed (law 4).

    progress.of_plan(plan)                         for a page
    progress.of_plan(plan, as_of=date(2026, 6, 30))  for a half-year report: only records up to that day count
    progress.of_targets(targets)                   for several plans at once

The number of queries does not depend on the number of targets. Nothing is stored; nothing is typed.

A target is a row of periods (全年 is one period, 每季度 four). Each period asks for `amount`; the line to its last day
is straight. The words of the operator: 不少于 asks for the amount; 计划 and 范围 are met from the (lower) amount on
and say when more was done; 不超过 is met as long as the amount is not exceeded. 每名委员 and 每个联络组 are met when
every serving member, every active group has reached the amount in every period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.clock import Span, today
from members.models import Member
from organisation.models import LiaisonGroup
from organisation.selectors import children_by_parent, descend
from plans import counting
from plans.counting import Answer, Question
from plans.enums import Metric, Operator, Period, Scope
from plans.figures import ZERO, Coverage, PeriodStanding, Progress
from plans.measures import Measure, Window, measures
from plans.models import AnnualPlan, Target

MONTHS = {Period.YEAR: 12, Period.HALF_YEAR: 6, Period.QUARTER: 3, Period.TWO_MONTHS: 2, Period.MONTH: 1}
UNITS = {Metric.PERSON_TIMES: "人次", Metric.MEMBERS: "人", Metric.HOURS: "小时", Metric.AMOUNT: "元",
         Metric.HOUSEHOLDS: "户", Metric.COPIES: "册"}  # fmt: skip
DIGITS = "一二三四"


# --- computing -----------------------------------------------------------------------------------------------------
def of_plan(plan: AnnualPlan, *, as_of: date | None = None) -> list[Progress]:
    """The progress of each of the plan's targets, in their order."""
    targets = list(plan.targets.all())
    for target in targets:
        target.plan = plan
    return of_targets(targets, as_of=as_of)


def of_targets(
    targets: Sequence[Target], *, as_of: date | None = None, reach: Mapping[int, frozenset[int]] | None = None
) -> list[Progress]:
    """Progress of targets of any plans (select_related("plan")), in their order.

    Without `as_of` the whole year's records count and the pace is that of today. With it, only records up to that
    day count and the pace is that of that day. At most four queries: the offices, the records, members, groups.
    `reach`: office → itself and those below it, when the caller knows them already.
    """
    if not targets:
        return []
    offices = reach if reach is not None else reach_of({target.plan.office_id for target in targets})
    asked = [question(target, offices[target.plan.office_id], as_of) for target in targets]
    answers = iter(counting.answers([each for each in asked if isinstance(each, Question)]))
    people = everybody(targets, offices, as_of)
    found = []
    for target, each in zip(targets, asked, strict=True):
        keys = people.get((target.scope, target.plan.office_id, target.plan.year), ())
        problem = isinstance(each, str)
        found.append(refused(target, each, as_of) if problem else computed(target, each, next(answers), keys, as_of))
    return found


def reach_of(office_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each office with those below it."""
    tree = children_by_parent()
    return {office_id: frozenset(descend(office_id, tree)) for office_id in office_ids}


def question(target: Target, office_ids: frozenset[int], as_of: date | None) -> Question | str:
    """What to count for the target, or why that is impossible. A plan counts its own office and those below it."""
    measure = measures.find(target.measure)
    if problem := counting.refusal(measure, target.metric, target.scope):
        return problem
    window = Window(office_ids, counted_span(target.plan.year, as_of), tuple(sorted(target.filters.items())))
    return Question(measure, window, target.metric, target.scope, MONTHS[Period(target.period)])


def counted_span(year: int, as_of: date | None) -> Span:
    """The year, up to the day of a report; a day before the year leaves nothing to count."""
    whole = Span.year(year)
    return whole if as_of is None else Span(whole.first, min(as_of, whole.last))


def everybody(
    targets: Iterable[Target], offices: Mapping[int, frozenset[int]], as_of: date | None
) -> dict[tuple[str, int, int], list[int]]:
    """(scope, office, year) → the members (active groups) that the targets ask of; one query per scope in use.

    Of a past year those members count who served when it ended: a change of members must not rewrite it.
    """
    found: dict[tuple[str, int, int], list[int]] = {}
    wanted = {(target.scope, target.plan.office_id, target.plan.year) for target in targets}
    for scope, rows_of in ((Scope.EACH_MEMBER, Member.objects.times), (Scope.EACH_GROUP, group_times)):
        asking = [(office, year) for each, office, year in wanted if each == scope]
        below = frozenset().union(*(offices[office] for office, _ in asking))
        rows = rows_of(below) if asking else []
        for office, year in asking:
            day = min(as_of or today(), date(year, 12, 31))
            found[scope, office, year] = [
                pk for pk, at, since, until in rows if at in offices[office] and since <= day <= until
            ]
    return found


def group_times(office_ids: frozenset[int]) -> list[tuple[int, int, date, date]]:
    """Active groups in the shape of Member.objects.times; groups have no dates."""
    rows = LiaisonGroup.objects.filter(is_active=True, office_id__in=office_ids).values_list("pk", "office_id")
    return [(pk, at, date.min, date.max) for pk, at in rows]


def refused(target: Target, problem: str, as_of: date | None) -> Progress:
    return Progress(target, as_of or today(), problem=problem)


def computed(target: Target, asked: Question, answer: Answer, keys: Sequence[int], as_of: date | None) -> Progress:
    spans = [Span.months(target.plan.year, first + 1, first + asked.months) for first in range(0, 12, asked.months)]
    day, times = as_of or today(), len(spans)
    periods = tuple(
        PeriodStanding(period_label(asked.months, index), span, answer.totals.get(index, ZERO), target.amount, day)
        for index, span in enumerate(spans)
    )
    return Progress(
        target, day,
        unit=unit_of(asked.measure, asked.metric),
        actual=sum(answer.totals.values(), ZERO),
        amount=None if target.amount is None else target.amount * times,
        amount_max=None if target.amount_max is None else target.amount_max * times,
        periods=periods,
        coverage=coverage(target, answer, keys, times),
        url=asked.measure.url(asked.window),
    )  # fmt: skip


def coverage(target: Target, answer: Answer, keys: Sequence[int], times: int) -> Coverage | None:
    """Who has reached the amount in each of the periods; a ceiling is reached by nobody and is not a coverage."""
    if target.scope == Scope.OFFICE or target.operator == Operator.AT_MOST:
        return None
    short = frozenset(key for key in keys if not reached(target, answer.each.get(key, {}), times))
    counts = {key: sum(answer.each.get(key, {}).values(), ZERO) for key in keys}
    noun = "名委员" if target.scope == Scope.EACH_MEMBER else "个联络组"
    return Coverage(len(keys) - len(short), len(keys), noun, counts, short)


def reached(target: Target, buckets: Mapping[int, Decimal], times: int) -> bool:
    return all(buckets.get(index, ZERO) >= (target.amount or ZERO) for index in range(times))


def unit_of(measure: Measure, metric: str) -> str:
    return measure.unit if metric == Metric.RECORDS else UNITS.get(Metric(metric), "")


def period_label(months: int, index: int) -> str:
    """全年, 上半年, 三季度, 3—4月, 5月."""
    first = index * months + 1
    names: dict[int, Any] = {12: "全年", 6: "上半年" if first == 1 else "下半年", 3: f"{DIGITS[index % 4]}季度"}
    return names.get(months) or (f"{first}月" if months == 1 else f"{first}—{first + 1}月")
