"""The measure word of a figure: what the metric says, else the measure's, else that of the type counted (篇, 期)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans.counting import Question
from plans.enums import Metric

UNITS = {Metric.PERSON_TIMES: "人次", Metric.MEMBERS: "人", Metric.HOURS: "小时", Metric.AMOUNT: "元",
         Metric.HOUSEHOLDS: "户", Metric.COPIES: "册", Metric.PERCENT: "%"}  # fmt: skip
#: Where the things added up have different measure words.
MIXED = "项"


class Units:
    """Reads the words of each measure once, and only where a question needs them."""

    def __init__(self, questions: Iterable[Question]) -> None:
        needed = {each.measure.key: each.measure for each in questions if varies(each)}
        self.words: Mapping[str, Mapping[str, str]] = {key: measure.units[1]() for key, measure in needed.items()}

    def of(self, question: Question) -> str:
        if word := UNITS.get(Metric(question.metric)):
            return word
        known, measure = self.words.get(question.measure.key, {}), question.measure
        codes = values(question) if varies(question) else ()
        return common([known.get(code, measure.unit) for code in codes]) or measure.unit

    def together(self, questions: Iterable[Question]) -> str:
        return common([self.of(each) for each in questions])


def varies(question: Question) -> bool:
    return question.metric not in UNITS and question.measure.units is not None and bool(values(question))


def values(question: Question) -> tuple[str, ...]:
    """What the filter that decides the word asks for; several values are separated by commas."""
    name, _ = question.measure.units
    return tuple(code for code in dict(question.window.filters).get(name, "").split(",") if code)


def common(words: list[str]) -> str:
    """The word all share; empty for none."""
    return MIXED if len(set(words)) > 1 else next(iter(words), "")
