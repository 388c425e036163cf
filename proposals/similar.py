"""Proposals as a source of similar texts: what is compared, who sees which of them, what a reviewer does with a hit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.models import Stateful, WorkflowEvent
from core.pages import Link
from core.permissions import ALLOWED, Permission, denied
from core.workflow import observers
from organisation.selectors import grants, home_office, root_of
from proposals.enums import FILED, LEADS, RECEIVED, ProposalState
from proposals.models import Proposal
from proposals.permissions import can_merge, can_write, is_own
from proposals.rules import PARTS
from proposals.selectors import with_people
from proposals.workflow import FLOW
from similar import services
from similar.sources import Face, Source, Written, sources

KIND = "proposals"
#: What enters or leaves the index: a text handed in, a text taken back.
MOVES = frozenset({ProposalState.SUBMITTED, ProposalState.WITHDRAWN})


def received() -> QuerySet:
    return Proposal.objects.filter(state__in=RECEIVED)


def written(proposal: Proposal) -> Written:
    day = timezone.localdate(proposal.submitted_at) if proposal.submitted_at else None
    return Written(proposal.subject, "\n".join(getattr(proposal, name) for name in PARTS), day)


def typed(data: Mapping[str, str]) -> Written:
    return Written(data.get("subject", ""), "\n".join(data.get(name, "") for name in PARTS))


def lookup_url(proposal: Proposal | None) -> str:
    """Where a writing page asks: what is already handed in does not find itself."""
    url = reverse("similar_lookup", args=[KIND])
    return f"{url}?own={proposal.pk}" if proposal is not None else url


def visible(user: Any) -> QuerySet:
    return Proposal.objects.visible_to(user).filter(state__in=RECEIVED)


def lines(user: Any) -> QuerySet:
    """Filed ones of the user's committee whose proposers agreed to publication."""
    home = home_office(user)
    rows = Proposal.objects.filter(state__in=FILED, may_publish=True)
    return rows.filter(office=root_of(home)) if home else rows.none()


def faces(pks: Collection[int]) -> dict[int, Face]:
    return {row.pk: face(row) for row in with_people(Proposal.objects.filter(pk__in=pks))}


def face(proposal: Proposal) -> Face:
    people = frozenset(row.member_id for row in proposal.proposers.all())
    return Face(str(proposal), proposal.full_case_label, proposal.state_label, proposal.tone,
                proposal.get_absolute_url(), people=people)  # fmt: skip


def may_review(user: Any, proposal: Proposal) -> Permission:
    """Staff and leaders who read what their office received, except of their own."""
    where = grants(user).where(Can.VIEW_PROPOSALS)
    if where & {proposal.office_id, proposal.home_office_id} and not is_own(user, proposal):
        return ALLOWED
    return denied("类似提案的对照由审查提案的办公室查看。")


def offers(user: Any, proposal: Proposal, other_pk: int) -> list[Link]:
    """并入这一件, where the review may still do that."""
    if proposal.state not in FLOW.transitions["merge"].sources or not can_merge(user, proposal):
        return []
    leads = Proposal.objects.filter(office_id=proposal.office_id, session_id=proposal.session_id, state__in=LEADS)
    if not leads.filter(pk=other_pk).exists():
        return []
    return [
        Link("并入这一件", f"{reverse('proposal_act', args=[proposal.pk, 'merge'])}?into={other_pk}", "quiet", "union")
    ]


def on_transition(event: WorkflowEvent, subject: Stateful) -> None:
    if isinstance(subject, Proposal) and event.to_state in MOVES:
        services.index(kind=KIND, pk=subject.pk)


def connect() -> None:
    observers.append(on_transition)
    sources.register(
        KIND,
        Source("提案", "件", received, written, visible, lines, faces, typed, can_write, may_review, offers),
    )
