"""Signing: co-signers of a joint proposal, the convenor of a collective one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core import textversions
from core.clock import end_of
from core.errors import Denied, DomainError, StateChanged
from core.templatetags.ui import cn_datetime
from members.authors import member_of
from notices.services import tell
from proposals import rules
from proposals.enums import InvitationState as I
from proposals.enums import ProposalState
from proposals.models import Invitation, Proposal, Proposer
from proposals.permissions import can_leave, can_write, is_proposer
from proposals.services.people import ask, lead_user, locking, next_place
from proposals.services.submitting import require_open, stamp, tell_changed, tell_office
from proposals.workflow import FLOW


# --- joint ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def invite(*, proposal: Proposal, until: date, by: Any) -> Proposal:
    """Asks everybody on the list, until the end of the day `until`; from now on the text is locked.

    Raises Denied, DomainError when the text is not complete, nobody is on the list, or the day is over.
    """
    with FLOW.step(proposal, "invite", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        rows = list(locked.invitations.filter(state=I.CHOSEN).select_related("member__user", "proposal"))
        if not rows:
            raise DomainError("还没有选联名人，请先选好再发邀请。")
        ask(rows, until=closing(locked, until), by=by)
    tell_changed(locked, f"您联名的提案《{locked}》正文在您同意以后有改动，请查看。")
    return locked


def closing(proposal: Proposal, until: date) -> datetime:
    """The last minute of the day, but never later than the collection the proposal is meant for. Raises DomainError."""
    end = end_of(until) - timedelta(minutes=1)
    if proposal.batch is not None and proposal.submitted_at is None:
        require_open(proposal)
        end = min(end, proposal.batch.closes_at)
    if end <= timezone.now():
        raise DomainError("截止日期已经过了，请选今天或以后的日期。", field="until")
    return end


def accept(*, proposal: Proposal, remark: str, by: Any) -> None:
    """The invited member signs and becomes a proposer. Raises Denied, DomainError when it is too late."""
    with locking(proposal) as locked:
        row = waiting_for(locked, by)
        can_write(by).require()
        taken = locked.proposers.filter(order=row.order).exists()
        row.order = next_place(locked) if taken else row.order
        Proposer.objects.create(proposal=locked, member=row.member, order=row.order)
        answered(row, I.ACCEPTED, remark, by=by)


def decline(*, proposal: Proposal, remark: str, by: Any) -> None:
    """Raises Denied, DomainError when it is too late."""
    with locking(proposal) as locked:
        answered(waiting_for(locked, by), I.DECLINED, remark, by=by)


def waiting_for(proposal: Proposal, user: Any) -> Invitation:
    """The user's own invitation, still open by the server's clock. Raises Denied, DomainError."""
    member = member_of(user)
    rows = proposal.invitations.select_related("member__user", "proposal")
    row = rows.filter(member=member).first() if member else None
    if row is None:
        raise Denied("没有请您联名这件提案。")
    if proposal.state != ProposalState.COSIGNING or row.state != I.PENDING:
        raise StateChanged(f"这份邀请现在是“{row.state_label}”，不能再答复。请刷新后查看最新情况。")
    if not row.is_waiting:
        raise DomainError(f"邀请已于{cn_datetime(row.expires_at)}截止，不能再答复。需要时请提案人重新邀请。")
    return row


def answered(row: Invitation, state: str, remark: str, *, by: Any) -> None:
    newest = textversions.of(row.proposal).first()
    row.state, row.answered_at, row.remark = state, timezone.now(), remark.strip()[:200]
    row.signed_version = newest.number if newest and state == I.ACCEPTED else None
    row.save()
    record("proposal.answer", row.proposal, by=by, detail={"member": row.member_id, "answer": state})
    words = "同意联名" if state == I.ACCEPTED else "谢绝联名"
    open_ones = [each for each in row.proposal.invitations.filter(state=I.PENDING) if each.is_waiting]
    rest = f"还有 {len(open_ones)} 人没有答复。" if open_ones else "邀请都有了结果，可以提交。"
    tell([lead_user(row.proposal)], f"{row.member.name}{words}提案《{row.proposal}》。{rest}",
         url=row.proposal.get_absolute_url())  # fmt: skip


def confirm(*, proposal: Proposal, by: Any) -> None:
    """A co-signer has read the changed text and still signs. Raises Denied."""
    with locking(proposal) as locked:
        is_proposer(by, locked).require()
        newest = textversions.of(locked).first()
        locked.invitations.filter(member__user=by, state=I.ACCEPTED).update(
            signed_version=newest.number if newest else None
        )
        record("proposal.confirm", locked, by=by)


def leave(*, proposal: Proposal, by: Any, remark: str = "") -> None:
    """A co-signer takes the signature back, until the proposal is decided on. Raises Denied."""
    with locking(proposal) as locked:
        can_leave(by, locked).require()
        Proposer.objects.filter(proposal=locked, member__user=by).delete()
        locked.invitations.filter(member__user=by).update(
            state=I.LEFT, answered_at=timezone.now(), remark=remark.strip()[:200]
        )
        record("proposal.leave", locked, by=by)
        tell([lead_user(locked)], f"{by.name}退出了提案《{locked}》的联名。", url=locked.get_absolute_url())


@transaction.atomic
def reopen(*, proposal: Proposal, by: Any) -> Proposal:
    """Back to writing. Who has agreed stays; who has not answered is asked again when the new text is ready."""
    with FLOW.step(proposal, back("reopen", proposal), by=by) as locked:
        rows = list(locked.invitations.filter(state=I.PENDING).select_related("member__user"))
        open_ones = [row for row in rows if row.is_waiting]
        locked.invitations.filter(pk__in=[row.pk for row in open_ones]).update(state=I.CHOSEN, expires_at=None)
        locked.invitations.filter(state=I.PENDING).update(state=I.EXPIRED)
    tell([row.member.user for row in open_ones], f"{by.name}收回提案《{locked}》修改，改好后再请您确认。")
    return locked


def back(name: str, proposal: Proposal) -> str:
    """What the office had returned goes back to returned, anything else to draft."""
    if not Proposal.objects.filter(pk=proposal.pk, submitted_at__isnull=False).exists():
        return name
    return {"reopen": "reopen_returned", "decline_sign": "decline_returned"}[name]


# --- collective ----------------------------------------------------------------------------------------------------
@transaction.atomic
def to_convenor(*, proposal: Proposal, by: Any) -> Proposal:
    """Raises Denied, DomainError when the text is not complete or no convenor is named."""
    with FLOW.step(proposal, "to_convenor", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        if locked.convenor is None:
            raise DomainError("还没有选召集人，请先在“署名”页面选好。")
        if locked.submitted_at is None:
            require_open(locked)
    tell([locked.convenor.user], f"{by.name}请您以召集人身份签署集体提案《{locked}》。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def sign(*, proposal: Proposal, by: Any) -> Proposal:
    """The convenor signs, which hands it in. Raises Denied, DomainError as `submit`."""
    with FLOW.step(proposal, "sign", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        stamp(locked)
        locked.signed_at = timezone.now()
    tell_office(locked)
    tell([lead_user(locked)], f"召集人{by.name}已签署，集体提案《{locked}》已提交。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def decline_sign(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """Back to the one who wrote it, with the reason."""
    with FLOW.step(proposal, back("decline_sign", proposal), by=by, reason=reason) as locked:
        pass
    tell([lead_user(locked)], f"召集人{by.name}没有签署集体提案《{locked}》：{reason.strip()}",
         url=locked.get_absolute_url())  # fmt: skip
    return locked
