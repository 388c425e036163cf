"""Objects of the life before the review, for access and page tests: called from tests/world.py."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core import files, textversions
from proposals.enums import InvitationState, ProposalKind, ProposalState, RequestKind, RequestState
from proposals.models import Attachment, Batch, BulkRun, ChangeRequest, Invitation, Proposal
from tests import factories as make


def add_proposals(world: Any) -> None:
    """A joint one whose co-signer is asked, a collective one before its convenor, a collection, a file, a request."""
    world.objects["proposal.joint"] = joint = unsent(world, ProposalState.COSIGNING, kind=ProposalKind.JOINT)
    Invitation.objects.create(
        proposal=joint, member=world["member.colleague"], state=InvitationState.PENDING, order=2,
        expires_at=timezone.now() + timedelta(days=5), invited_by=world.people["owner"],
    )  # fmt: skip
    world.objects["proposal.collective"] = unsent(
        world, ProposalState.ORG_SIGN, kind=ProposalKind.COLLECTIVE, collective_kind="sector",
        collective_name="县政协农业界", convenor=world["member.stranger"],
    )  # fmt: skip
    add_reviews(world)
    world.objects["batch"] = batch(world)
    world.objects["attachment"] = Attachment.objects.create(
        proposal=world["proposal.submitted"],
        file=files.store(b"%PDF-1.7 test", name="现场照片.pdf", extension="pdf", by=None),
    )
    world.objects["request"] = ChangeRequest.objects.create(
        proposal=world["proposal.filed"], kind=RequestKind.CHANGE, reason="数字写错了", state=RequestState.REFUSED,
        texts={"suggestions": "建议增设五处站点。"}, by=world.people["owner"], answer="与原意不符",
        decided_by=world.people["county_staff"], decided_at=timezone.now(),
    )  # fmt: skip


def add_reviews(world: Any) -> None:
    """One that was not filed, and a run of a bulk act of the county's clerk."""
    proposal = make.ProposalFactory(
        office=world.offices["county"], home_office=world.offices["town"], session=world["session"],
        member=world["member.owner"], state=ProposalState.NOT_FILED, category="other", not_filed_reason="academic",
        decided_at=make.moment(3, 20),
    )  # fmt: skip
    world.objects["proposal.not_filed"] = proposal
    world.objects["bulk_run"] = BulkRun.objects.create(
        key=uuid.uuid4(), action="file", label="立案", asked=2, by=world.people["county_staff"],
        results=[[proposal.pk, "流水7", str(proposal), False, "现在是“不予立案”，不能立案。"]],
    )  # fmt: skip


def unsent(world: Any, state: str, **given: Any) -> Proposal:
    proposal = make.ProposalFactory(
        office=world.offices["county"], home_office=world.offices["town"], session=world["session"],
        member=world["member.owner"], state=state, submitted_at=None, category="society",
        background="情况" * 20, analysis="分析" * 20, suggestions="建议" * 20, **given,
    )  # fmt: skip
    textversions.keep(proposal, {"subject": proposal.subject, "suggestions": proposal.suggestions}, by=None)
    return proposal


def batch(world: Any) -> Batch:
    return Batch.objects.create(
        office=world.offices["county"], name="十届五次会议提案征集", topics="养老服务\n防汛", grace_minutes=10,
        opens_at=make.moment(1, 5), closes_at=make.moment(1, 10),
    )  # fmt: skip
