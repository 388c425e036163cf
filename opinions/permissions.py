"""Who may do what with a social-opinion submission. Visibility itself is `OpinionQuerySet.visible_to`."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.authors import may_write, member_of
from opinions.enums import OpinionState
from opinions.models import OpinionReport
from organisation.selectors import can


def can_write(user: Any) -> Permission:
    """Start a new submission."""
    return may_write(user, Can.WRITE_OPINIONS)


def is_author(user: Any, opinion: OpinionReport) -> Permission:
    member = member_of(user)
    if member and any(row.member_id == member.pk for row in opinion.authors.all()):
        return ALLOWED
    return denied("只有撰稿人本人可以这样做。")


def can_edit(user: Any, opinion: OpinionReport) -> Permission:
    """Change the text: the author, until it is submitted."""
    return first_denial(is_author(user, opinion), can_write(user), is_writable(opinion))


def is_writable(opinion: OpinionReport) -> Permission:
    if opinion.state == OpinionState.DRAFT:
        return ALLOWED
    return denied("社情民意报送后不能再修改。如有补充，请另报一条，或者联系联络处。")


def can_submit(user: Any, opinion: OpinionReport) -> Permission:
    return first_denial(is_author(user, opinion), can_write(user))


def can_screen(user: Any, opinion: OpinionReport) -> Permission:
    """Accept or decline: staff of the member's liaison office."""
    if is_author(user, opinion):
        return denied("这一步由联络处办理。")
    return can(user, Can.SCREEN_OPINIONS, opinion.office_id)
