"""Who may do what in the handling of a proposal."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from handling.enums import WRITING
from handling.models import Assignment, Reply
from organisation.selectors import can, grants


def can_assign(user: Any, assignment: Assignment) -> Permission:
    """Plan, dispatch, decide on requests: staff of the receiving office."""
    return can(user, Can.RECEIVE_PROPOSALS, assignment.proposal.office_id)


can_revoke = can_decide_reassignment = can_assign


def of_unit(user: Any, assignment: Assignment) -> Permission:
    """Works for the unit that handles it."""
    if assignment.unit_id in grants(user).unit_ids:
        return ALLOWED
    return denied("这一步由承办单位办理。")


def can_sign_for(user: Any, assignment: Assignment) -> Permission:
    return of_unit(user, assignment)


def can_request_reassignment(user: Any, assignment: Assignment) -> Permission:
    return of_unit(user, assignment)


def can_draft_reply(user: Any, reply: Reply) -> Permission:
    return first_denial(of_unit(user, reply.assignment), is_open(reply.assignment))


can_check_reply = can_sign_reply = can_draft_reply


def is_open(assignment: Assignment) -> Permission:
    if assignment.state in WRITING:
        return ALLOWED
    return denied(f"现在是“{assignment.state_label}”，不能写答复。")


def can_supervise_reply(user: Any, reply: Reply) -> Permission:
    """Pass a reply on to the proposers or send it back: staff of the receiving office."""
    return can(user, Can.RECEIVE_PROPOSALS, reply.assignment.proposal.office_id)
