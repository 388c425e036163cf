"""Who may do what with a proposal. Visibility itself is `ProposalQuerySet.visible_to`."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.authors import may_write, member_of
from organisation.selectors import can, grants
from proposals.enums import SIGNING, UNDECIDED, WRITABLE, ProposalKind, ProposalState, RequestKind
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


def can_invite(user: Any, proposal: Proposal) -> Permission:
    """Ask the co-signers of a joint proposal."""
    return gathers(user, proposal, ProposalKind.JOINT, "只有联名提案才请人联名。要联名请先把类别改为“联名提案”。")


def can_ask_convenor(user: Any, proposal: Proposal) -> Permission:
    """Send a collective proposal to its convenor."""
    return gathers(user, proposal, ProposalKind.COLLECTIVE, "只有集体提案才由召集人签署。")


def gathers(user: Any, proposal: Proposal, kind: ProposalKind, otherwise: str) -> Permission:
    answer = first_denial(is_lead(user, proposal), can_write(user))
    return denied(otherwise) if answer and proposal.kind != kind else answer


def can_choose_people(user: Any, proposal: Proposal) -> Permission:
    """Choose co-signers or the convenor, set the order of the names: until it is handed in."""
    answer = first_denial(is_lead(user, proposal), can_write(user))
    if answer and proposal.state not in WRITABLE | SIGNING:
        return denied("提案已经提交，署名不能再改。")
    if answer and proposal.kind == ProposalKind.INDIVIDUAL:
        return denied("个人提案不需要别人署名。要联名请先把类别改为“联名提案”。")
    return answer


def can_leave(user: Any, proposal: Proposal) -> Permission:
    """A co-signer takes the signature back: until the proposal is filed."""
    answer = is_proposer(user, proposal)
    if answer and is_lead(user, proposal):
        return denied("第一提案人不能退出，可以撤回提案。")
    if answer and proposal.state not in WRITABLE | SIGNING | UNDECIDED:
        return denied("提案已有审查结论，联名名单不能再改。")
    return answer


def can_see_versions(user: Any, proposal: Proposal) -> Permission:
    """Earlier wordings: the proposers' side, and staff and leaders; not the handling units."""
    held = grants(user).where(Can.VIEW_PROPOSALS)
    if is_own(user, proposal) or held & {proposal.office_id, proposal.home_office_id}:
        return ALLOWED
    return denied("历史版本只有提案人和政协办公室可以查看。")


#: Withdrawing needs the office's consent from the review on, until the proposal is dispatched.
MAY_ASK = {
    RequestKind.WITHDRAW: frozenset({ProposalState.IN_REVIEW, ProposalState.FILED}),
    RequestKind.CHANGE: frozenset(
        {ProposalState.IN_REVIEW, ProposalState.FILED, ProposalState.DISPATCHED, ProposalState.HANDLING}
    ),
}


def can_ask(user: Any, proposal: Proposal, kind: str) -> Permission:
    """Ask the office for a change of the text or for 撤案."""
    answer = first_denial(is_proposer(user, proposal), is_lead(user, proposal))
    if answer and proposal.state not in MAY_ASK[RequestKind(kind)]:
        return denied(f"现在是“{proposal.state_label}”，不能申请{RequestKind(kind).label}。")
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
    answer = is_lead(user, proposal)
    return leads_none(user, proposal) if answer else answer


def can_decide(user: Any, proposal: Proposal) -> Permission:
    """Review, return, file or not: staff of the committee's office that receives the proposal, never on their own."""
    if not is_own(user, proposal):
        return can(user, Can.RECEIVE_PROPOSALS, proposal.office_id)
    if can(user, Can.RECEIVE_PROPOSALS, proposal.office_id):
        return denied("这是您自己参与的提案，请由其他同志审查决定。")
    return denied("这一步由受理的办公室办理。")


def can_merge(user: Any, proposal: Proposal) -> Permission:
    return can_decide(user, proposal)


def can_reconsider(user: Any, proposal: Proposal) -> Permission:
    if proposal.became:
        return denied(f"这件提案已经转为{proposal.became}，不能再重新审查。")
    return can_decide(user, proposal)


def leads_none(user: Any, proposal: Proposal) -> Permission:
    """A lead case stays while others are merged into it."""
    if proposal.merged.all():
        return denied("有其他提案并入本案，请先撤销并案。")
    return ALLOWED
