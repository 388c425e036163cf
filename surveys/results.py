"""What the sheets say: counts and shares per question, the satisfaction rate and its definition, charts.

Anonymous results are shown after closing only, and only from a least number of sheets on: who has answered is known
while it runs, so that growing counts would give single answers away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Avg, Count, Max, Min

from core import charts
from core.breakdown import rate
from organisation.models import Office
from organisation.selectors import code_labels, rule
from surveys.defaults import GRADE, LEAST_RULE, RATE_RULE
from surveys.enums import SurveyState
from surveys.models import Answer, Question, Survey
from surveys.sheets import grades, questions

MOST_TEXTS = 300
PHONE, HALF, DESK = 380, 460, 720  # width of the charts in px
SHADES = {
    "good": ("#1f6b3c", "#6aa84f", "#a9cf96"),
    "poor": ("#b3261e", "#e0803a", "#8f1d1d"),
    "neutral": ("#8a939c", "#b4bac1"),
}


@dataclass(frozen=True)
class Line:
    """One possible answer: how many gave it, and their share of the sheets that answered, in per cent.

    `tone` of a grade: good, poor or neutral, by the definition of the rate. `said` is the answer as the list of named
    sheets takes it (`?said=`): “g:5:satisfied” or “c:5:17”.
    """

    label: str
    count: int
    share: float | None
    tone: str = "poor"
    said: str = ""


@dataclass(frozen=True)
class Definition:
    """Which grades count as satisfied and which are left out of the total (rule survey.satisfaction_rate)."""

    satisfied: frozenset[str]
    left_out: frozenset[str]
    words: str

    def of(self, counts: Mapping[str, int]) -> float | None:
        """The rate in per cent with one decimal; None when nobody gave a grade that counts."""
        return rate(*self.parts(counts))

    def tone(self, code: str) -> str:
        return "good" if code in self.satisfied else "neutral" if code in self.left_out else "poor"

    def parts(self, counts: Mapping[str, int]) -> tuple[int, int]:
        """(satisfied, total that counts)."""
        total = sum(number for code, number in counts.items() if code not in self.left_out)
        return sum(number for code, number in counts.items() if code in self.satisfied), total


def definition(office: Office, labels: Mapping[str, str]) -> Definition:
    """The office's definition in terms of the codes behind `labels`."""
    value = rule(RATE_RULE, office)
    satisfied, left_out = split(value["satisfied"]), split(value["left_out"])
    base = f"（填写总数－{'－'.join(left_out)}）" if left_out else "填写总数"
    return Definition(
        frozenset(code for code, label in labels.items() if label in satisfied),
        frozenset(code for code, label in labels.items() if label in left_out),
        f"满意率＝（{'＋'.join(satisfied)}）÷{base}×100%，各满意度题合并计算。",
    )


def split(words: str) -> list[str]:
    return [word.strip() for word in words.replace("，", "、").split("、") if word.strip()]


@dataclass(frozen=True)
class Result:
    """One question. `lines` for choices and grades, `texts` for words, the rest for numbers."""

    number: int
    question: Question
    answered: int
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    rate: float | None = None

    @property
    def wide(self) -> charts.Figure | None:
        return self.chart(HALF)

    @property
    def narrow(self) -> charts.Figure | None:
        return self.chart(PHONE)

    def chart(self, width: int) -> charts.Figure | None:
        """A bar per answer; the picture is no more than the table beside it."""
        if not self.lines:
            return None
        values = charts.Series("份数", [line.count for line in self.lines])
        return charts.bars(self.question.text, [line.label for line in self.lines], [values], unit="份", width=width)


@dataclass(frozen=True)
class Results:
    """`hidden` says why nothing is shown; everything else is then empty."""

    sheets: int = 0
    hidden: str = ""
    results: list[Result] = field(default_factory=list)
    rate: float | None = None
    definition: str = ""

    @property
    def scales(self) -> list[Result]:
        return [each for each in self.results if each.question.kind == "scale"]


def why_hidden(survey: Survey, sheets: int) -> str:
    """Why the results of this survey are not shown now; empty when they are."""
    if not survey.is_anonymous:
        return "" if sheets else "还没有人填写。"
    if survey.state != SurveyState.CLOSED:
        return "匿名问卷结束以后才显示结果，避免从逐份变化看出是谁填的。"
    least = rule(LEAST_RULE, survey.office, survey.day)
    return f"只收到 {sheets} 份，少于 {least} 份。份数太少容易认出是谁填的，结果不显示。" if sheets < least else ""


