"""Who may do what with a proposal. Visibility itself is `ProposalQuerySet.visible_to`."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.authors import may_write, member_of
from organisation.selectors import can
from proposals.enums import WRITABLE, ProposalState
from proposals.models import Proposal


def can_write(user: Any) -> Permission:
    """Start a new proposal."""
    return may_write(user, Can.WRITE_PROPOSALS)


def is_proposer(user: Any, proposal: Proposal) -> Permission:
    member = member_of(user)
    # In Python, so that a page showing several buttons asks the database once.
    if member and any(row.member_id == member.pk for row in proposal.proposers.all()):
        return ALLOWED
    return denied("只有提案人本人可以这样做。")


def can_edit(user: Any, proposal: Proposal) -> Permission:
    """Change the text: the proposer, until it is submitted and again while it is returned."""
    return first_denial(is_proposer(user, proposal), can_write(user), is_writable(proposal))


def is_writable(proposal: Proposal) -> Permission:
    if proposal.state in WRITABLE:
        return ALLOWED
    if proposal.state == ProposalState.WITHDRAWN:
        return denied("这件提案已经撤回，不能再修改。需要时可以另写一件。")
    return denied("提案提交后正文已锁定。如需修改，请联系受理的办公室退回，或者撤回后另写。")


def can_submit(user: Any, proposal: Proposal) -> Permission:
    return first_denial(is_proposer(user, proposal), can_write(user))


def can_withdraw(user: Any, proposal: Proposal) -> Permission:
    return is_proposer(user, proposal)


def can_receive(user: Any, proposal: Proposal) -> Permission:
    """Return or file: staff of the committee's office that receives the proposal."""
    answer = can(user, Can.RECEIVE_PROPOSALS, proposal.office_id)
    if answer or is_proposer(user, proposal):
        return answer if answer else denied("这一步由受理的办公室办理。")
    return answer
