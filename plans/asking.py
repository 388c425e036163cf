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
    #: Into how many periods a year is divided, see `plans.counting.Question`.
    parts: int = 1


@dataclass(frozen=True)
class Found:
    """A figure with its measure word and the page of the records behind it; `known` is false for a rate of nothing.

    `periods`: period of the year, counted from 0 → its figure, where the year was divided; of a rate its part only.
    """

    value: Decimal
    unit: str
    url: str
    known: bool = True
    periods: Mapping[int, Decimal] = field(default_factory=dict)


def ask(asked: Sequence[Ask], office_ids: Collection[int], span: Span) -> list[Found]:
    """The figures over these offices and days, of one year or several, in their order; one query, and one per measure
    with words of its own. Raises KeyError for a measure nobody registered.
    """
    return ask_all([(each, office_ids, span) for each in asked])


def ask_all(wanted: Sequence[tuple[Ask, Collection[int], Span]]) -> list[Found]:
    """Figures of different offices and days, in their order; as many queries as for one, and one for joint records."""
    questions = [
        Question(
            measures.get(each.measure), Window(frozenset(office_ids), span, tuple(sorted(each.filters.items()))),
            each.metric, Scope.OFFICE, each.parts,
        )
        for each, office_ids, span in wanted
    ]  # fmt: skip
    units = Units(questions)
    return [
        Found(value(each.metric, answer.sum, answer.whole.sum), units.of(each), address(each),
              bool(answer.whole.sum) or each.metric != Metric.PERCENT, answer.totals)
        for each, answer in zip(questions, counting.answers(questions), strict=True)
    ]  # fmt: skip
