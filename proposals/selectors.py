"""Shared reads: the one definition of what counts as collected and filed, lists, figures of a year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import ExtractMonth
from django.http import Http404
from django.utils import timezone

from core.breakdown import Share, counts, lines, rate, totals
from core.clock import Span
from core.models import TextVersion
from members.models import Member
from organisation.models import Office
from organisation.selectors import code_labels, committee_of, descend, root_of
from proposals.defaults import CATEGORY
from proposals.enums import FILED, RECEIVED, UNDECIDED, UNSENT, WRITABLE, InvitationState, ProposalState, Stage
from proposals.models import Attachment, Batch, ChangeRequest, Invitation, Proposal, Proposer

DATED_BY = {Stage.SUBMITTED: "submitted_at", Stage.FILED: "filed_at"}
COUNTED = {Stage.SUBMITTED: RECEIVED, Stage.FILED: FILED}
RATE_DEFINITION = "立案率＝本期提交的提案中已立案（含并案）的件数÷本期提交的件数；撤回的不计。"


def get_for(user: Any, pk: int) -> Proposal:
    """The proposal with everything its page shows. Raises Http404 for a stranger as for a missing one."""
    rows = with_people(Proposal.objects.visible_to(user)).select_related("convenor", "batch__office")
    proposal = rows.prefetch_related("invitations__member").filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal


def with_people(proposals: QuerySet) -> QuerySet:
    """Proposers, offices and session in a constant number of queries."""
    rows = Proposer.objects.select_related("member").order_by("order", "pk")
    return proposals.select_related("office", "home_office", "session__term").prefetch_related(
        Prefetch("proposers", queryset=rows), "invitations"
    )


def own(user: Any) -> QuerySet:
    """What the user wrote or signed, what still needs the user first, then the newest."""
    waiting = Case(When(state__in=UNSENT | WRITABLE, then=0), default=1)
    mine = Proposal.objects.filter(proposers__member__user_id=user.pk)
    return with_people(mine).order_by(waiting, "-updated_at", "-pk")


def asked_of(user: Any) -> QuerySet:
    """What waits for the user's signature: as a co-signer in time, or as convenor."""
    invited = Invitation.objects.filter(
        member__user_id=user.pk, state=InvitationState.PENDING, expires_at__gt=timezone.now()
    ).values("proposal_id")
    cosign = Q(state=ProposalState.COSIGNING, pk__in=invited)
    return Proposal.objects.filter(cosign | Q(state=ProposalState.ORG_SIGN, convenor__user_id=user.pk))


def changed_since_signed(user: Any) -> QuerySet:
    """Where the text is no longer the one the user agreed to, as long as the signature can be taken back."""
    kind = ContentType.objects.get_for_model(Proposal)
    newest = TextVersion.objects.filter(subject_type=kind, subject_id=OuterRef("proposal_id")).order_by("-number")
    signed = Invitation.objects.filter(
        member__user_id=user.pk,
        state=InvitationState.ACCEPTED,
        proposal__state__in=UNDECIDED | {ProposalState.COSIGNING},
    ).exclude(signed_version=Subquery(newest.values("number")[:1]))
    return Proposal.objects.filter(pk__in=signed.values("proposal_id"))


def candidates(proposal: Proposal, *, convenor: bool = False) -> QuerySet[Member]:
    """Serving members of the whole committee with an account, who can sign; without those who are on the list."""
    rows = Member.objects.serving().filter(office_id__in=descend(proposal.office_id), user__isnull=False)
    if not convenor:
        listed = proposal.invitations.filter(
            state__in=(InvitationState.CHOSEN, InvitationState.PENDING, InvitationState.ACCEPTED)
        )
        signed = proposal.proposers.values("member_id")
        rows = rows.exclude(pk__in=listed.values("member_id")).exclude(pk__in=signed)
    return rows.select_related("office", "sector")


def open_batches(office: Office) -> list[Batch]:
    """Collections of the committee that take proposals now; in the minutes of grace too, but nobody is told of it."""
    rows = Batch.objects.filter(office=root_of(office), opens_at__lte=timezone.now(), closes_at__gt=timezone.now())
    return list(rows.order_by("closes_at"))


def batch_for(user: Any, pk: int) -> Batch:
    """Members of the committee and its offices. Raises Http404."""
    root = committee_of(user)
    found = Batch.objects.select_related("office").filter(pk=pk, office=root).first() if root else None
    if found is None:
        raise Http404
    return found


def request_for(user: Any, pk: int) -> ChangeRequest:
    """A request about a proposal the user sees. Raises Http404."""
    rows = ChangeRequest.objects.select_related("proposal", "by", "decided_by")
    found = rows.filter(pk=pk, proposal__in=Proposal.objects.visible_to(user)).first()
    if found is None:
        raise Http404
    return found


def attachment_for(user: Any, pk: int) -> Attachment:
    """A file of a proposal the user sees. Raises Http404."""
    rows = Attachment.objects.select_related("file")
    found = rows.filter(pk=pk, proposal__in=Proposal.objects.visible_to(user)).first()
    if found is None:
        raise Http404
    return found


def of_offices(proposals: QuerySet, office_ids: Collection[int]) -> QuerySet:
    """Those received by one of the offices or written by a member of one of them."""
    return proposals.filter(Q(home_office_id__in=office_ids) | Q(office_id__in=office_ids))


def counted(proposals: QuerySet, stage: str, span: Span | None = None) -> QuerySet:
    """Proposals that reached the stage, within the span by the day they reached it. The rows get `counted_at`."""
    path = DATED_BY[Stage(stage)]
    found = proposals.filter(state__in=COUNTED[Stage(stage)]).annotate(counted_at=F(path))
    if span is not None:
        first, end = span.moments
        found = found.filter(**{f"{path}__gte": first, f"{path}__lt": end})
    return found


@dataclass(frozen=True)
class YearFigures:
    """Figures of some offices over a span.

    `collected` and `filed` are dated by submission and by filing, as the measure's two stages are. `filing_rate` is
    the share of those collected in the span that are filed by now, in per cent with one decimal, None without any
    (RATE_DEFINITION says so in words). The breakdowns are of the collected ones: `total` collected, `done` filed.
    """

    collected: int
    filed: int
    filed_of_collected: int
    by_category: list[Share]
    by_month: list[Share]
    by_home_office: list[Share]

    @property
    def filing_rate(self) -> float | None:
        return rate(self.filed_of_collected, self.collected)


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """Collected, filed, filing rate, by category, month of submission (key 1 to 12) and home office; six queries."""
    base = of_offices(Proposal.objects.all(), office_ids)
    collected, done = counted(base, Stage.SUBMITTED, span), Q(state__in=FILED)
    by_month = counts(collected, ExtractMonth("submitted_at"), done)
    by_home = counts(collected, F("home_office_id"), done)
    offices = dict(Office.objects.filter(pk__in=by_home).values_list("pk", "short_name"))
    total, filed_of_them = totals(by_month)
    return YearFigures(
        collected=total,
        filed=counted(base, Stage.FILED, span).count(),
        filed_of_collected=filed_of_them,
        by_category=lines(counts(collected, F("category"), done), {**code_labels(CATEGORY), "": "未分类"}),
        by_month=lines(by_month, {month: f"{month}月" for month in sorted(by_month)}),
        by_home_office=lines(by_home, offices),
    )
