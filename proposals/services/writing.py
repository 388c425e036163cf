"""What the first proposer writes: saved as often as wanted, each saving kept as a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction

from audit.services import record
from core import textversions
from core.errors import DomainError
from core.versions import editing
from members.authors import member_of
from notices.services import tell
from organisation.selectors import current_session, root_of
from proposals.enums import InvitationState, ProposalKind, ProposalState
from proposals.models import Proposal, Proposer
from proposals.permissions import can_edit, can_write
from proposals.rules import PARTS
from proposals.services.attachments import attach, detach
from proposals.services.submitting import submit

#: Of these each saving is kept as a version.
TEXTS = {"subject": "案由", **PARTS}


@dataclass(frozen=True)
class Text:
    """What the proposer writes. `leftover`: what was not recognised in an uploaded document."""

    subject: str = ""
    category: str = ""
    background: str = ""
    analysis: str = ""
    suggestions: str = ""
    wished_units: str = ""
    may_publish: bool = True
    unpublish_reason: str = ""
    kind: str = ProposalKind.INDIVIDUAL
    batch_id: int | None = None
    collective_kind: str = ""
    collective_name: str = ""
    leftover: str = ""


@dataclass(frozen=True)
class Files:
    """Attachments that come and go with a saving: uploads, and ids of attachments to take away."""

    add: Sequence[Any] = ()
    drop: Sequence[int] = ()


@transaction.atomic
def write(*, text: Text, by: Any, proposal: Proposal | None = None, version: int | None = None,
          and_submit: bool = False, files: Files | None = None, note: str = "") -> Proposal:  # fmt: skip
    """Saves the text as a new draft or into the proposal, and submits it when asked.

    Raises Denied, Conflict, or DomainError naming the field that is not complete.
    """
    proposal = start(text=text, by=by, note=note) if proposal is None else rewrite(
        proposal=proposal, text=text, version=version, by=by, note=note
    )  # fmt: skip
    if files is not None:
        detach(proposal=proposal, pks=files.drop, by=by)
        attach(proposal=proposal, uploads=files.add, by=by)
    if and_submit:
        submit(proposal=proposal, by=by)
    return proposal


def start(*, text: Text, by: Any, note: str = "") -> Proposal:
    can_write(by).require()
    member = member_of(by)
    proposal = Proposal.objects.create(
        state=ProposalState.DRAFT,
        office=root_of(member.office),
        home_office=member.office,
        session=current_session(member.office),
        updated_by=by,
        **asdict(text),
    )
    Proposer.objects.create(proposal=proposal, member=member, order=1)
    textversions.keep(proposal, texts_of(proposal), by=by, note=note)
    record("proposal.create", proposal, by=by)
    return proposal


def rewrite(*, proposal: Proposal, text: Text, version: int | None, by: Any, note: str = "") -> Proposal:
    with editing(proposal, version=version, by=by) as locked:
        can_edit(by, locked).require()
        keep_kind(locked, text)
        before = texts_of(locked)
        changed = [name for name, value in asdict(text).items() if getattr(locked, name) != value]
        for name, value in asdict(text).items():
            setattr(locked, name, value)
        keep_version(locked, before, by=by, note=note)
        record("proposal.update", locked, by=by, detail={"fields": changed})
    return locked


def texts_of(proposal: Proposal) -> dict[str, str]:
    return {name: getattr(proposal, name) for name in TEXTS}


def keep_kind(proposal: Proposal, text: Text) -> None:
    """A draft never loses a co-signer. Raises DomainError."""
    if text.kind != ProposalKind.JOINT and proposal.proposers.count() > 1:
        raise DomainError("已经有人同意联名，不能改为别的类别。要改请先和联名人说明，请他们退出联名。", field="kind")


def keep_version(proposal: Proposal, before: dict[str, str], *, by: Any, note: str = "") -> None:
    """The caller holds the row lock. Co-signers hear of the first change after their signature."""
    previous = textversions.of(proposal).values_list("number", flat=True).first()
    kept = textversions.keep(proposal, texts_of(proposal), by=by, before=before, note=note)
    if kept is None or previous is None:
        return
    signed = proposal.invitations.filter(state=InvitationState.ACCEPTED, signed_version=previous)
    tell([row.member.user for row in signed.select_related("member__user")],
         f"您联名的提案《{proposal}》正文有改动，请查看。", url=proposal.get_absolute_url())  # fmt: skip


def restore(*, proposal: Proposal, number: int, version: int | None, by: Any) -> Proposal:
    """The texts of an old version as the newest one; everything else stays. Raises Denied, Conflict, Http404."""
    old = textversions.version(proposal, number)
    now = {each.name: getattr(proposal, each.name) for each in fields(Text)}
    text = Text(**now | {name: old.texts.get(name, "") for name in TEXTS})
    return rewrite(proposal=proposal, text=text, version=version, by=by, note=f"恢复第 {number} 版")


@transaction.atomic
def discard(*, proposal: Proposal, by: Any) -> None:
    """Deletes a draft that was never submitted. Those who had agreed to sign are told."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    can_edit(by, locked).require()
    if locked.submitted_at is not None:
        raise DomainError("这件提案提交过，不能删除。可以修改后重新提交，或者撤回。")
    record("proposal.discard", locked, by=by)
    cosigners = locked.proposers.exclude(member__user=by).select_related("member__user")
    tell([row.member.user for row in cosigners], f"{by.name}删除了您同意联名的提案草稿《{locked}》。")
    locked.delete()
