"""Shared reads: the one definition of what counts as submitted and accepted, lists, figures of a year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractMonth
from django.http import Http404

from core.breakdown import Share, counts, lines, rate, totals
from core.clock import Span
from opinions.defaults import CATEGORY
from opinions.enums import RECEIVED, OpinionState, Stage
from opinions.models import OpinionAuthor, OpinionReport
from organisation.models import Office
from organisation.selectors import code_labels

DATED_BY = {Stage.SUBMITTED: "submitted_at", Stage.ACCEPTED: "decided_at"}
COUNTED = {Stage.SUBMITTED: RECEIVED, Stage.ACCEPTED: frozenset({OpinionState.ACCEPTED})}
ACCEPTED = Q(state=OpinionState.ACCEPTED)
RATE_DEFINITION = "采用率＝本期报送的社情民意中已采用的条数÷本期报送的条数；由提案转来的不计入报送。"


def get_for(user: Any, pk: int) -> OpinionReport:
    """The submission with everything its page shows. Raises Http404 for a stranger as for a missing one."""
    opinion = with_people(OpinionReport.objects.visible_to(user)).filter(pk=pk).first()
    if opinion is None:
        raise Http404
    return opinion


def with_people(opinions: QuerySet) -> QuerySet:
    """Authors and office in a constant number of queries."""
    rows = OpinionAuthor.objects.select_related("member").order_by("order", "pk")
    return opinions.select_related("office").prefetch_related(Prefetch("authors", queryset=rows))


def own(user: Any) -> QuerySet:
    """What the user wrote, last changed first."""
    return with_people(OpinionReport.objects.filter(authors__member__user_id=user.pk)).order_by("-updated_at", "-pk")


def counted(opinions: QuerySet, stage: str, span: Span | None = None) -> QuerySet:
    """Submissions that reached the stage, within the span by the day they reached it. The rows get `counted_at`.

    What was made from a proposal was submitted as that and is counted there: here it is no submission, but counts as
    accepted when it is (domain.md, section b: 提案转社情民意不重复计分).
    """
    path = DATED_BY[Stage(stage)]
    found = opinions.filter(state__in=COUNTED[Stage(stage)]).annotate(counted_at=F(path))
    if Stage(stage) == Stage.SUBMITTED:
        found = found.filter(is_converted=False)
    if span is not None:
        first, end = span.moments
        found = found.filter(**{f"{path}__gte": first, f"{path}__lt": end})
    return found


def received_in(opinions: QuerySet, span: Span) -> QuerySet:
    """Everything that reached an office in the span: submissions, and what was made from something else."""
    first, end = span.moments
    return opinions.filter(state__in=COUNTED[Stage.SUBMITTED], submitted_at__gte=first, submitted_at__lt=end)


@dataclass(frozen=True)
class YearFigures:
    """Figures of some offices over a span.

    `submitted` and `accepted` are dated by submission and by decision, as the measure's two stages are.
    `adoption_rate` is the share of those submitted in the span that are accepted by now, in per cent with one
    decimal, None without any. The breakdowns are of the submitted ones: `total` submitted, `done` accepted.
    """

    submitted: int
    accepted: int
    accepted_of_submitted: int
    by_category: list[Share]
    by_month: list[Share]
    by_office: list[Share]

    @property
    def adoption_rate(self) -> float | None:
        return rate(self.accepted_of_submitted, self.submitted)


def by_category(submitted: QuerySet[OpinionReport]) -> list[Share]:
    """Of rows of `counted`: `total` submitted, `done` accepted; two queries."""
    return lines(counts(submitted, F("category"), ACCEPTED), {**code_labels(CATEGORY), "": "未分类"})


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """Submitted, accepted, adoption rate, by category, month of submission (key 1 to 12) and office; six queries."""
    base = OpinionReport.objects.filter(office_id__in=office_ids)
    submitted, done = counted(base, Stage.SUBMITTED, span), ACCEPTED
    by_month = counts(submitted, ExtractMonth("submitted_at"), done)
    by_office = counts(submitted, F("office_id"), done)
    offices = dict(Office.objects.filter(pk__in=by_office).values_list("pk", "short_name"))
    total, accepted_of_them = totals(by_month)
    return YearFigures(
        submitted=total,
        accepted=counted(base, Stage.ACCEPTED, span).count(),
        accepted_of_submitted=accepted_of_them,
        by_category=by_category(submitted),
        by_month=lines(by_month, {month: f"{month}月" for month in sorted(by_month)}),
        by_office=lines(by_office, offices),
    )
