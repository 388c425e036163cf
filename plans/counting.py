"""Counts records for any number of targets with one database query.

Every target becomes a few aggregates over the querysets of its measure; they are joined by UNION ALL. Targets of
several plans that ask the same of different offices share an aggregate, grouped by office: a list of fifty plans costs
little more than one. A percentage is two counts, part and whole. Nothing here knows what an amount or a pace is: see
`plans.progress`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    Model,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth
from django.db.models.lookups import GreaterThan

from core.clock import Span
from plans.enums import Metric, Scope
from plans.measures import Measure, Window

ZERO = Decimal(0)
NOBODY = 0  # the key of totals
ANYWHERE = 0  # the office of counts that do not tell offices apart


@dataclass(frozen=True)
class Question:
    """What is asked for one target. `parts`: into how many periods a year is divided, 1, 2, 4, 6, 12 or 36."""

    measure: Measure
    window: Window
    metric: str
    scope: str
    parts: int = 1


@dataclass
class Counts:
    """`totals[bucket]` over everybody, `each[key][bucket]` per member or group. A bucket is a period from 0 on."""

    totals: dict[int, Decimal] = field(default_factory=dict)
    each: dict[int, dict[int, Decimal]] = field(default_factory=dict)

    def add(self, key: int, bucket: int, value: Decimal) -> None:
        row = self.totals if key == NOBODY else self.each.setdefault(key, {})
        row[bucket] = row.get(bucket, ZERO) + value

    @property
    def sum(self) -> Decimal:
        return sum(self.totals.values(), ZERO)


@dataclass
class Answer(Counts):
    """The counts asked for; of a percentage those of the part, and beside them those of the whole."""

    whole: Counts = field(default_factory=Counts)


@dataclass
class Tally:
    """One count that answers several questions. `asked_by[office]` are the answers an office's rows belong to;
    with `ANYWHERE` the rows are not told apart by office.
    """

    question: Question
    asked_by: dict[int, list[Answer]]

    @property
    def by_office(self) -> bool:
        return ANYWHERE not in self.asked_by


def refusal(measure: Measure | None, metric: str, scope: str) -> str:
    """Why this cannot be counted, as a sentence for the form and the page; empty when it can."""
    if measure is None:
        return "这项统计内容目前没有接入平台。"
    if metric not in measure.metrics:
        return f"“{measure.label}”不能按“{Metric(metric).label}”统计。"
    return "" if scope == Scope.OFFICE else refusal_of_each(measure, metric, scope)


def refusal_of_each(measure: Measure, metric: str, scope: str) -> str:
    """Why this cannot be told for every member or group."""
    if metric == Metric.AVERAGE:
        return "“人均”已经是按委员平均，请把“对谁要求”改为“全办公室合计”。"
    if metric == Metric.PERCENT:
        per_member = measure.ratio is not None and measure.ratio.member_field
        return "" if per_member else f"“{measure.label}”的百分比只能统计全办公室合计。"
    if measure.parts is None:
        return f"“{measure.label}”没有对应到委员，只能统计全办公室合计。"
    if scope == Scope.EACH_MEMBER and metric == Metric.MEMBERS:
        return "“不同委员人数”不能按每名委员统计，请改为“全办公室合计”或“每个联络组”。"
    if scope == Scope.EACH_GROUP and metric in measure.quantities:
        return f"“{Metric(metric).label}”不能按每个联络组统计，请改为“全办公室合计”或“每名委员”。"
    return ""


def answers(questions: Sequence[Question]) -> list[Answer]:
    """The counts for all questions, in their order, with one query (none for no question)."""
    found = [Answer() for _ in questions]
    counts = tallies(questions, found)
    parts = [part for position, tally in enumerate(counts) for part in aggregates(tally, 2 * position)]
    if not parts:
        return found
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for code, key, office, start, value in rows:
        if key is not None:  # a member without a group
            tally = counts[code // 2]
            for answer in tally.asked_by.get(office, ()):
                side = answer.whole if code % 2 else answer
                side.add(key, bucket(tally.question.parts, start), value)
    return found


def tallies(questions: Sequence[Question], found: Sequence[Answer]) -> list[Tally]:
    """As few counts as answer all questions."""
    alike: dict[Any, list[tuple[Question, Answer]]] = {}
    for question, answer in zip(questions, found, strict=True):
        window = question.window
        key = (question.measure.key, window.span, window.filters, question.metric, question.scope, question.parts)
        alike.setdefault(key, []).append((question, answer))
    shared = shared_offices(questions)
    return [tally for group in alike.values() for tally in tallies_of_alike(group, shared)]


def shared_offices(questions: Sequence[Question]) -> dict[Any, frozenset[int]]:
    """Function → offices with records another one keeps (Measure.shared); one query each, none for one plan.

    Asked for all days the questions are about together: an office too many is only counted by itself.
    """
    asked: dict[Any, list[Window]] = {}
    for question in questions:
        if question.measure.shared:
            asked.setdefault(question.measure.shared, []).append(question.window)
    return {
        shared: shared(Window(frozenset().union(*(each.office_ids for each in windows)), hull(windows)))
        for shared, windows in asked.items()
        if len({each.office_ids for each in windows}) > 1
    }


def hull(windows: Sequence[Window]) -> Span:
    return Span(min(each.span.first for each in windows), max(each.span.last for each in windows))


def tallies_of_alike(group: Sequence[tuple[Question, Answer]], shared: Mapping[Any, frozenset[int]]) -> list[Tally]:
    """Questions that differ in their offices only: one count when offices can be told apart and added up."""
    by_offices: dict[frozenset[int], list[Answer]] = {}
    for question, answer in group:
        by_offices.setdefault(question.window.office_ids, []).append(answer)
    first = group[0][0]
    together = {offices: wanted for offices, wanted in by_offices.items() if can_be_shared(first, offices, shared)}
    if len(together) < 2:
        together = {}
    alone = [
        Tally(over(first, offices), {ANYWHERE: wanted})
        for offices, wanted in by_offices.items()
        if offices not in together
    ]
    asked_by: dict[int, list[Answer]] = {}
    for offices, wanted in together.items():
        for office in offices:
            asked_by.setdefault(office, []).extend(wanted)
    return [*alone, Tally(over(first, frozenset(asked_by)), asked_by)] if asked_by else alone


def can_be_shared(question: Question, offices: frozenset[int], shared: Mapping[Any, frozenset[int]]) -> bool:
    """Different members of two offices may be the same persons, so they cannot be added up; all else can, when each
    record belongs to one office."""
    addable = question.metric != Metric.MEMBERS or len(offices) == 1
    apart = shared.get(question.measure.shared, frozenset())
    return bool(office_path(question)) and addable and not offices & apart


def over(question: Question, offices: frozenset[int]) -> Question:
    return replace(question, window=replace(question.window, office_ids=offices))


@dataclass(frozen=True)
class Rows:
    """Where an aggregate takes its rows from: the paths lead from `base` to a day, a member and an office."""

    base: QuerySet
    day: str
    member: str
    office: str


def records_of(question: Question) -> Rows:
    measure = question.measure
    return Rows(measure.records(question.window), measure.date_field, "", measure.office_field)


def parts_of(question: Question) -> Rows:
    measure = question.measure
    office = f"{record_path(question).removesuffix('_id')}__{measure.office_field}" if measure.office_field else ""
    return Rows(measure.parts(question.window), measure.part_date_field, measure.member_field, office)


def sides_of(question: Question) -> tuple[Rows, Rows]:
    """Part and whole of a percentage."""
    ratio, window = question.measure.ratio, question.window
    return tuple(
        Rows(rows(window), ratio.date_field, ratio.member_field, ratio.office_field)
        for rows in (ratio.part, ratio.whole)
    )


def office_path(question: Question) -> str:
    """Empty when the rows of a question cannot be told apart by office."""
    measure = question.measure
    return measure.ratio.office_field if question.metric == Metric.PERCENT else measure.office_field


# --- aggregates ------------------------------------------------------------------------------------------------------
def aggregates(tally: Tally, code: int) -> list[QuerySet]:
    """The total, and for a scope finer than the office a second aggregate per member or group; the whole of a
    percentage comes under the next code.
    """
    question = tally.question
    if question.metric == Metric.PERCENT:
        number = Sum(question.measure.ratio.summed) if question.measure.ratio.summed else Count("pk")
        return [
            each
            for side, rows in enumerate(sides_of(question))
            for each in both(tally, code + side, rows, number, rows, number)
        ]
    return both(tally, code, *total(question), parts_of(question) if question.measure.parts else None, of_key(question))


def both(tally: Tally, code: int, rows: Rows, number: Aggregate, fine: Rows | None, per_key: Any) -> list[QuerySet]:
    found = [grouped(tally, code, rows, Value(NOBODY), number)]
    if tally.question.scope != Scope.OFFICE:
        found.append(grouped(tally, code, fine, key_of(tally.question, fine), per_key))
    return found


def total(question: Question) -> tuple[Rows, Aggregate]:
    if question.metric == Metric.PERSON_TIMES:
        return parts_of(question), Count("pk")
    if question.metric == Metric.MEMBERS:
        return parts_of(question), Count(question.measure.member_field, distinct=True)
    path = quantity(question)
    return records_of(question), Sum(path) if path else Count("pk", distinct=True)


def quantity(question: Question) -> str:
    """Path of what is summed; an average is one of records."""
    metric = Metric.RECORDS if question.metric == Metric.AVERAGE else question.metric
    return question.measure.quantities.get(metric, "")


def key_of(question: Question, rows: Rows) -> F:
    """The member, or the group of the member."""
    by_member = question.scope == Scope.EACH_MEMBER
    return F(rows.member if by_member else f"{rows.member.removesuffix('_id')}__group_id")


def of_key(question: Question) -> Aggregate | None:
    """Per member: their own parts. Per group: those of its members, a record counted once."""
    if question.scope == Scope.OFFICE:
        return None
    if question.scope == Scope.EACH_MEMBER:
        path = quantity(question)
        return Sum(f"{record_path(question).removesuffix('_id')}__{path}") if path else Count("pk")
    if question.metric == Metric.PERSON_TIMES:
        return Count("pk")
    distinct = question.measure.member_field if question.metric == Metric.MEMBERS else record_path(question)
    return Count(distinct, distinct=True)


def record_path(question: Question) -> str:
    """From a part to its record: as the measure says, else the part's only foreign key to the record's model."""
    measure = question.measure
    if measure.record_field:
        return measure.record_field
    return foreign_key(measure.parts(question.window).model, measure.records(question.window).model)


def foreign_key(part: type[Model], record: type[Model]) -> str:
    return next(each.attname for each in part._meta.concrete_fields if each.related_model is record)


def grouped(tally: Tally, code: int, rows: Rows, key: Any, aggregate: Aggregate) -> QuerySet:
    """Rows (code, key, office, start of the period, value) of one aggregate."""
    office = F(rows.office) if tally.by_office else Value(ANYWHERE)
    return (
        rows.base.order_by()
        .annotate(of_target=Value(code, output_field=IntegerField()), of_key=Cast(key, BigIntegerField()),
                  of_office=Cast(office, BigIntegerField()), of_period=period_start(rows.day, tally.question.parts))
        .values("of_target", "of_key", "of_office", "of_period")
        .annotate(counted=Cast(Coalesce(aggregate, 0, output_field=wide()), wide()))
        .values_list("of_target", "of_key", "of_office", "of_period", "counted")
    )  # fmt: skip


def wide() -> DecimalField:
    return DecimalField(max_digits=20, decimal_places=2)


# --- periods ---------------------------------------------------------------------------------------------------------
def period_start(path: str, parts: int) -> Combinable:
    """What tells the period a date falls in: of months the first, counted from 0 (5 May is in the quarter that starts
    with 3); of thirds of a month the third, counted from 0.

    Written without division: openGauss divides integers into fractions.
    """
    if parts == 1:
        return Value(0, output_field=IntegerField())
    from_zero = ExtractMonth(path) - Value(1)
    if parts == 36:
        day = ExtractDay(path)
        third = Case(
            When(GreaterThan(day, Value(20)), then=2), When(GreaterThan(day, Value(10)), then=1), default=0,
            output_field=IntegerField(),
        )  # fmt: skip
        return from_zero * Value(3) + third
    return from_zero - (ExtractMonth(path) - Value(1)) % Value(12 // parts)


def bucket(parts: int, start: int) -> int:
    """The period, counted from 0, that `period_start` stands for."""
    return start if parts in (1, 36) else start // (12 // parts)
