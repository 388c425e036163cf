"""Handing in and taking back. The server's clock decides about time, session and collection."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.roles import Can
from core import textversions
from core.casenumbers import next_number
from core.errors import DomainError
from core.templatetags.ui import cn_datetime
from notices.services import tell
from organisation.selectors import contact, current_session, users_with
from proposals import rules
from proposals.enums import InvitationState, ProposalKind
from proposals.models import Proposal, SerialCounter
from proposals.workflow import FLOW

NOBODY_YET = "还没有人同意联名。请先选联名人，等对方同意后再提交；不联名的请把类别改为“个人提案”。"


@transaction.atomic
def submit(*, proposal: Proposal, by: Any) -> Proposal:
    """Locks the text. Time, session and plenary are stamped once, by the server's clock (Asia/Shanghai).

    Invitations nobody has answered lapse. Raises DomainError when something is missing, nobody has signed a joint
    proposal, its collection is closed, or no session of the committee holds today.
    """
    with FLOW.step(proposal, "submit", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        if locked.kind == ProposalKind.JOINT and locked.proposers.count() < 2:
            raise DomainError(NOBODY_YET, field="kind")
        lapse(locked)
        stamp(locked)
    tell_office(locked)
    if locked.kind == ProposalKind.JOINT:
        tell_changed(locked, f"您联名的提案《{locked}》已提交，正文在您同意以后有改动，请查看。")
    return locked


def lapse(proposal: Proposal) -> None:
    """Whoever has not answered is no longer asked."""
    if proposal.kind != ProposalKind.JOINT:
        return
    proposal.invitations.filter(state=InvitationState.PENDING).update(state=InvitationState.EXPIRED)
    proposal.invitations.filter(state=InvitationState.CHOSEN).delete()


def tell_changed(proposal: Proposal, text: str) -> None:
    """Co-signers who agreed to an older version of the text."""
    newest = textversions.of(proposal).first()
    signed = proposal.invitations.filter(state=InvitationState.ACCEPTED).select_related("member__user")
    if newest is not None:
        older = [row.member.user for row in signed if row.signed_version != newest.number]
        tell(older, text, url=proposal.get_absolute_url())


def tell_office(proposal: Proposal) -> None:
    text = f"{proposal.proposers_label}提交了提案《{proposal}》，请审查。"
    tell(users_with(Can.RECEIVE_PROPOSALS, proposal.office), text, url=proposal.get_absolute_url())


def stamp(proposal: Proposal) -> None:
    """Time, session, plenary and serial number of the first submission; nothing when it was handed in before."""
    if proposal.submitted_at is not None:
        return
    now = timezone.now()
    today = timezone.localdate(now)
    require_open(proposal)
    session = current_session(proposal.office, today)
    if session is None:
        raise DomainError(
            f"{proposal.office.short_name}还没有设置今天所在的届次，暂时不能提交。您写的内容可以先保存为草稿，"
            f"并请联系{contact(proposal.office)}。"
        )
    proposal.submitted_at, proposal.session = now, session
    during = session.plenary_starts <= today <= session.plenary_ends
    proposal.in_plenary = during or bool(proposal.batch and proposal.batch.in_plenary)
    proposal.serial_no = next_number(SerialCounter, session=session, highest=lambda: highest("serial_no", session.pk))


def require_open(proposal: Proposal) -> None:
    """The collection the proposal is meant for takes it now, grace included. Raises DomainError."""
    batch = proposal.batch
    if batch is None or batch.is_open:
        return
    if timezone.now() < batch.opens_at:
        raise DomainError(f"“{batch}”{cn_datetime(batch.opens_at)}才开始，现在还不能提交。", field="batch")
    raise DomainError(
        f"“{batch}”已于{cn_datetime(batch.closes_at)}截止，不能再提交到这次征集。"
        "可以把“征集”改为“不参加征集”，作为闭会期间的提案提交。",
        field="batch",
    )


def highest(field: str, session_id: int) -> int | None:
    """The highest number given in the session until now."""
    return Proposal.objects.filter(session_id=session_id).aggregate(last=Max(field))["last"]


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """Before it is taken up only. The office is told, without a link: it no longer sees the text. So are co-signers."""
    with FLOW.step(proposal, "withdraw", by=by, reason=reason) as locked:
        pass
    text = f"{by.name}撤回了提案《{locked}》。"
    tell(users_with(Can.RECEIVE_PROPOSALS, locked.office), text)
    cosigners = locked.proposers.exclude(member__user=by).select_related("member__user")
    tell([row.member.user for row in cosigners], text, url=locked.get_absolute_url())
    return locked
