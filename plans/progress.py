"""How far a plan's targets are: the one place where an actual is computed (law 4).

    progress.of_plan(plan)                         for a page
    progress.of_plan(plan, as_of=date(2026, 6, 30))  for a half-year report: only records up to that day count
    progress.of_targets(targets)                   for several plans at once

The number of queries does not depend on the number of targets. Nothing is stored; nothing is typed.

A target is a row of periods (全年 is one, 每季度 four, 本届 one of several years). Each period asks for `amount`; the
line to its last day is straight. The words of the operator: 不少于 asks for the amount; 计划 and 范围 are met from the
(lower) amount on and say when more was done; 不超过 is met as long as the amount is not exceeded. 每名委员 and
每个联络组 are met when as many serving members, active groups as asked (all, or `coverage_goal` per cent) have reached
the amount in every period. 百分比 is what the records say now, judged without a line; 人均 is the count divided by
the serving members. Subjects joined by 或者 are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from functools import partial

from core.clock import Span, today
from members.models import Member
from organisation.models import LiaisonGroup
from organisation.selectors import children_by_parent, descend
from plans import counting, periods, subjects
from plans.counting import Answer, Question
from plans.enums import Metric, Operator, Scope
from plans.figures import ZERO, Basis, Coverage, Part, PeriodStanding, Progress
from plans.measures import Window, measures
from plans.models import AnnualPlan, Target
from plans.periods import Division, Occasions
from plans.subjects import Subject
from plans.units import Units

Offices = Mapping[int, frozenset[int]]


# --- computing -----------------------------------------------------------------------------------------------------
def of_plan(plan: AnnualPlan, *, as_of: date | None = None) -> list[Progress]:
    """The progress of each of the plan's targets, in their order."""
    targets = list(plan.targets.all())
    for target in targets:
        target.plan = plan
    return of_targets(targets, as_of=as_of)


def of_targets(targets: Sequence[Target], *, as_of: date | None = None, reach: Offices | None = None) -> list[Progress]:
    """Progress of targets of any plans (select_related("plan")), in their order.

    Without `as_of` the whole year's records count and the pace is that of today. With it, only records up to that
    day count and the pace is that of that day. Four queries (the offices, the records, members, groups), one more per
    measure whose measure words depend on the type, one for joint offices, up to three for plenaries and terms.
    `reach`: office → itself and those below it, when the caller knows them already.
    """
    if not targets:
        return []
    tree = children_by_parent() if reach is None or periods.need_roots(targets) else {}
    offices = reach if reach is not None else reach_of({target.plan.office_id for target in targets}, tree)
    occasions = Occasions.of(targets, tree)
    asked = [asking(target, offices[target.plan.office_id], occasions, as_of) for target in targets]
    questions = [question for each in asked for question in each.questions]
    answers, units = iter(counting.answers(questions)), Units(questions)
    people = everybody(targets, offices, as_of)
    return [
        computed(each, [next(answers) for _ in each.questions], people.get(whom(each.target), ()), units)
        for each in asked
    ]


def reach_of(office_ids: Iterable[int], tree: periods.Tree | None = None) -> dict[int, frozenset[int]]:
    """Each office with those below it."""
    tree = children_by_parent() if tree is None else tree
    return {office_id: frozenset(descend(office_id, tree)) for office_id in office_ids}


# --- asking ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """What is to be counted for a target: one question per subject, or why that is impossible."""

    target: Target
    as_of: date
    division: Division | None = None
    questions: tuple[Question, ...] = ()
    problem: str = ""


def asking(target: Target, office_ids: frozenset[int], occasions: Occasions, as_of: date | None) -> Asked:
    """A plan counts its own office and those below it."""
    day, division = periods.day_of(target, as_of), occasions.division(target, as_of)
    wanted = subjects.of(target)
    problem = refusal(target, wanted) or (division if isinstance(division, str) else "")
    if problem:
        return Asked(target, day, problem=problem)
    questions = tuple(
        Question(
            measures.get(each.measure), Window(office_ids, division.counted, tuple(sorted(each.filters.items()))),
            each.metric, target.scope, division.parts,
        )
        for each in wanted
    )  # fmt: skip
    return Asked(target, day, division, questions)


def refusal(target: Target, wanted: Sequence[Subject]) -> str:
    """Why one of the subjects cannot be counted this way, or several of them not together."""
    found = (counting.refusal(measures.find(each.measure), each.metric, target.scope) for each in wanted)
    return next(filter(None, found), "") or (subjects.not_together(target.metric) if len(wanted) > 1 else "")


def whom(target: Target) -> tuple[str, int, int]:
    """Whose members or groups a target asks of: (scope, office, year). An average is one over all members."""
    scope = Scope.EACH_MEMBER if target.metric == Metric.AVERAGE else target.scope
    return scope, target.plan.office_id, target.plan.year


def everybody(targets: Iterable[Target], offices: Offices, as_of: date | None) -> dict[tuple[str, int, int], list[int]]:
    """(scope, office, year) → the members (active groups) that the targets ask of; one query per scope in use.

    Of a past year those members count who served when it ended: a change of members must not rewrite it.
    """
    found: dict[tuple[str, int, int], list[int]] = {}
    wanted = {whom(target) for target in targets}
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


