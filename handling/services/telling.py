"""Who is told, and in which words the proposal is named."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from handling.models import Reply
from handling.selectors import people_of
from notices.services import tell
from organisation.selectors import users_with


def title(reply: Reply) -> str:
    return str(reply.assignment.proposal)[:60]


def tell_unit(reply: Reply, text: str, *, but: Any = None) -> None:
    people = [user for user in people_of(reply.assignment.unit) if user != but]
    tell(people, text, url=reply.get_absolute_url())


def tell_office(reply: Reply, text: str) -> None:
    office = reply.assignment.proposal.office
    tell(users_with(Can.RECEIVE_PROPOSALS, office), text, url=reply.get_absolute_url())
