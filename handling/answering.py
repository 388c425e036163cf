"""Who is to be answered and what they think of the replies: the shared reads of satisfaction.

A proposal merged into another is answered together with it, but each of its proposers for himself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from handling.enums import ANSWERING, AssignmentState, ReplyState, Satisfaction
from handling.models import Feedback, Reply
from handling.reply_rules import UNSATISFIED
from organisation.models import Office
from organisation.selectors import rule
from proposals.models import Proposal, Proposer

#: The two questions, as the columns of an answer are called.
QUESTIONS = {"handling": "办理工作", "result": "办理结果"}


def proposers_of(proposal: Proposal) -> QuerySet[Proposer]:
    """Its own proposers first, then those of the proposals merged into it, each in their order."""
    answered = Proposal.objects.filter(Q(pk=proposal.pk) | Q(merged_into=proposal.pk))
    return (
        Proposer.objects.filter(proposal__in=answered.values("pk"))
        .select_related("member__user", "proposal__session__term")
        .order_by(F("proposal__merged_into").asc(nulls_first=True), "proposal_id", "order", "pk")
    )


def answered_one(proposal: Proposal) -> Proposal:
    """The proposal whose replies answer this one: itself, or the one it was merged into (never merged further)."""
    if proposal.merged_into_id is None:
        return proposal
    return Proposal.objects.select_related("office", "session__term").get(pk=proposal.merged_into_id)


def is_answered(proposer: Proposer, reply: Reply) -> bool:
    """Whether the reply answers this proposer."""
    return answered_one(proposer.proposal).pk == reply.assignment.proposal_id


# --- answers ---------------------------------------------------------------------------------------------------------
def newest(**same: Any) -> Subquery:
    """For an outer answer: the newest one of its proposer for its reply."""
    found = Feedback.objects.filter(reply=OuterRef("reply"), proposer=OuterRef("proposer"), **same)
    return Subquery(found.order_by("-pk").values("pk")[:1])


def of_whole_replies() -> QuerySet[Feedback]:
    """The answers that count, about replies as a whole: of each proposer the newest for each reply."""
    return Feedback.objects.filter(item__isnull=True, pk=newest(item__isnull=True))


def of_promises() -> QuerySet[Feedback]:
    """The answers that count, about single promised items."""
    return Feedback.objects.filter(item__isnull=False, pk=newest(item=OuterRef("item")))


def current_replies() -> QuerySet[Reply]:
    """Delivered replies to proposers that no later round has overtaken: an answer to them still counts."""
    later = Reply.objects.filter(assignment=OuterRef("assignment"), round__gt=OuterRef("round"))
    return Reply.objects.filter(
        ~Exists(later), state=ReplyState.PASSED, assignment__role__in=ANSWERING,
        assignment__state__in=(AssignmentState.REPLIED, AssignmentState.DONE),
    )  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """What the proposers think of one reply. `answers`: those to be answered with their newest answer or None."""

    answers: Sequence[tuple[Proposer, Feedback | None]]

    @property
    def missing(self) -> list[Proposer]:
        return [proposer for proposer, answer in self.answers if answer is None]

    @property
    def all_in(self) -> bool:
        return not self.missing

    def count(self, question: str, answer: str) -> int:
        return sum(1 for _, each in self.answers if each is not None and getattr(each, question) == answer)

    def unsatisfied(self, measure: Mapping[str, Any]) -> list[Proposer]:
        """Who is not satisfied in a way the rule counts (`handling.unsatisfied`); empty below the rule's number."""
        asked = [name for name in QUESTIONS if measure.get(name)]
        bad = Satisfaction.UNSATISFIED
        found = [who for who, each in self.answers if each and any(getattr(each, name) == bad for name in asked)]
        return found if len(found) >= int(measure.get("least", 1)) else []


def standing(reply: Reply, people: Sequence[Proposer] | None = None) -> Standing:
    """Two queries; `people` when the caller has them."""
    rows = {row.proposer_id: row for row in of_whole_replies().filter(reply=reply)}
    wanted = proposers_of(reply.assignment.proposal) if people is None else people
    return Standing([(proposer, rows.get(proposer.pk)) for proposer in wanted])


def is_unsatisfied(stand: Standing, office: Office) -> bool:
    return bool(stand.unsatisfied(rule(UNSATISFIED, office)))
