"""Shared reads of replies, contacts and answers: who sees what, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from handling.answering import current_replies, of_whole_replies
from handling.enums import ANSWERING, AssignmentState, ReplyState, Satisfaction
from handling.models import Assignment, Contact, Feedback, Reply, ReplyFile
from handling.models.replies import RECEIVED
from handling.selectors import reads
from organisation.selectors import grants
from proposals.models import Proposer


def with_parts(replies: QuerySet) -> QuerySet:
    """Replies with everything their letter shows, in a constant number of queries."""
    files = ReplyFile.objects.select_related("file").order_by("order", "pk")
    return replies.select_related(
        "assignment__unit", "assignment__proposal__office", "assignment__proposal__session__term"
    ).prefetch_related("items", Prefetch("files", queryset=files))


def get_for(user: Any, pk: int) -> Reply:
    """Raises Http404 for a stranger as for a missing one."""
    found = with_parts(Reply.objects.visible_to(user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def file_for(user: Any, pk: int) -> ReplyFile:
    """Raises Http404."""
    rows = ReplyFile.objects.filter(reply__in=Reply.objects.visible_to(user).values("pk"))
    found = rows.select_related("file").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def works_on(user: Any, assignment: Assignment) -> bool:
    """The unit's people, and staff and leaders of the offices concerned: those who see how a reply came about."""
    return assignment.unit_id in grants(user).unit_ids or reads(user, assignment.proposal)


def contact_for(user: Any, pk: int) -> Contact:
    """Raises Http404."""
    found = Contact.objects.select_related("photo", "assignment__proposal__office", "assignment__unit")
    row = found.filter(pk=pk).first()
    if row is None or not works_on(user, row.assignment):
        raise Http404
    return row


def sheet_for(user: Any, pk: int) -> Feedback:
    """An answer with its paper sheet: for staff and leaders, and the proposer himself. Raises Http404."""
    rows = Feedback.objects.filter(sheet__isnull=False).select_related(
        "sheet", "proposer__member", "reply__assignment__proposal"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    if row.proposer.member.user_id != user.pk and not reads(user, row.reply.assignment.proposal):
        raise Http404
    return row


# --- lists ---
def listed(user: Any) -> QuerySet:
    """Replies and opinions a unit or an office works with, the newest first."""
    held = grants(user)
    rows = Reply.objects.visible_to(user).filter(
        Q(assignment__unit_id__in=held.unit_ids) | Q(state__in=RECEIVED)
    )  # fmt: skip
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    return (
        rows.select_related("assignment__unit", "assignment__proposal__session__term")
        .defer(
            "body",
            "assignment__proposal__background",
            "assignment__proposal__analysis",
            "assignment__proposal__suggestions",
        )
        .prefetch_related(Prefetch("assignment__proposal__proposers", queryset=people))
        .order_by(F("sent_at").desc(nulls_first=True), "-pk")
    )


def unanswered(path: str) -> Exists:
    """Over replies: whether some proposer of the proposals at this path has not said what he thinks of the reply."""
    said = Feedback.objects.filter(reply=OuterRef(OuterRef("pk")), proposer=OuterRef("pk"), item__isnull=True)
    return Exists(Proposer.objects.filter(~Exists(said), **{path: OuterRef("assignment__proposal")}))


def awaiting() -> QuerySet[Reply]:
    """Delivered replies some proposer has not judged yet, while their unit's part is open."""
    rows = current_replies().filter(assignment__state=AssignmentState.REPLIED)
    return rows.filter(unanswered("proposal") | unanswered("proposal__merged_into"))


def unhappy() -> QuerySet[Reply]:
    """Delivered replies of which some proposer is not satisfied and about which nobody has decided since.

    Which of the two questions counts is the office's rule; this list is the wider one, so that nothing is overlooked.
    """
    bad = Q(result=Satisfaction.UNSATISFIED) | Q(handling=Satisfaction.UNSATISFIED)
    rows = of_whole_replies().filter(bad)
    late = rows.filter(at__gt=F("reply__assignment__done_at"), reply__assignment__state=AssignmentState.DONE)
    pending = rows.filter(reply__assignment__state=AssignmentState.REPLIED)
    return current_replies().filter(Q(pk__in=pending.values("reply")) | Q(pk__in=late.values("reply")))


def to_judge(user: Any) -> QuerySet[Proposer]:
    """Proposer rows of the user for whom a delivered reply waits to be judged."""
    mine = Proposer.objects.filter(member__user_id=user.pk)
    return mine.filter(not_judged("proposal") | not_judged("proposal__merged_into"))


def not_judged(path: str) -> Exists:
    """Over proposers: whether a reply to the proposal at this path waits for his judgement."""
    said = Feedback.objects.filter(reply=OuterRef("pk"), proposer=OuterRef(OuterRef("pk")), item__isnull=True)
    answered = {"assignment__proposal": OuterRef(path), "assignment__state": AssignmentState.REPLIED}
    return Exists(current_replies().filter(~Exists(said), **answered))


# --- to-dos ---
def sent_back(unit_ids: Iterable[int]) -> QuerySet[Reply]:
    return Reply.objects.filter(state=ReplyState.SENT_BACK, assignment__unit_id__in=unit_ids)


def to_rehandle(unit_ids: Iterable[int]) -> QuerySet[Assignment]:
    """Sent back by the proposers' judgement, and the new reply has not been sent."""
    sent = Reply.objects.filter(assignment=OuterRef("pk"), state=ReplyState.SENT)
    rows = Assignment.objects.filter(state=AssignmentState.REHANDLING, unit_id__in=unit_ids)
    return rows.filter(~Exists(sent))


def to_check(office_ids: Iterable[int]) -> QuerySet[Reply]:
    """Sent by units, waiting for the office."""
    return Reply.objects.filter(
        state=ReplyState.SENT, assignment__role__in=ANSWERING, assignment__proposal__office_id__in=office_ids
    )
