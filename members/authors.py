"""Members as writers of proposals and social opinions."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied
from members.enums import MemberState
from members.models import Member
from organisation.selectors import can


def member_of(user: Any) -> Member | None:
    """The user's own member record."""
    return getattr(user, "member", None)


def may_write(user: Any, capability: Can) -> Permission:
    """Whether the user writes as a serving member. The record decides where the text goes, so it must exist."""
    answer = can(user, capability)
    if not answer:
        return denied("只有政协委员可以填写。办公室可以查看和办理已经提交的内容。")
    member = member_of(user)
    if member is None:
        return denied("您的账号还没有对应的委员档案，请联系办公室补上后再填写。")
    if member.state != MemberState.SERVING:
        return denied("您的委员任期已经结束，可以查看以前提交的内容，不能再提交新的。")
    return ALLOWED
