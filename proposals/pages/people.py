"""The page on which the first proposer chooses who signs, and what the proposal's page says about signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from core import textversions
from core.pages import Page
from core.templatetags.ui import cn_datetime
from members.models import Member
from proposals.enums import InvitationState, ProposalKind, ProposalState
from proposals.models import Invitation, Proposal
from proposals.pages.heads import crumbs
from proposals.selectors import candidates
from proposals.services import TEXTS

SHOWN = 40
TONES = {
    InvitationState.ACCEPTED: "success",
    InvitationState.PENDING: "info",
    InvitationState.DECLINED: "warning",
    InvitationState.EXPIRED: "warning",
}
LEADS = {
    ProposalKind.JOINT: "在全体委员里选联名人，排好顺序，再发邀请。已经同意的人，改正文也不会丢。",
    ProposalKind.COLLECTIVE: "集体提案由召集人签署后提交。",
}


@dataclass(frozen=True)
class Row:
    """One name on the list. `note` says until when or what was answered; the flags say which buttons it has."""

    pk: int
    name: str
    state: str
    tone: str
    note: str
    first: bool
    can_drop: bool
    drop_label: str
    can_remind: bool


def row_of(invitation: Invitation, first: bool) -> Row:
    waiting, state = invitation.is_waiting, invitation.state
    return Row(
        pk=invitation.pk,
        name=invitation.member.name,
        state=invitation.state_label,
        tone="warning" if state == InvitationState.PENDING and not waiting else TONES.get(state, "neutral"),
        note=note_of(invitation),
        first=first,
        can_drop=state != InvitationState.ACCEPTED,
        drop_label="撤回邀请" if waiting else "移出",
        can_remind=waiting,
    )


def note_of(invitation: Invitation) -> str:
    if invitation.state == InvitationState.PENDING:
        return f"{cn_datetime(invitation.expires_at)}截止"
    words = f"：{invitation.remark}" if invitation.remark else ""
    return f"{cn_datetime(invitation.answered_at)}答复{words}" if invitation.answered_at else ""


def rows_of(proposal: Proposal) -> list[Row]:
    listed = sorted(proposal.invitations.all(), key=lambda row: (row.order, row.pk))
    return [row_of(each, at == 0) for at, each in enumerate(listed)]


def people(user: Any, proposal: Proposal, query: str) -> dict[str, Any]:
    wanted = query.replace("\x00", "").strip()[:40]
    collective = proposal.kind == ProposalKind.COLLECTIVE
    found = matching(candidates(proposal, convenor=collective), wanted)
    rows = list(found[: SHOWN + 1]) if wanted else []
    title = "选召集人" if collective else "联名人"
    return {
        "page": Page(title, lead=LEADS.get(ProposalKind(proposal.kind), ""), breadcrumbs=crumbs(user, proposal, title),
                     badge=proposal.state_label, badge_tone=proposal.tone),
        "proposal": proposal,
        "collective": collective,
        "first_name": first_name(proposal),
        "rows": rows_of(proposal),
        "q": wanted,
        "found": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        **steps(proposal),
    }  # fmt: skip


def first_name(proposal: Proposal) -> str:
    return next((row.member.name for row in proposal.proposers.all()), "")


def steps(proposal: Proposal) -> dict[str, Any]:
    """What can be done next, with what it means said beforehand."""
    states = [row.state for row in proposal.invitations.all()]
    waiting = [row.member.name for row in proposal.invitations.all() if row.is_waiting]
    signing = proposal.state == ProposalState.COSIGNING
    chosen, signed = InvitationState.CHOSEN in states, len(proposal.proposers.all()) > 1
    writable = proposal.state in (ProposalState.DRAFT, ProposalState.RETURNED)
    return {
        "may_invite": chosen and writable,
        "may_submit": signed and (signing or writable),
        "may_reopen": signing,
        "may_send": proposal.kind == ProposalKind.COLLECTIVE and writable and proposal.convenor_id is not None,
        "may_edit": writable,
        "lapse": "、".join(waiting),
        "drops": chosen and writable,
    }


def matching(rows: QuerySet[Member], wanted: str) -> QuerySet[Member]:
    """By name, pinyin or initials; never by a phone number, which members do not see of each other."""
    letters = "".join(wanted.split()).lower()
    found = Q(name__contains=wanted) | Q(pinyin_flat__startswith=letters) | Q(name_initials__startswith=letters)
    flat = rows.annotate(pinyin_flat=Replace("name_pinyin", Value(" "), Value("")))
    return flat.filter(found).order_by("name_pinyin", "pk")


# --- the proposal's page -------------------------------------------------------------------------------------------
def changes_since(proposal: Proposal, invitation: Invitation | None) -> list[Any]:
    """What was changed after this co-signer agreed: (label, pieces) per field; empty when nothing."""
    if invitation is None or invitation.state != InvitationState.ACCEPTED or not invitation.signed_version:
        return []
    newest = textversions.of(proposal).first()
    if newest is None or newest.number == invitation.signed_version:
        return []
    signed = textversions.of(proposal).filter(number=invitation.signed_version).first()
    return textversions.compared(signed, newest, TEXTS).changes if signed else []
