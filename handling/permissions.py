"""Who may do what in the handling of a proposal."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from core.workflow import history
from handling.behalf import acting
from handling.enums import WRITING
from handling.models import Assignment, Reply
from handling.reply_rules import TWO_PERSONS
from organisation.selectors import can, grants, rule
from proposals.permissions import can_decide


def can_assign(user: Any, assignment: Assignment) -> Permission:
    """Plan, dispatch, decide on requests: staff of the receiving office, never on their own."""
    return can_decide(user, assignment.proposal)


can_revoke = can_decide_reassignment = can_assign


def of_unit(user: Any, assignment: Assignment) -> Permission:
    """Works for the unit that handles it, or takes in what the unit sent from its own system."""
    if assignment.unit_id in grants(user).unit_ids or acting(assignment.unit_id):
        return ALLOWED
    return denied("这一步由承办单位办理。")


def can_sign_for(user: Any, assignment: Assignment) -> Permission:
    return of_unit(user, assignment)


def can_request_reassignment(user: Any, assignment: Assignment) -> Permission:
    return of_unit(user, assignment)


def can_write_reply(user: Any, assignment: Assignment) -> Permission:
    return first_denial(of_unit(user, assignment), is_open(assignment))


can_note_contact = can_write_reply


def can_draft_reply(user: Any, reply: Reply) -> Permission:
    return first_denial(of_unit(user, reply.assignment), is_open(reply.assignment))


can_check_reply = can_draft_reply


def can_sign_reply(user: Any, reply: Reply) -> Permission:
    """Where the rule asks for two persons, not who sent the draft to be checked."""
    answer = can_draft_reply(user, reply)
    if acting(reply.assignment.unit_id):
        return answer
    if answer and drafter_id(reply) == user.pk and rule(TWO_PERSONS, reply.assignment.proposal.office):
        return denied("按规定，拟稿和签发不能是同一个人。请换负责同志的账号签发。")
    return answer


def drafter_id(reply: Reply) -> int | None:
    """Who sent the draft to be checked last."""
    sent = [event for event in history(reply) if event.name == "to_check"]
    return sent[-1].actor_id if sent else None


def is_open(assignment: Assignment) -> Permission:
    if assignment.state in WRITING:
        return ALLOWED
    return denied(f"现在是“{assignment.state_label}”，不能写答复。")


def can_supervise_reply(user: Any, reply: Reply) -> Permission:
    """Pass a reply on to the proposers or send it back: staff of the receiving office. Opinions go to the lead."""
    if reply.is_opinion:
        return denied("会办意见直接送主办单位，不需要审核。")
    return can_decide(user, reply.assignment.proposal)


def can_record_paper(user: Any, reply: Reply) -> Permission:
    """Enter a proposer's paper sheet: staff of the receiving office, never their own."""
    return can(user, Can.RECEIVE_PROPOSALS, reply.assignment.proposal.office_id)
