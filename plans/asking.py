"""Figures outside a plan, counted as targets are: for home pages, summaries and statistics (law 4).

total, rate = ask([Ask("activities", filters={"type": "study"}, metric=Metric.HOURS),
                   Ask("activities", filters={"type": "study"}, metric=Metric.PERCENT)], office_ids, span)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.clock import Span
from plans import counting
from plans.counting import Question
from plans.enums import Metric, Scope
from plans.measures import Window, measures
from plans.progress import address, value
from plans.units import Units


@dataclass(frozen=True)
class Ask:
    measure: str
    metric: str = Metric.RECORDS
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A figure with its measure word and the page of the records behind it; `known` is false for a rate of nothing."""

    value: Decimal
    unit: str
    url: str
    known: bool = True


def ask(asked: Sequence[Ask], office_ids: Collection[int], span: Span) -> list[Found]:
    """The figures over these offices and days, of one year or several, in their order; one query, and one per measure
    with words of its own. Raises KeyError for a measure nobody registered.
    """
    questions = [
        Question(
            measures.get(each.measure), Window(frozenset(office_ids), span, tuple(sorted(each.filters.items()))),
            each.metric, Scope.OFFICE,
        )
        for each in asked
    ]  # fmt: skip
    units = Units(questions)
    return [
        Found(value(each.metric, answer.sum, answer.whole.sum), units.of(each), address(each),
              bool(answer.whole.sum) or each.metric != Metric.PERCENT)
        for each, answer in zip(questions, counting.answers(questions), strict=True)
    ]  # fmt: skip
