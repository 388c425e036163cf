"""Statistics of proposals: which rows each figure counts. The page, the document and the list ask the same function.

Every figure narrows one set: the proposals collected in the period (`Scope.rows`). So any figure opens in the list with
`?figure=<key>` and the rows there are the rows counted. Apps above register theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from core.breakdown import Share, counts, lines
from core.clock import Span
from core.registry import Registry
from organisation.models import Session
from organisation.selectors import code_labels
from proposals.defaults import CATEGORY, COLLECTIVE_KIND, NOT_FILED_REASON
from proposals.enums import FILED, ProposalKind, ProposalState, Stage
from proposals.models import Proposal
from proposals.selectors import counted, of_offices

#: Figure of the list's address: narrows the rows; the second argument is what stands after the colon.
Narrow = Callable[[QuerySet, str], QuerySet]


@dataclass(frozen=True)
class Counted:
    """One figure: `narrow(rows, of)` keeps what it counts; `definition` is printed under it."""

    key: str
    label: str
    definition: str
    narrow: Narrow


figures: Registry[Counted] = Registry("figure of proposals")


@dataclass(frozen=True)
class Scope:
    """Proposals received by the offices or written by their members: of a session, or submitted in the span."""

    office_ids: frozenset[int]
    session: Session | None = None
    span: Span | None = None

    @property
    def rows(self) -> QuerySet[Proposal]:
        found = counted(of_offices(Proposal.objects.all(), self.office_ids), Stage.SUBMITTED, self.span)
        return found.filter(session=self.session) if self.session else found

    def url(self, figure: str = "", of: object = "") -> str:
        """The list of what a figure counts."""
        given = {"offices": ",".join(str(pk) for pk in sorted(self.office_ids)), "stage": Stage.SUBMITTED.value}
        if self.session:
            given["session"] = str(self.session.pk)
        if self.span:
            given |= {"since": self.span.first.isoformat(), "until": self.span.last.isoformat()}
        if figure:
            given["figure"] = f"{figure}:{of}" if of != "" else figure
        return f"{reverse('proposal_list')}?{urlencode(given)}"


def narrowed(rows: QuerySet, value: str) -> QuerySet:
    """For the list's filter: the rows of the figure `key` or `key:of`; none for a figure nobody knows."""
    key, _, of = value.partition(":")
    figure = figures.find(key)
    return figure.narrow(rows, of) if figure else rows.none()


def note(value: str) -> str:
    """For the head of the list: which figure its rows belong to; empty for none."""
    figure = figures.find(value.partition(":")[0])
    return f"只显示统计数字“{figure.label}”包括的提案。" if figure else ""


def where(condition: Q) -> Narrow:
    return lambda rows, of: rows.filter(condition)


def count(scope: Scope, key: str, of: str = "") -> int:
    return figures.get(key).narrow(scope.rows, of).count()


# --- what was collected and decided ----------------------------------------------------------------------------------
CONDITIONS = {
    "filed": Q(state__in=FILED),
    "merged": Q(state=ProposalState.MERGED),
    "not_filed": Q(state=ProposalState.NOT_FILED),
    "became": ~Q(became=""),
    "undecided": ~Q(state__in=FILED) & ~Q(state=ProposalState.NOT_FILED),
}
LABELS = {
    "collected": ("征集", "本期提交并已受理的提案，包括退回修改和不予立案的；草稿、联名确认中和撤回的不计。"),
    "filed": ("立案", "征集的提案中已立案的，包括并案的。"),
    "merged": ("并案", "立案的提案中并入别的提案一起办理的。"),
    "not_filed": ("不予立案", "征集的提案中决定不予立案的。"),
    "became": ("转社情民意", "征集的提案中转为社情民意等继续处理的。"),
    "undecided": ("待审查", "征集的提案中还没有作出审查决定的，包括退回修改的。"),
}
RATE = "立案率＝立案÷征集。"

for key, (label, definition) in LABELS.items():
    figures.register(key, Counted(key, label, definition, where(CONDITIONS.get(key, Q()))))


def by_field(field: str, condition: Q | None = None) -> Narrow:
    return lambda rows, of: rows.filter(condition or Q(), **{field: of})


figures.register(
    "reason", Counted("reason", "不予立案的理由", "", by_field("not_filed_reason", CONDITIONS["not_filed"]))
)
figures.register("category", Counted("category", "分类", "", by_field("category")))
figures.register("kind", Counted("kind", "提案者类型", "", by_field("kind")))
figures.register(
    "collective", Counted("collective", "集体类型", "", by_field("collective_kind", Q(kind=ProposalKind.COLLECTIVE)))
)


@dataclass(frozen=True)
class Decided:
    """Counts by key of LABELS, and the breakdowns: `total` collected, `done` filed."""

    counts: dict[str, int]
    by_category: list[Share]
    by_kind: list[Share]
    by_collective: list[Share]
    by_reason: list[Share]


def totals(scope: Scope) -> dict[str, int]:
    """By key of LABELS; one query."""
    found = scope.rows.order_by().aggregate(
        collected=Count("pk"), **{key: Count("pk", filter=condition) for key, condition in CONDITIONS.items()}
    )
    return {key: found[key] for key in LABELS}


def totals_by(rows: QuerySet[Proposal], *keys: str | Combinable) -> dict[tuple[Any, ...], dict[str, int]]:
    """The same of these rows, apart by each combination of the keys in their order; one query."""
    names = [f"key_{number}" for number, _ in enumerate(keys)]
    told = dict(zip(names, (F(key) if isinstance(key, str) else key for key in keys), strict=True))
    sums = {f"n_{key}": Count("pk", filter=CONDITIONS.get(key)) for key in LABELS}
    return {
        tuple(row[name] for name in names): {key: row[f"n_{key}"] for key in LABELS}
        for row in rows.order_by().annotate(**told).values(*names).annotate(**sums)
    }


def decided(scope: Scope) -> Decided:
    """Five queries, and those for the labels."""
    rows, done = scope.rows, CONDITIONS["filed"]
    collective = rows.filter(kind=ProposalKind.COLLECTIVE)
    refused = rows.filter(CONDITIONS["not_filed"])
    return Decided(
        counts=totals(scope),
        by_category=lines(counts(rows, F("category"), done), {**code_labels(CATEGORY), "": "未分类"}),
        by_kind=lines(counts(rows, F("kind"), done), dict(ProposalKind.choices)),
        by_collective=lines(
            counts(collective, F("collective_kind"), done), {**code_labels(COLLECTIVE_KIND), "": "未注明"}
        ),
        by_reason=lines(
            counts(refused, F("not_filed_reason"), done), {**code_labels(NOT_FILED_REASON), "": "未注明"}
        ),
    )  # fmt: skip
