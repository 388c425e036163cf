"""Who may choose units, change clocks and ask for more time."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied
from handling.enums import EXTENDABLE, WITH_UNIT, AssignmentState
from handling.models import Assignment, Clock
from organisation.selectors import grants
from proposals.enums import NUMBERED, ProposalState
from proposals.models import Proposal
from proposals.permissions import can_decide

#: Units may be chosen or added.
ASSIGNABLE = NUMBERED - {ProposalState.CLOSED}


def sees_assignments(user: Any) -> bool:
    """Has a list of assignments: people of units, staff and leaders."""
    held = grants(user)
    return bool(held.unit_ids) or held.holds(Can.VIEW_PROPOSALS)


def can_plan(user: Any, proposal: Proposal) -> Permission:
    """Choose units and dispatch: staff of the receiving office, once it is filed and until it is closed, never on
    their own.
    """
    answer = can_decide(user, proposal)
    if answer and proposal.state not in ASSIGNABLE:
        return denied(f"现在是“{proposal.state_label}”，不能交办。")
    return answer


def can_time(user: Any, clock: Clock) -> Permission:
    """Pause, resume, remind, decide on extensions: staff of the receiving office."""
    return can_decide(user, clock.proposal)


def can_ask_time(user: Any, clock: Clock) -> Permission:
    """Ask for an extension: the unit, while its clock runs."""
    if clock.assignment is None or clock.assignment.unit_id not in grants(user).unit_ids:
        return denied("延期由承办单位申请。")
    if clock.stage not in EXTENDABLE:
        return denied(f"“{clock.get_stage_display()}”的期限不能延长。")
    return ALLOWED if clock.stopped_on is None else denied("这个期限已经结束，不需要延期。")


#: While it works on the proposal, and until the proposers have said what they think of the reply.
IN_TOUCH = WITH_UNIT | {AssignmentState.REPLIED}


def can_reach_proposers(user: Any, row: Assignment) -> Permission:
    """Telephone numbers of the proposers: the unit, for as long as it has to speak with them."""
    if row.unit_id not in grants(user).unit_ids:
        return denied("提案人的电话只给正在办理的承办单位看。")
    return ALLOWED if row.state in IN_TOUCH else denied("办理已经结束，不再显示提案人的电话。")
