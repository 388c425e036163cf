"""Who signs: what is asked of the reader, the list of names, attachments, the first proposer's way to the list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.pages import Link
from core.panels import Panel, Part
from members.authors import member_of
from proposals.enums import SIGNING, WRITABLE, InvitationState, ProposalKind, ProposalState
from proposals.models import Invitation
from proposals.pages.people import changes_since, rows_of
from proposals.pages.writing import size_text
from proposals.panels import Sight, parts
from proposals.permissions import can_choose_people, can_leave, can_see_versions


def own_invitation(sight: Sight) -> Invitation | None:
    member = member_of(sight.user)
    rows = sight.proposal.invitations.all()
    return next((row for row in rows if member is not None and row.member_id == member.pk), None)


def links(sight: Sight) -> list[Link]:
    pk, found = sight.proposal.pk, []
    if sight.proposal.state in WRITABLE | SIGNING and can_choose_people(sight.user, sight.proposal):
        primary = sight.proposal.state == ProposalState.COSIGNING
        label = "召集人" if sight.proposal.kind == ProposalKind.COLLECTIVE else "联名人"
        found.append(
            Link(label, reverse("proposal_people", args=[pk]), "primary" if primary else "secondary", "people")
        )
    if can_see_versions(sight.user, sight.proposal) and sight.proposal.version > 1:
        found.append(Link("历史版本", reverse("proposal_versions", args=[pk]), icon="clock-history"))
    return found


def panels(sight: Sight) -> list[Panel]:
    asked = answer_panel(sight) if sight.own else []
    return [*asked, *names_panel(sight), *attachments_panel(sight)]


def answer_panel(sight: Sight) -> list[Panel]:
    """For the one who was asked: agree or not. For a co-signer: what changed since, and the way out."""
    row = own_invitation(sight)
    context: dict[str, Any] = {"proposal": sight.proposal, "lead": sight.proposal.proposers_label, "invitation": row}
    if row is not None and row.state == InvitationState.PENDING and sight.proposal.state == ProposalState.COSIGNING:
        return [Panel("proposals/_invited.html", context)]
    if row is None or row.state != InvitationState.ACCEPTED:
        return []
    changes, may_leave = changes_since(sight.proposal, row), bool(can_leave(sight.user, sight.proposal))
    if not changes and not may_leave:
        return []
    return [Panel("proposals/_signed.html", context | {"changes": changes, "may_leave": may_leave})]


def names_panel(sight: Sight) -> list[Panel]:
    """The proposers' side sees how far it is; everybody else the remark of those who signed is no business of."""
    proposal = sight.proposal
    if proposal.kind == ProposalKind.COLLECTIVE and proposal.convenor is not None:
        return [Panel("proposals/_convenor.html", {"proposal": proposal}, side=True)]
    rows = rows_of(proposal)
    if not rows or not sight.own or proposal.state not in WRITABLE | SIGNING:
        return []
    return [Panel("proposals/_names.html", {"first": proposal.proposers.all()[0].member.name, "rows": rows}, side=True)]


def attachments_panel(sight: Sight) -> list[Panel]:
    files = [{"pk": row.pk, "name": row.file.original_name, "size": size_text(row.file.size)}
             for row in sight.proposal.attachments.select_related("file")]  # fmt: skip
    return [Panel("proposals/_attachments.html", {"files": files})] if files else []


def connect() -> None:
    parts.add(Part("people", 10, links=links, panels=panels))
