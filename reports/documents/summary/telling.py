"""The sentences of `topics`, filled with the figures of the records; what did not occur is not told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from activities.defaults import QUANTITY
from activities.figures import Figures, YearFigures
from activities.measures import type_units, unit_in
from core.pdf.blocks import Figure, Run
from organisation.selectors import code_labels
from plans.asking import Found, ask
from plans.enums import Metric
from reports.documents import Composition
from reports.documents.summary.scope import Part, Scope, joined, plain, sentence
from reports.documents.summary.topics import BY_KEY, NAMES, QUESTIONS, TOPICS, Topic

SOURCE = re.compile(r"\{(\w):(\w+)\}")
#: Letter → (field of Figures, metric of the measure, measure word).
SUMS = {
    "h": ("hours", Metric.HOURS, "小时"),
    "u": ("households", Metric.HOUSEHOLDS, "户"),
    "c": ("copies", Metric.COPIES, "册"),
    "a": ("amount", Metric.AMOUNT, "元"),
    "t": ("came", Metric.PERSON_TIMES, "人次"),
    "p": ("rate", Metric.PERCENT, "%"),
}


@dataclass
class Teller:
    """The figures of a span by the names the sentences use; each is remembered in the composition when it is told."""

    found: Composition
    scope: Scope
    year: YearFigures

    @cached_property
    def asked(self) -> Mapping[str, Found]:
        given = ask(list(QUESTIONS.values()), self.scope.office_ids, self.scope.span)
        return dict(zip(QUESTIONS, given, strict=True))

    @cached_property
    def units(self) -> Mapping[str, str]:
        return type_units()

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Kind of result → its name with the unit in brackets."""
        return code_labels(QUANTITY)

    def figure(self, source: str, name: str) -> Figure | None:
        """None for nothing."""
        if source == "q":
            return self.answer(name)
        if source == "r":
            return self.result(name)
        of = self.year.of(name)
        return self.occasions(name, of) if source == "n" else self.summed(source, name, of)

    def answer(self, name: str) -> Figure | None:
        given, called = self.asked[name], NAMES[name]
        key = f"asked.{name}"
        return self.found.figure(key, plain(given.value), given.unit, called, given.url) if given.value else None

    def result(self, kind: str) -> Figure | None:
        value, label = self.year.results.get(kind), self.kinds.get(kind, kind)
        url = self.scope.url("results", kind=kind)
        return self.found.figure(f"results.{kind}", plain(value), unit_in(label), label, url) if value else None

    def occasions(self, code: str, of: Figures) -> Figure | None:
        unit, url = self.units.get(code, "次"), self.scope.url("activities", type=code)
        return self.found.figure(f"activities.{code}", of.count, unit, of.label, url) if of.count else None

    def summed(self, source: str, code: str, of: Figures) -> Figure | None:
        name, metric, unit = SUMS[source]
        value, url = getattr(of, name), self.scope.url("activities", metric, type=code)
        key = f"activities.{code}.{name}"
        return self.found.figure(key, plain(value), unit, of.label, url) if value else None

    # --- sentences -------------------------------------------------------------------------------------------------
    def told(self, sentence_: str) -> list[Run]:
        """One sentence without its full stop; empty when nothing of it occurred."""
        given = (self.alternatives(each.split("|")) for each in sentence_.split("，"))
        fragments = [each for each in given if each]
        if fragments and isinstance(fragments[0][0], str):  # nothing is left of which this is a part
            fragments[0] = [fragments[0][0].removeprefix("其中"), *fragments[0][1:]]
        return joined(fragments, "，")

    def alternatives(self, fragments: list[str]) -> list[Run]:
        return next((runs for each in fragments if (runs := self.fragment(each))), [])

    def fragment(self, words: str) -> list[Run]:
        """The words with their figures; empty when one of these is nothing."""
        runs: list[Run] = []
        pieces = SOURCE.split(words)
        for text, source, name in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
            runs += [text] if text else []
            if source:
                if (figure := self.figure(source, name)) is None:
                    return []
                runs.append(figure)
        return runs

    def paragraph(self, topic: Topic) -> list[Run]:
        sentences = [runs for each in topic.told if (runs := self.told(each))]
        return [*joined(sentences, "；"), "。"] if sentences else []


def parts(found: Composition, scope: Scope, year: YearFigures) -> list[Part]:
    """One for each topic that has something to tell, and one for what no topic names."""
    teller = Teller(found, scope, year)
    made = [
        Part(topic.key, topic.title, sentence(f"topic.{topic.key}", teller.paragraph(topic)), short=True)
        for topic in TOPICS
    ]
    rest = Part("", "其他成果", sentence("topic.rest", others(teller)), short=True)
    return [each for each in [*made, rest] if each.blocks]


def others(teller: Teller) -> list[Run]:
    """Results and written records of kinds an office added itself."""
    said = " ".join(each for topic in BY_KEY.values() for each in topic.told)
    kinds = [code for code in teller.kinds if f"{{r:{code}}}" not in said and code not in SILENT]
    came_to = [[*named(teller.kinds[code]), each] for code in kinds if (each := teller.result(code))]
    codes = [code for code in teller.year.registers if f"{{n:{code}}}" not in said]
    written = [[of.label, each] for code in codes
               if (of := teller.year.of(code)) and (each := teller.occasions(code, of))]  # fmt: skip
    return [*joined([*came_to, *written], "，"), "。"] if came_to or written else []


#: Told as a rate.
SILENT = frozenset({"surveyed", "satisfied"})


def named(label: str) -> list[Run]:
    """结成帮扶对子（对） → 结成帮扶对子."""
    unit = unit_in(label)
    return [label.removesuffix(f"（{unit}）") if unit else label]