# --- reading the answers ---------------------------------------------------------------------------------------------
def computed(asked: Asked, found: Sequence[Answer], keys: Sequence[int], units: Units) -> Progress:
    if asked.problem:
        return Progress(asked.target, asked.as_of, problem=asked.problem)
    target, answer = asked.target, added(found)
    reading = Reading(target.metric, answer, len(keys))
    times = 1 if target.metric == Metric.PERCENT else asked.division.parts
    return Progress(
        target, asked.as_of,
        unit=units.together(asked.questions),
        actual=reading.overall,
        amount=None if target.amount is None else target.amount * times,
        amount_max=None if target.amount_max is None else target.amount_max * times,
        periods=standings(asked, reading),
        coverage=coverage(target, answer, keys, asked.division.parts),
        subjects=parts(asked, found, units) if len(found) > 1 else (),
        basis=reading.basis(asked.questions[0], units),
        link=partial(address, asked.questions[0]) if len(found) == 1 else None,
    )  # fmt: skip


def added(found: Sequence[Answer]) -> Answer:
    """The answers of all subjects as one."""
    if len(found) == 1:
        return found[0]
    together = Answer()
    for answer in found:
        for key, row in [(counting.NOBODY, answer.totals), *answer.each.items()]:
            for bucket, value in row.items():
                together.add(key, bucket, value)
    return together


def parts(asked: Asked, found: Sequence[Answer], units: Units) -> tuple[Part, ...]:
    return tuple(
        Part(
            subjects.encode(each.measure.key, dict(each.window.filters)), answer.sum, units.of(each), address(each)
        )
        for each, answer in zip(asked.questions, found, strict=True)
    )  # fmt: skip


def address(question: Question, span: Span | None = None, key: int | None = None) -> str:
    """The page of the records behind the answer: all of them, those of one period, those of one member or group
    (`key`). Empty for a measure whose list cannot be narrowed to one.
    """
    measure, window = question.measure, question.window
    if span is not None:
        window = replace(window, span=Span(span.first, min(span.last, window.span.last)))
    if key is None:
        return measure.url(window, question.metric)
    narrowed = measure.member_query if question.scope == Scope.EACH_MEMBER else measure.group_query
    return measure.url(window, question.metric, narrowed(key)) if narrowed else ""


def standings(asked: Asked, reading: Reading) -> tuple[PeriodStanding, ...]:
    is_rate = asked.target.metric == Metric.PERCENT
    return tuple(
        PeriodStanding(label, span, value, asked.target.amount, asked.as_of, is_rate, known)
        for (label, span), (value, known) in zip(
            asked.division.spans, map(reading.period, range(asked.division.parts)), strict=True
        )
    )


@dataclass(frozen=True)
class Reading:
    """The value of an answer by metric: as it was counted, as a percentage of the whole, or per member."""

    metric: str
    answer: Answer
    members: int

    @property
    def overall(self) -> Decimal:
        return value(self.metric, self.answer.sum, self.whole(self.answer.whole.sum))

    def whole(self, of_rate: Decimal) -> Decimal:
        return Decimal(self.members) if self.metric == Metric.AVERAGE else of_rate

    def period(self, index: int) -> tuple[Decimal, bool]:
        """The value of one period and whether there is anything to take it from."""
        whole = self.whole(self.answer.whole.totals.get(index, ZERO))
        found = value(self.metric, self.answer.totals.get(index, ZERO), whole)
        return found, bool(whole) or self.metric != Metric.PERCENT

    def basis(self, question: Question, units: Units) -> Basis | None:
        if self.metric == Metric.PERCENT:
            ratio = question.measure.ratio
            return Basis(ratio.label, ratio.words, ratio.unit, self.answer.sum, self.answer.whole.sum)
        if self.metric == Metric.AVERAGE:
            return Basis("人均", ("共", "委员"), units.of(question), self.answer.sum, Decimal(self.members), "人")
        return None


def value(metric: str, part: Decimal, whole: Decimal) -> Decimal:
    """Rounded down, so that 100% and an amount asked for are said only when they are reached."""
    if metric == Metric.PERCENT:
        return 1000 * part // whole / 10 if whole else ZERO
    if metric == Metric.AVERAGE:
        return (part / whole).quantize(Decimal("0.01"), ROUND_DOWN) if whole else ZERO
    return part


def coverage(target: Target, answer: Answer, keys: Sequence[int], times: int) -> Coverage | None:
    """Who has reached the amount in each of the periods; a ceiling is reached by nobody and is not a coverage.

    A percentage asks of those only for whom there is something to take it from.
    """
    if target.scope == Scope.OFFICE or target.operator == Operator.AT_MOST:
        return None
    rated = target.metric == Metric.PERCENT
    asked = [key for key in keys if key in answer.whole.each] if rated else keys
    short = frozenset(key for key in asked if not reached(target, answer, key, times))
    counts = {key: amount_of(target, answer, key) for key in asked}
    noun = "名委员" if target.scope == Scope.EACH_MEMBER else "个联络组"
    return Coverage(len(asked) - len(short), len(asked), needed(target, len(asked)), noun, counts, short)


def needed(target: Target, of: int) -> int:
    """How many of them have to be there, rounded up."""
    goal = Decimal(100) if target.coverage_goal is None else target.coverage_goal
    return int((of * goal / 100).to_integral_value(ROUND_CEILING))


def amount_of(target: Target, answer: Answer, key: int) -> Decimal:
    whole = sum(answer.whole.each.get(key, {}).values(), ZERO)
    return value(target.metric, sum(answer.each.get(key, {}).values(), ZERO), whole)


def reached(target: Target, answer: Answer, key: int, times: int) -> bool:
    """In every period; where a percentage has nothing to be taken from, nothing is asked."""
    mine, whole = answer.each.get(key, {}), answer.whole.each.get(key, {})
    judged = [index for index in range(times) if target.metric != Metric.PERCENT or whole.get(index)]
    return all(
        value(target.metric, mine.get(index, ZERO), whole.get(index, ZERO)) >= (target.amount or ZERO)
        for index in judged
    )
