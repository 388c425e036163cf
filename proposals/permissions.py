"""Who may do what with a proposal. Visibility itself is `ProposalQuerySet.visible_to`."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.authors import may_write, member_of
from organisation.selectors import can
from proposals.enums import SIGNING, WRITABLE, ProposalKind, ProposalState
from proposals.models import Proposal


def can_write(user: Any) -> Permission:
    """Start a new proposal."""
    return may_write(user, Can.WRITE_PROPOSALS)


def is_proposer(user: Any, proposal: Proposal) -> Permission:
    """The lead or a co-signer who has accepted."""
    member = member_of(user)
    # In Python, so that a page showing several buttons asks the database once.
    if member and any(row.member_id == member.pk for row in proposal.proposers.all()):
        return ALLOWED
    return denied("只有提案人本人可以这样做。")


def is_lead(user: Any, proposal: Proposal) -> Permission:
    """The first proposer, who writes and submits."""
    member = member_of(user)
    first = min(proposal.proposers.all(), key=lambda row: (row.order, row.pk), default=None)
    if member and first and first.member_id == member.pk:
        return ALLOWED
    return denied("这一步由第一提案人办理。")


def is_own(user: Any, proposal: Proposal) -> bool:
    """Whether the user is on the proposers' side: proposer, invited, or convenor."""
    member = member_of(user)
    if member is None:
        return False
    invited = any(row.member_id == member.pk for row in proposal.invitations.all())
    return bool(is_proposer(user, proposal)) or invited or proposal.convenor_id == member.pk


def can_edit(user: Any, proposal: Proposal) -> Permission:
    """Change the text: the first proposer, until it is submitted and again while it is returned."""
    return first_denial(is_proposer(user, proposal), is_lead(user, proposal), can_write(user), is_writable(proposal))


def is_writable(proposal: Proposal) -> Permission:
    if proposal.state in WRITABLE:
        return ALLOWED
    if proposal.state == ProposalState.WITHDRAWN:
        return denied("这件提案已经撤回，不能再修改。需要时可以另写一件。")
    if proposal.state in SIGNING:
        return denied("正在请人签名，正文已锁定。要修改请先“收回修改”。")
    return denied("提案提交后正文已锁定。如需修改，请联系受理的办公室退回，或者撤回后另写。")


def can_submit(user: Any, proposal: Proposal) -> Permission:
    answer = first_denial(is_proposer(user, proposal), is_lead(user, proposal), can_write(user))
    if answer and proposal.kind == ProposalKind.COLLECTIVE:
        return denied("集体提案要先送召集人签署，签署后自动提交。")
    return answer


def can_gather_signatures(user: Any, proposal: Proposal) -> Permission:
    """Ask the co-signers of a joint proposal, or the convenor of a collective one."""
    answer = first_denial(is_lead(user, proposal), can_write(user))
    if answer and proposal.kind == ProposalKind.INDIVIDUAL:
        return denied("个人提案不需要别人签名。要联名请先把类别改为“联名提案”。")
    return answer


def can_take_back(user: Any, proposal: Proposal) -> Permission:
    return is_lead(user, proposal)


def can_sign(user: Any, proposal: Proposal) -> Permission:
    """The convenor of the collective."""
    member = member_of(user)
    if member and proposal.convenor_id == member.pk:
        return ALLOWED
    return denied("这一步由召集人办理。")


def can_withdraw(user: Any, proposal: Proposal) -> Permission:
    return is_lead(user, proposal)


def can_decide(user: Any, proposal: Proposal) -> Permission:
    """Review, return, file or not: staff of the committee's office that receives the proposal."""
    answer = can(user, Can.RECEIVE_PROPOSALS, proposal.office_id)
    if answer or is_proposer(user, proposal):
        return answer if answer else denied("这一步由受理的办公室办理。")
    return answer


def can_merge(user: Any, proposal: Proposal) -> Permission:
    return can_decide(user, proposal)