def of(survey: Survey) -> Results:
    """Everything the results page shows, in a constant number of queries."""
    sheets = survey.sheets.count()
    if hidden := why_hidden(survey, sheets):
        return Results(sheets, hidden)
    asked, labels = questions(survey), scale(survey)
    meaning = definition(survey.office, labels)
    tally = Tally(survey, asked)
    found = [tally.result(number, question, labels, meaning) for number, question in enumerate(asked, 1)]
    total: Counter[str] = sum((tally.grades(each.question) for each in found), Counter())
    return Results(sheets, "", found, meaning.of(total), meaning.words if total else "")


def scale(survey: Survey) -> dict[str, str]:
    """The grades on offer, and any other a sheet may hold."""
    return {**code_labels(GRADE), **dict(grades(survey))}


class Tally:
    """Counts of one survey's answers: four queries, whatever the number of questions."""

    def __init__(self, survey: Survey, asked: Iterable[Question]) -> None:
        answers = Answer.objects.filter(sheet__survey=survey).order_by()
        counted = answers.values_list("question_id", "choice_id", "grade").annotate(count=Count("pk"))
        self.counts = {(question, choice, grade): count for question, choice, grade, count in counted}
        self.answered = dict(answers.values_list("question_id").annotate(count=Count("sheet_id", distinct=True)))
        numbers = answers.filter(number__isnull=False).values_list("question_id")
        self.numbers = {
            pk: (low, mean, top) for pk, low, mean, top in numbers.annotate(Min("number"), Avg("number"), Max("number"))
        }
        self.texts: dict[int, list[str]] = {}
        for pk, text in answers.exclude(text="").order_by("pk").values_list("question_id", "text"):
            self.texts.setdefault(pk, []).append(text)
        self.offered = list(dict(grades(survey)))

    def grades(self, question: Question) -> Counter[str]:
        return Counter({grade: n for (pk, _, grade), n in self.counts.items() if pk == question.pk and grade})

    def result(self, number: int, question: Question, labels: Mapping[str, str], meaning: Definition) -> Result:
        answered, given = self.answered.get(question.pk, 0), self.grades(question)
        if question.kind == "scale":
            codes = [*self.offered, *(code for code in given if code not in self.offered)]
            lines = [
                line(labels.get(code, code), given[code], answered, meaning.tone(code), f"g:{question.pk}:{code}")
                for code in codes
            ]
            return Result(number, question, answered, lines, rate=meaning.of(given))
        lines = [
            line(
                choice.text,
                self.counts.get((question.pk, choice.pk, ""), 0),
                answered,
                said=f"c:{question.pk}:{choice.pk}",
            )
            for choice in question.choices.all()
        ]
        return Result(
            number, question, answered, lines, self.texts.get(question.pk, [])[:MOST_TEXTS],
            spread(self.numbers.get(question.pk)),
        )  # fmt: skip


def line(label: str, count: int, answered: int, tone: str = "poor", said: str = "") -> Line:
    return Line(label, count, rate(count, answered), tone, said)


def spread(found: tuple[Decimal, Decimal, Decimal] | None) -> list[tuple[str, str]]:
    labels = ("最小", "平均", "最大")
    return [(label, charts.number(float(value))) for label, value in zip(labels, found, strict=True)] if found else []


def overview(results: Results, width: int) -> charts.Figure | None:
    """The grades of all scale questions in one picture, when there are several."""
    scales = results.scales
    if len(scales) < 2 or any(len(each.lines) != len(scales[0].lines) for each in scales):
        return None
    series = [
        charts.Series(each.label, [one.lines[index].count for one in scales])
        for index, each in enumerate(scales[0].lines)
    ]
    labels = [f"第 {each.number} 题" for each in scales]
    return charts.bars("各题满意度", labels, series, unit="份", width=width, colours=colours(scales[0].lines))


def colours(lines: Iterable[Line]) -> list[str]:
    """Greens for what counts as satisfied, grey for what is left out, reds for the rest."""
    left = {tone: iter(shades) for tone, shades in SHADES.items()}
    return [next(left[line.tone], charts.SOFT) for line in lines]


def rows(results: Results) -> list[tuple[str, str, int | str, float | str]]:
    """(question, answer, count, per cent) for a worksheet."""
    found: list[tuple[str, str, int | str, float | str]] = []
    for each in results.results:
        title = f"{each.number}. {each.question.text}"
        found += [(title, one.label, one.count, "" if one.share is None else one.share) for one in each.lines]
        found += [(title, label, value, "") for label, value in each.numbers]
        found += [(title, text, "", "") for text in each.texts]
    return found
