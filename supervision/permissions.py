"""Who may do what in supervision, elections, publication and exchange."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.selectors import can
from proposals.enums import NUMBERED
from proposals.models import Proposal
from supervision.enums import ElectionState, KeyState, RoundState, VotingWay
from supervision.models import Election, KeyCase, LookBackRound


def works(user: Any, obj: Any) -> Permission:
    """Staff of the receiving office (of the round, the election, the proposal)."""
    return can(user, Can.RECEIVE_PROPOSALS, obj.office_id)


def works_anywhere(user: Any) -> Permission:
    return can(user, Can.RECEIVE_PROPOSALS)


def looks_in(user: Any) -> Permission:
    return can(user, Can.VIEW_PROPOSALS)


# --- key proposals ---------------------------------------------------------------------------------------------
def can_propose_key(user: Any, proposal: Proposal) -> Permission:
    filed = ALLOWED if proposal.state in NUMBERED else denied("立案以后才能列为重点提案备选。")
    return first_denial(works(user, proposal), filed)


def can_confirm(user: Any, case: KeyCase) -> Permission:
    named = ALLOWED if case.leader_name else denied("请先填写督办领导。")
    return first_denial(works(user, case), named)


def can_edit_case(user: Any, case: KeyCase) -> Permission:
    open_ = ALLOWED if case.state in (KeyState.CANDIDATE, KeyState.CONFIRMED) else denied("督办已经结束，不能再改。")
    return first_denial(works(user, case), open_)


def can_add_record(user: Any, case: KeyCase) -> Permission:
    """The office, and the leader who supervises the case, while it is supervised."""
    if case.state != KeyState.CONFIRMED:
        return denied("确定为重点提案以后才有督办记录。" if case.state == KeyState.CANDIDATE else "督办已经结束。")
    return ALLOWED if leads(user, case) else works(user, case)


def leads(user: Any, case: KeyCase) -> bool:
    return case.leader_id is not None and case.leader_id == user.pk


# --- look-back ---------------------------------------------------------------------------------------------------
def can_edit_round(user: Any, each: LookBackRound) -> Permission:
    open_ = ALLOWED if each.state == RoundState.OPEN else denied("这一轮已经总结，不能再改。")
    return first_denial(works(user, each), open_)


# --- elections -----------------------------------------------------------------------------------------------------
def can_edit_election(user: Any, election: Election) -> Permission:
    open_ = denied("结果已经公布，不能再改。") if election.state == ElectionState.PUBLISHED else ALLOWED
    return first_denial(works(user, election), open_)


def can_nominate(user: Any, election: Election) -> Permission:
    collecting = ALLOWED if election.state == ElectionState.COLLECTING else denied("推荐已经截止。")
    return first_denial(works(user, election), collecting)


def can_start_judging(user: Any, election: Election) -> Permission:
    some = ALLOWED if election.nominations.exists() else denied("还没有推荐对象。")
    ballots = election.voting == VotingWay.BALLOTS
    named = denied("请先确定评委。") if ballots and not election.judges.exists() else ALLOWED
    return first_denial(works(user, election), some, named)


def can_vote(user: Any, election: Election) -> Permission:
    if election.voting != VotingWay.BALLOTS or not election.judges.filter(pk=user.pk).exists():
        return denied("您不是这次评选的评委。")
    return ALLOWED if election.state == ElectionState.JUDGING else denied("现在不在投票阶段。")


def can_count(user: Any, election: Election) -> Permission:
    """Enter the votes of a meeting, choose among ties: while it is judged or deliberated."""
    now = election.state in (ElectionState.JUDGING, ElectionState.DELIBERATING)
    return first_denial(works(user, election), ALLOWED if now else denied("现在不在初评或审议阶段。"))


def can_deliberate(user: Any, election: Election) -> Permission:
    chosen = ALLOWED if election.nominations.filter(elected=True).exists() else denied("请先按得票确定拟入选名单。")
    return first_denial(works(user, election), chosen)


def can_publish(user: Any, election: Election) -> Permission:
    """Approving the result: a head of the office or a leader."""
    return can(user, Can.APPROVE_AWARDS, election.office_id)


# --- publication ---------------------------------------------------------------------------------------------------
def can_clear(user: Any, proposal: Proposal) -> Permission:
    return works(user, proposal)
