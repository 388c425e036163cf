"""Counts records for any number of targets with one database query.

Every target becomes one or two aggregates over the querysets of its measure; they are joined by UNION ALL. Targets of
several plans that ask the same of different offices share an aggregate, grouped by office: a list of fifty plans costs
little more than one. Nothing here knows what an amount or a pace is: see `plans.progress`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Count,
    DecimalField,
    F,
    IntegerField,
    Model,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractMonth

from plans.enums import Metric, Scope
from plans.measures import Measure, Window

ZERO = Decimal(0)
NOBODY = 0  # the key of totals
ANYWHERE = 0  # the office of counts that do not tell offices apart


@dataclass(frozen=True)
class Question:
    """What is asked for one target. `months` is the length of its periods."""

    measure: Measure
    window: Window
    metric: str
    scope: str
    months: int


@dataclass
class Answer:
    """`totals[bucket]` over everybody, `each[key][bucket]` per member or group. A bucket is a period from 0 on."""

    totals: dict[int, Decimal] = field(default_factory=dict)
    each: dict[int, dict[int, Decimal]] = field(default_factory=dict)

    def add(self, key: int, bucket: int, value: Decimal) -> None:
        row = self.totals if key == NOBODY else self.each.setdefault(key, {})
        row[bucket] = row.get(bucket, ZERO) + value


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
    if scope == Scope.OFFICE:
        return ""
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
    parts = [part for position, tally in enumerate(counts) for part in aggregates(tally, position)]
    if not parts:
        return found
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for position, key, office, start, value in rows:
        if key is not None:  # a member without a group
            tally = counts[position]
            for answer in tally.asked_by.get(office, ()):
                answer.add(key, start // tally.question.months, value)
    return found


def tallies(questions: Sequence[Question], found: Sequence[Answer]) -> list[Tally]:
    """As few counts as answer all questions."""
    alike: dict[Any, list[tuple[Question, Answer]]] = {}
    for question, answer in zip(questions, found, strict=True):
        window = question.window
        key = (question.measure.key, window.span, window.filters, question.metric, question.scope, question.months)
        alike.setdefault(key, []).append((question, answer))
    return [tally for group in alike.values() for tally in tallies_of_alike(group)]


def tallies_of_alike(group: Sequence[tuple[Question, Answer]]) -> list[Tally]:
    """Questions that differ in their offices only: one count when offices can be told apart and added up."""
    by_offices: dict[frozenset[int], list[Answer]] = {}
    for question, answer in group:
        by_offices.setdefault(question.window.office_ids, []).append(answer)
    first = group[0][0]
    if len(by_offices) == 1 or not can_be_shared(first, by_offices):
        return [Tally(over(first, offices), {ANYWHERE: wanted}) for offices, wanted in by_offices.items()]
    asked_by: dict[int, list[Answer]] = {}
    for offices, wanted in by_offices.items():
        for office in offices:
            asked_by.setdefault(office, []).extend(wanted)
    return [Tally(over(first, frozenset(asked_by)), asked_by)]


def can_be_shared(question: Question, office_sets: Iterable[frozenset[int]]) -> bool:
    """Different members of two offices may be the same persons, so they cannot be added up; all else can."""
    addable = question.metric != Metric.MEMBERS or all(len(offices) == 1 for offices in office_sets)
    return bool(question.measure.office_field) and addable


def over(question: Question, offices: frozenset[int]) -> Question:
    return replace(question, window=replace(question.window, office_ids=offices))


def aggregates(tally: Tally, position: int) -> list[QuerySet]:
    """The total, and for a scope finer than the office a second aggregate per member or group."""
    parts = [total(tally, position)]
    if tally.question.scope != Scope.OFFICE:
        parts.append(per_key(tally, position))
    return parts


def total(tally: Tally, position: int) -> QuerySet:
    measure, metric = tally.question.measure, tally.question.metric
    if metric == Metric.PERSON_TIMES:
        return grouped(tally, position, True, Value(NOBODY), Count("pk"))
    if metric == Metric.MEMBERS:
        return grouped(tally, position, True, Value(NOBODY), Count(measure.member_field, distinct=True))
    return grouped(tally, position, False, Value(NOBODY), of_records(tally.question))


def of_records(question: Question) -> Aggregate:
    path = question.measure.quantities.get(question.metric)
    return Sum(path) if path else Count("pk", distinct=True)


def per_key(tally: Tally, position: int) -> QuerySet:
    """Per member: their own parts. Per group: those of its members, a record counted once."""
    member = tally.question.measure.member_field
    if tally.question.scope == Scope.EACH_MEMBER:
        return grouped(tally, position, True, F(member), of_member(tally.question))
    key = F(f"{member.removesuffix('_id')}__group_id")
    return grouped(tally, position, True, key, of_group(tally.question))


def of_member(question: Question) -> Aggregate:
    path = question.measure.quantities.get(question.metric)
    return Sum(f"{record_path(question).removesuffix('_id')}__{path}") if path else Count("pk")


def of_group(question: Question) -> Aggregate:
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


def grouped(tally: Tally, position: int, by_part: bool, key: Any, aggregate: Aggregate) -> QuerySet:
    """Rows (position, key, office, first month of the period from 0, value) of one aggregate."""
    measure = tally.question.measure
    base = (measure.parts if by_part else measure.records)(tally.question.window)
    day = measure.part_date_field if by_part else measure.date_field
    return (
        base.order_by()
        .annotate(of_target=Value(position, output_field=IntegerField()), of_key=Cast(key, BigIntegerField()),
                  of_office=Cast(office_of(tally, by_part), BigIntegerField()),
                  from_month=period_start(day, tally.question.months))
        .values("of_target", "of_key", "of_office", "from_month")
        .annotate(counted=Cast(Coalesce(aggregate, 0, output_field=wide()), wide()))
        .values_list("of_target", "of_key", "of_office", "from_month", "counted")
    )  # fmt: skip


def office_of(tally: Tally, by_part: bool) -> Combinable:
    """The office a row belongs to, when offices are told apart."""
    if not tally.by_office:
        return Value(ANYWHERE)
    path = tally.question.measure.office_field
    return F(f"{record_path(tally.question).removesuffix('_id')}__{path}" if by_part else path)


def wide() -> DecimalField:
    return DecimalField(max_digits=20, decimal_places=2)


def period_start(path: str, months: int) -> Combinable:
    """First month, counted from 0, of the period a date falls in: 5 May is in the quarter that starts with 3.

    Written without division: openGauss divides integers into fractions.
    """
    if months == 12:
        return Value(0, output_field=IntegerField())
    from_zero = ExtractMonth(path) - Value(1)
    return from_zero - (ExtractMonth(path) - Value(1)) % Value(months)
