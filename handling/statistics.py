"""Statistics of the handling, by unit. A 承办件 is one unit's part of a proposal that it answers to the proposers.

The figures of a unit add up to those of all: one grouped query counts them, and the list behind a figure is narrowed by
the same conditions (`PARTS`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from core.breakdown import rate
from core.clock import today
from handling.answering import QUESTIONS, current_replies, of_whole_replies
from handling.enums import ANSWERING, SENT, Outcome, PromiseState, ReplyState, Satisfaction, Stage
from handling.models import Assignment, Clock, Contact, Feedback, Pause, Reply, ReplyItem
from handling.promises import OPEN, made
from organisation.models import HandlingUnit
from proposals.models import Proposal
from proposals.statistics import Counted, Narrow, Scope, figures

#: key → condition on the annotated assignments of `parts`.
PARTS: dict[str, Q] = {
    "assigned": Q(),
    "closed": Q(closed=True),
    "on_time": Q(closed=True, late=False),
    "late": Q(closed=True, late=True),
    "overdue": Q(overdue=True),
    "answered": ~Q(answer=None),
    "contacted": ~Q(answer=None) & Q(contacted=True),
}
WORDS = {
    "dispatched": ("已交办", "征集的提案中已交给承办单位的。"),
    "assigned": ("承办件", "交给单位主办、单办或分办的提案，一件提案由几个单位分办的算几件；会办的不计。"),
    "closed": ("办复", "已送出答复的承办件，以第一次答复为准。"),
    "on_time": ("按期办复", "在答复期限（含批准的延期）内送出第一次答复的承办件。"),
    "late": ("超期办复", "超过答复期限才送出第一次答复的承办件。"),
    "overdue": ("超期未复", "答复期限已过、今天还没有送出答复的承办件；暂停计时的不计。"),
    "answered": ("已送达答复", "答复已送达提案者的承办件。"),
    "contacted": ("答复前面商", "已送达答复、并且有面商记录的承办件。"),
}
ON_TIME = "按期率＝按期办复÷（办复＋超期未复）。"
CONTACT = "面商率＝答复前面商÷已送达答复。"
CATEGORIES = "答复类别以最近一次送达的答复为准，占比以已送达答复为 100%。"
SATISFACTION = "满意率＝（满意＋基本满意）÷已表态；每位提案者对现行答复的最新评价各算一份，未表态的不计入分母。"
KEPT = "兑现率＝已兑现÷（已兑现＋未兑现＋超期未报）；承诺以已送达答复中的计划落实事项为准，与承诺台账一致。"
DEFINITIONS = (ON_TIME, CONTACT, CATEGORIES, SATISFACTION, KEPT)


def parts(proposals: QuerySet[Proposal]) -> QuerySet[Assignment]:
    """The 承办件 of these proposals with what PARTS asks for."""
    clocks = Clock.objects.filter(assignment=OuterRef("pk"), stage=Stage.REPLY)
    ended = clocks.filter(outcome=Outcome.MET)
    still = Pause.objects.filter(clock=OuterRef("pk"), last__isnull=True)
    passed = Reply.objects.filter(assignment=OuterRef("pk"), state=ReplyState.PASSED).order_by("-round")
    return Assignment.objects.filter(
        state__in=SENT, role__in=ANSWERING, proposal__in=proposals.order_by().values("pk")
    ).annotate(
        closed=Exists(ended), late=Exists(ended.filter(stopped_on__gt=F("due_on"))),
        overdue=Exists(clocks.running().filter(~Exists(still), due_on__lt=today())),
        contacted=Exists(Contact.objects.filter(assignment=OuterRef("pk"))),
        answer=Subquery(passed.values("category")[:1]),
    )  # fmt: skip


def answers(proposals: QuerySet[Proposal]) -> QuerySet[Feedback]:
    """What proposers think of the replies in force."""
    replies = current_replies().filter(assignment__proposal__in=proposals.order_by().values("pk"))
    return of_whole_replies().filter(reply__in=replies.values("pk"))


def promises(proposals: QuerySet[Proposal]) -> QuerySet[ReplyItem]:
    """The rows of the ledger, so that both say the same."""
    return made().filter(reply__assignment__proposal__in=proposals.order_by().values("pk"))


#: From answers and promises to the 承办件 they belong to.
ASSIGNMENT = "reply__assignment__"
#: Promises by how they stand today.
PROMISE_WORDS = {"kept": "已兑现", "broken": "未兑现", "overdue_promise": "超期未报", "open_promise": "还没有结果"}


def promise_condition(key: str) -> Q:
    """Over rows of the ledger; what waits to be checked was reported in time."""
    late = Q(due_on__isnull=False, due_on__lt=today(), waiting=False)
    return {
        "kept": Q(state=PromiseState.KEPT),
        "broken": Q(state=PromiseState.BROKEN),
        "overdue_promise": OPEN & late,
        "open_promise": OPEN & ~late,
    }[key]


# --- counting --------------------------------------------------------------------------------------------------------
@dataclass
class Tally:
    """What was counted for one unit, or for all."""

    parts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    categories: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    answers: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    promises: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: Tally) -> None:
        for name in ("parts", "categories", "answers", "promises"):
            mine = getattr(self, name)
            for key, value in getattr(other, name).items():
                mine[key] += value

    @property
    def on_time_rate(self) -> float | None:
        return rate(self.parts["on_time"], self.parts["closed"] + self.parts["overdue"])

    @property
    def contact_rate(self) -> float | None:
        return rate(self.parts["contacted"], self.parts["answered"])

    @property
    def kept_rate(self) -> float | None:
        due = self.promises["kept"] + self.promises["broken"] + self.promises["overdue_promise"]
        return rate(self.promises["kept"], due)

    def satisfaction(self, question: str) -> float | None:
        """Of those who said something."""
        content = self.answers[question, Satisfaction.SATISFIED] + self.answers[question, Satisfaction.MOSTLY]
        return rate(content, content + self.answers[question, Satisfaction.UNSATISFIED])

    def share(self, category: str) -> float | None:
        return rate(self.categories[category], self.parts["answered"])


@dataclass(frozen=True)
class UnitLine:
    unit: HandlingUnit
    tally: Tally


@dataclass(frozen=True)
class Handled:
    """`total` is the sum of the units."""

    dispatched: int
    units: list[UnitLine]
    total: Tally


#: prefix (path to the assignment) → name → what rows are told apart by.
Keys = Callable[[str], dict[str, Combinable]]


def by_unit(at: str) -> dict[str, Combinable]:
    return {"key_unit": F(f"{at}unit_id")}


def handled(scope: Scope) -> Handled:
    """Of the proposals collected in the period; five queries."""
    proposals = scope.rows
    tallies = {unit: tally for (unit,), tally in tallied(proposals, by_unit).items()}
    units = HandlingUnit.objects.filter(pk__in=tallies).order_by("order", "pk")
    total = added(tallies.values())
    sent = Assignment.objects.filter(state__in=SENT, proposal=OuterRef("pk"))
    return Handled(proposals.filter(Exists(sent)).count(), [UnitLine(unit, tallies[unit.pk]) for unit in units], total)


def added(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def tallied(proposals: QuerySet[Proposal], keys: Keys) -> dict[tuple[Any, ...], Tally]:
    """What was counted for each combination of the keys, in their order; three queries."""
    tallies: dict[tuple[Any, ...], Tally] = defaultdict(Tally)
    count_parts(proposals, tallies, keys(""))
    count_answers(proposals, tallies, keys(ASSIGNMENT))
    count_promises(proposals, tallies, keys(ASSIGNMENT))
    return tallies


def count_parts(proposals: QuerySet, tallies: dict[tuple[Any, ...], Tally], keys: dict[str, Combinable]) -> None:
    rows = parts(proposals).order_by().annotate(**keys).values(*keys, "answer")
    for row in rows.annotate(**{f"n_{key}": Count("pk", filter=condition) for key, condition in PARTS.items()}):
        tally = tallies[tuple(row[name] for name in keys)]
        for key in PARTS:
            tally.parts[key] += row[f"n_{key}"]
        if row["answer"] is not None:
            tally.categories[row["answer"]] += row["n_assigned"]


def count_answers(proposals: QuerySet, tallies: dict[tuple[Any, ...], Tally], keys: dict[str, Combinable]) -> None:
    for row in answers(proposals).order_by().annotate(**keys).values(*keys, *QUESTIONS).annotate(many=Count("pk")):
        for question in QUESTIONS:
            tallies[tuple(row[name] for name in keys)].answers[question, row[question]] += row["many"]


def count_promises(proposals: QuerySet, tallies: dict[tuple[Any, ...], Tally], keys: dict[str, Combinable]) -> None:
    wanted = {f"n_{key}": Count("pk", filter=promise_condition(key)) for key in PROMISE_WORDS}
    for row in promises(proposals).order_by().annotate(**keys).values(*keys).annotate(**wanted):
        for key in PROMISE_WORDS:
            tallies[tuple(row[name] for name in keys)].promises[key] += row[f"n_{key}"]


# --- the lists behind the figures ------------------------------------------------------------------------------------
def units_of(rows: QuerySet, path: str, of: str) -> QuerySet:
    """Narrowed to one unit when the address names one."""
    return rows.filter(**{path: int(of)}) if of.isdecimal() and len(of) < 19 else rows


def with_parts(condition: Q) -> Narrow:
    return lambda rows, of: rows.filter(
        pk__in=units_of(parts(rows).filter(condition), "unit_id", of).order_by().values("proposal_id")
    )


def with_category(rows: QuerySet, of: str) -> QuerySet:
    """`A` or `A:17`: the answer of unit 17."""
    category, _, unit = of.partition(":")
    found = units_of(parts(rows).filter(answer=category), "unit_id", unit)
    return rows.filter(pk__in=found.order_by().values("proposal_id"))


def with_answer(question: str) -> Narrow:
    def narrow(rows: QuerySet, of: str) -> QuerySet:
        """`unsatisfied` or `unsatisfied:17`."""
        wanted, _, unit = of.partition(":")
        found = units_of(answers(rows).filter(**{question: wanted}), "reply__assignment__unit_id", unit)
        return rows.filter(pk__in=found.order_by().values("reply__assignment__proposal_id"))

    return narrow


def with_promise(key: str) -> Narrow:
    def narrow(rows: QuerySet, of: str) -> QuerySet:
        found = units_of(promises(rows).filter(promise_condition(key)), "reply__assignment__unit_id", of)
        return rows.filter(pk__in=found.order_by().values("reply__assignment__proposal_id"))

    return narrow


def dispatched(rows: QuerySet, of: str) -> QuerySet:
    return rows.filter(Exists(Assignment.objects.filter(state__in=SENT, proposal=OuterRef("pk"))))


def install() -> None:
    """Called once by the app's configuration."""
    figures.register("dispatched", Counted("dispatched", *WORDS["dispatched"], dispatched))
    for key, condition in PARTS.items():
        figures.register(key, Counted(key, *WORDS[key], with_parts(condition)))
    figures.register("answer", Counted("answer", "答复类别", CATEGORIES, with_category))
    for question, label in QUESTIONS.items():
        figures.register(question, Counted(question, label, SATISFACTION, with_answer(question)))
    for key, label in PROMISE_WORDS.items():
        figures.register(key, Counted(key, label, KEPT, with_promise(key)))
