"""Elections: candidates, places, tallies with ties, suggestions from figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from core.clock import Span
from handling.answering import of_whole_replies
from handling.enums import AssignmentState, PromiseState, Satisfaction
from handling.models import Assignment
from handling.promises import figures, made
from organisation.models import HandlingUnit
from proposals.enums import NUMBERED
from proposals.models import Proposal
from supervision.enums import QuotaKind, VotingWay
from supervision.models import Election, Nomination

MOST_SUGGESTED = 20


def listed(user: Any) -> QuerySet:
    return Election.objects.visible_to(user).select_related("office").annotate(n_nominated=Count("nominations"))


def get_for(user: Any, pk: int) -> Election:
    """Raises Http404 for a stranger as for a missing one."""
    found = Election.objects.visible_to(user).select_related("office", "approved_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def nomination_for(user: Any, pk: int) -> Nomination:
    """Raises Http404."""
    seen = Election.objects.visible_to(user).values("pk")
    rows = Nomination.objects.select_related("election__office", "proposal", "unit")
    found = rows.filter(pk=pk, election__in=seen).first()
    if found is None:
        raise Http404
    return found


# --- who can be elected ------------------------------------------------------------------------------------------
def candidates(election: Election) -> QuerySet:
    """Proposals filed in the year, or units that were given proposals in it."""
    first, end = Span.year(election.year).moments
    if election.of_proposals:
        return Proposal.objects.filter(
            office=election.office, state__in=sorted(NUMBERED), filed_at__gte=first, filed_at__lt=end
        ).order_by("case_no", "pk")
    given = Assignment.objects.live().filter(
        proposal__office=election.office, dispatched_at__gte=first, dispatched_at__lt=end
    )
    return HandlingUnit.objects.filter(pk__in=given.values("unit_id"))


def places(election: Election) -> int:
    """How many can be elected: the number, or per cent of the candidates rounded down, at least one."""
    if election.quota_kind == QuotaKind.NUMBER:
        return election.quota
    return max(1, candidates(election).count() * election.quota // 100)


def places_in_words(election: Election) -> str:
    unit = "件" if election.of_proposals else "家"
    if election.quota_kind == QuotaKind.NUMBER:
        return f"{election.quota} {unit}"
    total = candidates(election).count()
    return f"{places(election)} {unit}（{total} {unit}的 {election.quota}%，取整数，至少 1 {unit}）"


# --- tallies -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One nomination with its votes. `rank` is shared by equal numbers; `tied`: equal votes on both sides of the last
    place, so that votes alone do not decide.
    """

    nomination: Nomination
    votes: int
    rank: int
    within: bool
    tied: bool


def tally(election: Election) -> list[Line]:
    """Most votes first. Three queries at most."""
    rows = election.nominations.select_related("proposal__session__term", "unit").annotate(n_ballots=Count("ballots"))
    by_ballot = election.voting == VotingWay.BALLOTS
    counted = sorted(((row.n_ballots if by_ballot else row.votes or 0, row) for row in rows),
                     key=lambda pair: (-pair[0], pair[1].pk))  # fmt: skip
    return ranked(counted, places(election))


def ranked(counted: list[tuple[int, Nomination]], most: int) -> list[Line]:
    """Pure: ranks, who is within the places, and the tie at the border."""
    votes = [number for number, _ in counted]
    border = votes[most - 1] if len(votes) >= most else -1
    split = len(votes) > most and border > 0 and votes[most] == border
    return [
        Line(row, number, votes.index(number) + 1, at < most and number > 0, split and number == border)
        for at, (number, row) in enumerate(counted)
    ]


def voted(election: Election) -> tuple[int, int]:
    """(judges who cast a ballot, all judges)."""
    judges = election.judges.count()
    return election.nominations.filter(ballots__isnull=False).values("ballots__judge").distinct().count(), judges


# --- suggestions ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Suggestion:
    """A candidate with the figures that speak for it."""

    candidate: Any
    reason: str
    score: int


def suggested(election: Election) -> list[Suggestion]:
    """The candidates the figures speak for, best first, without those already nominated."""
    known = election.nominations.values("proposal_id" if election.of_proposals else "unit_id")
    rows = candidates(election).exclude(pk__in=known)
    found = of_proposals(rows) if election.of_proposals else of_units(rows, election)
    return sorted((each for each in found if each.score), key=lambda each: -each.score)[:MOST_SUGGESTED]


def of_proposals(rows: QuerySet) -> list[Suggestion]:
    """Category A, everybody satisfied with the result, promises kept: one point each. Three queries."""
    solved = set(rows.filter(assignments__replies__category="A", assignments__replies__state="passed")
                 .values_list("pk", flat=True))  # fmt: skip
    good, bad = satisfaction(rows)
    kept = set(rows.filter(assignments__replies__items__state=PromiseState.KEPT).values_list("pk", flat=True))
    found = []
    for row in rows.filter(pk__in=solved | set(good) | kept):
        satisfied = row.pk in good and row.pk not in bad
        words = [("答复类别为 A", row.pk in solved), ("对办理结果的评价都是满意", satisfied),
                 ("承诺事项已兑现", row.pk in kept)]  # fmt: skip
        said = [word for word, holds in words if holds]
        found.append(Suggestion(row, "，".join(said) + "。", len(said)))
    return found


def satisfaction(rows: QuerySet) -> tuple[set[int], set[int]]:
    """Proposals with a satisfied answer, and those with any other one."""
    answers = of_whole_replies().filter(reply__assignment__proposal__in=rows.values("pk"))
    pairs = set(answers.values_list("reply__assignment__proposal_id", "result"))
    good = {pk for pk, result in pairs if result == Satisfaction.SATISFIED}
    return good, {pk for pk, result in pairs if result != Satisfaction.SATISFIED}


def of_units(rows: QuerySet, election: Election) -> list[Suggestion]:
    """Finished proposals, share of satisfied answers, promises kept; a unit with overdue promises loses a point."""
    first, end = Span.year(election.year).moments
    found = []
    for unit in rows:
        own = Assignment.objects.live().filter(
            unit=unit, proposal__office=election.office, dispatched_at__gte=first, dispatched_at__lt=end
        )
        done = own.filter(state=AssignmentState.DONE).count()
        answers = of_whole_replies().filter(reply__assignment__in=own.values("pk"))
        total = answers.aggregate(n=Count("pk"), good=Count("pk", filter=Q(result=Satisfaction.SATISFIED)))
        kept = figures(made().filter(reply__assignment__in=own.values("pk")))
        found.append(Suggestion(unit, unit_words(done, total, kept), unit_score(done, total, kept)))
    return found


def unit_words(done: int, total: dict[str, int], kept: Any) -> str:
    parts = [f"办结 {done} 件"]
    if total["n"]:
        parts.append(f"评价 {total['n']} 份，满意 {total['good']} 份")
    if kept.total:
        parts.append(f"承诺 {kept.total} 项，兑现 {kept.kept} 项，超期未报 {kept.overdue} 项")
    return "，".join(parts) + "。"


def unit_score(done: int, total: dict[str, int], kept: Any) -> int:
    if not done:
        return 0
    satisfied = 100 * total["good"] // total["n"] if total["n"] else 0
    return max(0, satisfied + 10 * done + 5 * kept.kept - 20 * (kept.overdue + kept.broken))
