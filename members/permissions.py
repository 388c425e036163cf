"""Who may do what with members' files. Every answer says why when it is no."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.enums import MemberState
from members.models import Member
from organisation.selectors import can, grants


def can_list(user: Any) -> Permission:
    """Lists are for offices and leaders; a member sees the own file only."""
    if grants(user).holds(Can.VIEW_MEMBERS):
        return ALLOWED
    return denied("委员名册由办公室使用。您本人的资料和记录在“我的履职”中。")


def can_add(user: Any) -> Permission:
    return can(user, Can.EDIT_MEMBERS)


def can_edit(user: Any, member: Member) -> Permission:
    return can(user, Can.EDIT_MEMBERS, member.office_id)


def is_self(user: Any, member: Member) -> bool:
    return member.user_id is not None and member.user_id == user.pk


def can_see_private(user: Any, member: Member) -> Permission:
    """Phone, mail, address and day of birth: the member and the office that keeps the file (SEC-21)."""
    if is_self(user, member) or member.office_id in grants(user).where(Can.SEE_PRIVATE):
        return ALLOWED
    return denied("完整的联系方式只供委员本人和所属联络处使用。")


def can_see_birthdays(user: Any) -> Permission:
    return can(user, Can.SEE_PRIVATE)


def can_leave(user: Any, member: Member) -> Permission:
    serving = ALLOWED if member.state == MemberState.SERVING else denied("这位委员已经离任。")
    return first_denial(can_edit(user, member), serving)


def can_reinstate(user: Any, member: Member) -> Permission:
    left = ALLOWED if member.state == MemberState.LEFT else denied("这位委员没有离任。")
    return first_denial(can_edit(user, member), left)


def can_open_account(user: Any, member: Member) -> Permission:
    """Once; a member who has left gets none."""
    if not (answer := can_edit(user, member)):
        return answer
    if member.state != MemberState.SERVING:
        return denied("这位委员已经离任，不能开通账号。")
    return denied("这位委员已有账号。") if member.user_id else ALLOWED


def can_reissue(user: Any, member: Member) -> Permission:
    """A lost slip is replaced by the office only while the account has never been used; later by the administrator."""
    if not (answer := can_edit(user, member)):
        return answer
    if member.user is None:
        return denied("这位委员还没有账号。")
    if not member.user.is_active or not member.user.must_change_password or member.user.last_login:
        return denied("这个账号已经使用过，请由系统管理员重置密码。")
    return ALLOWED
