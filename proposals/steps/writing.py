"""Steps of the proposers' side."""

from __future__ import annotations

from typing import Any

from core.steps import FormStep, Plain
from organisation.selectors import rule
from proposals import services
from proposals.enums import InvitationState
from proposals.forms import InviteForm
from proposals.models import Proposal


def withdraw_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.withdraw(proposal=proposal, reason=reason, by=user)


def submit_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.submit(proposal=proposal, by=user)


def reopen_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.reopen(proposal=proposal, by=user)


def convenor_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.to_convenor(proposal=proposal, by=user)


def sign_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.sign(proposal=proposal, by=user)


def decline_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.decline_sign(proposal=proposal, reason=reason, by=user)


def invite_kwargs(proposal: Proposal) -> dict[str, Any]:
    chosen = [row.member.name for row in proposal.invitations.all() if row.state == InvitationState.CHOSEN]
    names = "、".join(chosen) or "还没有选联名人"
    return {"names": names, "days": rule("proposal.invitation_days", proposal.office)}


def invite_step(proposal: Proposal, form: InviteForm, user: Any) -> Proposal:
    return services.invite(proposal=proposal, until=form.cleaned_data["until"], by=user)


ASKING = "发出邀请以后正文锁定，不能再改。已经同意的人不会再问一遍。要改正文，可以“收回修改”，同意联名的人仍然保留。"
PLAIN: dict[str, Plain] = {
    "withdraw": withdraw_step,
    "submit": submit_step,
    "reopen": reopen_step,
    "to_convenor": convenor_step,
    "sign": sign_step,
    "decline_sign": decline_step,
}
FORMS: dict[str, FormStep] = {"invite": FormStep(InviteForm, ASKING, invite_kwargs, invite_step)}
