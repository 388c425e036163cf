"""The statistics of proposals as lines with last year's beside them: what the page shows and the document prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core.breakdown import Share, rate
from core.clock import Span
from handling.answering import QUESTIONS
from handling.defaults import REPLY_CATEGORY
from handling.enums import Satisfaction
from handling.statistics import DEFINITIONS, PROMISE_WORDS, WORDS, Handled, Tally, UnitLine, handled
from organisation.models import Session
from organisation.selectors import code_labels
from proposals.statistics import LABELS, RATE, Decided, Scope, decided, totals


@dataclass(frozen=True)
class Line:
    """One figure: `unit` is 件 or %; None: nothing to take a share of. `url` leads to the records."""

    label: str
    value: float | int | None
    last: float | int | None
    unit: str = "件"
    url: str = ""

    @property
    def text(self) -> str:
        return shown(self.value, self.unit)

    @property
    def last_text(self) -> str:
        return shown(self.last, self.unit)

    @property
    def change(self) -> str:
        """增加3件, 下降2.5个百分点, 持平; empty without a year before."""
        if self.value is None or self.last is None:
            return ""
        by = round(self.value - self.last, 1)
        if not by:
            return "持平"
        words = ("上升", "下降", "个百分点") if self.unit == "%" else ("增加", "减少", self.unit)
        return f"{words[0] if by > 0 else words[1]}{abs(by):g}{words[2]}"


def shown(value: float | int | None, unit: str) -> str:
    return "—" if value is None else f"{value:g}{unit}"


@dataclass(frozen=True)
class Unit:
    """A line of the league table; rates in per cent."""

    name: str
    pk: int
    assigned: int
    closed: int
    on_time: int
    overdue: int
    on_time_rate: float | None
    contact_rate: float | None
    satisfied: float | None
    kept_rate: float | None
    categories: dict[str, int]


class Overview:
    """`before`: the same of the period before, None where there is none. Constant queries."""

    def __init__(self, scope: Scope, before: Scope | None) -> None:
        self.scope, self.before = scope, before

    @cached_property
    def decided(self) -> Decided:
        return decided(self.scope)

    @cached_property
    def handled(self) -> Handled:
        return handled(self.scope)

    @cached_property
    def before_counts(self) -> dict[str, int]:
        return totals(self.before) if self.before else {}

    @cached_property
    def before_handled(self) -> Handled | None:
        return handled(self.before) if self.before else None

    @property
    def last_tally(self) -> Tally | None:
        return self.before_handled.total if self.before_handled else None

    @cached_property
    def categories(self) -> dict[str, str]:
        """Code → words of the reply categories: those of the list, then whatever else was used."""
        used = [*self.handled.total.categories, *(self.last_tally.categories if self.last_tally else ())]
        listed = code_labels(REPLY_CATEGORY)
        return {key: listed.get(key, key or "未标类别") for key in [*listed, *used] if key in used or key in listed}

    # --- lines -----------------------------------------------------------------------------------------------------
    def counted(self, key: str) -> Line:
        return Line(LABELS[key][0], self.decided.counts[key], self.before_counts.get(key), url=self.scope.url(key))

    @property
    def filing_rate(self) -> Line:
        now, last = self.decided.counts, self.before_counts
        before = rate(last["filed"], last["collected"]) if last else None
        return Line("立案率", rate(now["filed"], now["collected"]), before, "%", self.scope.url("filed"))

    @property
    def collected_lines(self) -> list[Line]:
        keys = ("merged", "not_filed", "became", "undecided")
        return [self.counted("collected"), self.counted("filed"), self.filing_rate, *map(self.counted, keys)]

    @property
    def handled_lines(self) -> list[Line]:
        tally, last = self.handled.total, self.last_tally
        sent = Line(WORDS["dispatched"][0], self.handled.dispatched,
                    self.before_handled.dispatched if self.before_handled else None,
                    url=self.scope.url("dispatched"))  # fmt: skip
        keys = ("assigned", "closed", "on_time", "late", "overdue")
        parts = [
            Line(WORDS[key][0], tally.parts[key], last.parts[key] if last else None, url=self.scope.url(key))
            for key in keys
        ]
        return [sent, *parts, self.rate("按期率", "on_time_rate", "on_time"),
                self.rate("面商率", "contact_rate", "contacted")]  # fmt: skip

    def rate(self, label: str, name: str, key: str) -> Line:
        last = getattr(self.last_tally, name) if self.last_tally else None
        return Line(label, getattr(self.handled.total, name), last, "%", self.scope.url(key))

    @property
    def category_lines(self) -> list[tuple[Line, Line]]:
        """(how many, share) of each reply category."""
        tally, last = self.handled.total, self.last_tally
        return [
            (Line(label, tally.categories[key], last.categories[key] if last else None,
                  url=self.scope.url("answer", key)),
             Line(f"{label}占比", tally.share(key), last.share(key) if last else None, "%",
                  self.scope.url("answer", key)))
            for key, label in self.categories.items()
        ]  # fmt: skip

    def answer_lines(self, question: str) -> list[Line]:
        tally, last = self.handled.total, self.last_tally
        return [
            Line(answer.label, tally.answers[question, answer], last.answers[question, answer] if last else None, "份",
                 self.scope.url(question, answer.value))
            for answer in Satisfaction
        ]  # fmt: skip

    @property
    def satisfaction_lines(self) -> list[Line]:
        last = self.last_tally
        return [
            Line(f"{label}满意率", self.handled.total.satisfaction(question),
                 last.satisfaction(question) if last else None, "%", self.scope.url(question, "satisfied"))
            for question, label in QUESTIONS.items()
        ]  # fmt: skip

    @property
    def promise_lines(self) -> list[Line]:
        tally, last = self.handled.total, self.last_tally
        counts = [
            Line(label, tally.promises[key], last.promises[key] if last else None, "项", self.scope.url(key))
            for key, label in PROMISE_WORDS.items()
        ]
        return [*counts, self.rate("兑现率", "kept_rate", "kept")]

    @property
    def units(self) -> list[Unit]:
        return [league(line) for line in self.handled.units]

    @property
    def headline(self) -> list[Line]:
        """What a leader reads in a minute."""
        handled_lines = {line.label: line for line in self.handled_lines}
        return [
            self.counted("collected"), self.counted("filed"), self.filing_rate, handled_lines["已交办"],
            handled_lines["超期未复"], handled_lines["按期率"], handled_lines["面商率"], *self.satisfaction_lines,
            self.promise_lines[-1],
        ]  # fmt: skip

    def share_url(self, figure: str, share: Share) -> str:
        return self.scope.url(figure, share.key)

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """What each figure means, in the order of the page."""
        own = [*LABELS.values(), *WORDS.values()]
        rates = [RATE, *DEFINITIONS]
        return own + [(words.partition("＝")[0] if "＝" in words else "答复类别", words) for words in rates]


def league(line: UnitLine) -> Unit:
    tally = line.tally
    return Unit(
        line.unit.name, line.unit.pk, tally.parts["assigned"], tally.parts["closed"], tally.parts["on_time"],
        tally.parts["overdue"], tally.on_time_rate, tally.contact_rate, tally.satisfaction("result"), tally.kept_rate,
        dict(tally.categories),
    )  # fmt: skip


def of_session(office_ids: frozenset[int], session: Session) -> Overview:
    """Compared with the session before it."""
    before = Session.objects.filter(term__office_id=session.term.office_id, starts__lt=session.starts).first()
    return Overview(Scope(office_ids, session=session), Scope(office_ids, session=before) if before else None)


def of_year(office_ids: frozenset[int], year: int) -> Overview:
    """Compared with the year before it."""
    return Overview(Scope(office_ids, span=Span.year(year)), Scope(office_ids, span=Span.year(year - 1)))


def span_words(scope: Scope) -> str:
    if scope.session:
        return scope.session.name
    return f"{scope.span.last.year}年" if scope.span else ""
