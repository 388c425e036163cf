"""The people of a proposal: who is to sign, in which order. Signing itself is `signatures`.

All of it holds the proposal's row lock, apart from the version of the text: choosing people and writing the text do
not get into each other's way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.errors import DomainError
from core.templatetags.ui import cn_datetime
from members.models import Member
from notices.services import tell
from organisation.selectors import rule
from proposals.enums import InvitationState, ProposalState
from proposals.models import Invitation, Proposal, Proposer
from proposals.permissions import can_choose_people
from proposals.selectors import candidates

I = InvitationState  # noqa: E741
#: Answers that leave room for asking again.
AGAIN = (I.DECLINED, I.RECALLED, I.EXPIRED, I.LEFT)
FAR = 10_000  # beyond every real place, while places are exchanged


def proposers_of(proposal: Proposal) -> list[Any]:
    """Users of all proposers, for notices."""
    return [row.member.user for row in proposal.proposers.select_related("member__user")]


def lead_user(proposal: Proposal) -> Any:
    first = proposal.proposers.select_related("member__user").first()
    return first.member.user if first else None


@contextmanager
def locking(proposal: Proposal) -> Iterator[Proposal]:
    """The proposal as it is now, its row locked for the rest of the transaction."""
    with transaction.atomic():
        yield Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


# --- choosing ------------------------------------------------------------------------------------------------------
def choose(*, proposal: Proposal, members: Sequence[int], by: Any) -> int:
    """Puts members on the list of co-signers; while signatures are gathered they are asked at once. How many.

    Raises Denied, DomainError.
    """
    with locking(proposal) as locked:
        can_choose_people(by, locked).require()
        found = list(candidates(locked).filter(pk__in=members))
        if not found:
            raise DomainError("请先勾选委员。")
        for member in found:
            choose_one(locked, member, by=by)
        record("proposal.choose", locked, by=by, detail={"members": [each.pk for each in found]})
    return len(found)


def choose_one(proposal: Proposal, member: Member, *, by: Any) -> None:
    row, _ = Invitation.objects.update_or_create(
        proposal=proposal, member=member,
        defaults={"state": I.CHOSEN, "order": next_place(proposal), "invited_by": by, "expires_at": None,
                  "answered_at": None, "remark": "", "signed_version": None, "reminded_at": None},
    )  # fmt: skip
    if proposal.state == ProposalState.COSIGNING:
        ask([row], until=standing_until(proposal), by=by)


def next_place(proposal: Proposal) -> int:
    used = [*proposal.invitations.values_list("order", flat=True), *proposal.proposers.values_list("order", flat=True)]
    return max(used, default=1) + 1


def standing_until(proposal: Proposal) -> Any:
    """Until when the others are asked; without others the office's usual time from now."""
    latest = proposal.invitations.filter(state=I.PENDING).order_by("-expires_at").first()
    usual = timezone.now() + timedelta(days=rule("proposal.invitation_days", proposal.office))
    return latest.expires_at if latest and latest.is_waiting else usual


def ask(rows: Sequence[Invitation], *, until: Any, by: Any) -> None:
    """Sends the invitations; the caller holds the proposal's lock."""
    for row in rows:
        row.state, row.expires_at, row.invited_by, row.reminded_at = I.PENDING, until, by, None
        row.save()
        tell([row.member.user], invitation_text(row, by), url=row.proposal.get_absolute_url())


def invitation_text(row: Invitation, by: Any) -> str:
    return f"{by.name}请您联名提案《{row.proposal}》，请在{cn_datetime(row.expires_at)}前确认。"


def drop(*, proposal: Proposal, invitation: int, by: Any) -> None:
    """Takes somebody off the list: who was asked is told, who has signed stays. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_choose_people(by, locked).require()
        row = one_of(locked, invitation)
        if row.state == I.ACCEPTED:
            raise DomainError(f"{row.member.name}已经同意联名，不能移出；需要时请本人退出联名。")
        record("proposal.uninvite", locked, by=by, detail={"member": row.member_id, "was": row.state})
        if row.state != I.PENDING:
            row.delete()
            return
        row.state = I.RECALLED
        row.save(update_fields=["state"])
        tell([row.member.user], f"{by.name}撤回了请您联名提案《{locked}》的邀请。")


def one_of(proposal: Proposal, pk: int) -> Invitation:
    row = proposal.invitations.filter(pk=pk).select_related("member__user", "proposal").first()
    if row is None:
        raise DomainError("没有找到这位联名人，请刷新页面。")
    return row


def remind(*, proposal: Proposal, invitation: int, by: Any) -> None:
    """Asks again those who have not answered, at most once in the hours the rule says. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_choose_people(by, locked).require()
        row = one_of(locked, invitation)
        if not row.is_waiting:
            raise DomainError(f"{row.member.name}现在是“{row.state_label}”，不需要提醒。")
        hours = rule("proposal.remind_hours", locked.office)
        if row.reminded_at and timezone.now() < row.reminded_at + timedelta(hours=hours):
            raise DomainError(f"{cn_datetime(row.reminded_at)}已经提醒过{row.member.name}，{hours} 小时内不再提醒。")
        row.reminded_at = timezone.now()
        row.save(update_fields=["reminded_at"])
        tell([row.member.user], f"提醒：{invitation_text(row, by)}", url=locked.get_absolute_url())
        record("proposal.remind", locked, by=by, detail={"member": row.member_id})


# --- order ---------------------------------------------------------------------------------------------------------
def move_up(*, proposal: Proposal, invitation: int, by: Any) -> None:
    """One place up among the co-signers; the first proposer stays first. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_choose_people(by, locked).require()
        rows = list(locked.invitations.order_by("order", "pk"))
        place = next((at for at, row in enumerate(rows) if row.pk == invitation), 0)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        renumber(locked, rows)
        record("proposal.order", locked, by=by, detail={"members": [row.member_id for row in rows]})


def renumber(proposal: Proposal, rows: Sequence[Invitation]) -> None:
    """Places from 2 on; in two steps, because no two proposers may ever have the same place."""
    places = {row.member_id: at for at, row in enumerate(rows, 2)}
    signed = list(proposal.proposers.filter(member_id__in=places))
    for shift in (FAR, 0):
        for each in signed:
            Proposer.objects.filter(pk=each.pk).update(order=places[each.member_id] + shift)
    for row in rows:
        Invitation.objects.filter(pk=row.pk).update(order=places[row.member_id])


# --- the convenor --------------------------------------------------------------------------------------------------
def name_convenor(*, proposal: Proposal, member: int, by: Any) -> None:
    """Who is to sign a collective proposal. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_choose_people(by, locked).require()
        if locked.state in (ProposalState.ORG_SIGN, ProposalState.COSIGNING):
            raise DomainError("正在等召集人签署。要换召集人，请先“收回修改”。")
        found = candidates(locked, convenor=True).filter(pk=member).first()
        if found is None:
            raise DomainError("请先选一位委员。")
        locked.convenor = found
        locked.save(update_fields=["convenor"])
        record("proposal.convenor", locked, by=by, detail={"member": found.pk})
