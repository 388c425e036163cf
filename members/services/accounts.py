"""Accounts for members. Initial passwords are returned to be shown once; they are kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import create_account, reset_password
from audit.services import record
from core.errors import DomainError
from members.enums import MemberState
from members.models import Member
from organisation.services import grant_role

#: One printed A4 page; hashing a password takes a good part of a second.
BATCH = 14


@dataclass(frozen=True)
class Slip:
    """What is handed to a member on paper."""

    member: Member
    username: str
    password: str


def free_username(member: Member) -> str:
    """The name in pinyin without spaces, with a number behind it when it is taken: zhangwei, zhangwei2."""
    base = "".join(char for char in member.name_pinyin if "a" <= char <= "z")[:40] or f"wy{member.pk}"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for name in [base, *(f"{base}{n}" for n in range(2, len(taken) + 3))] if name not in taken)


@transaction.atomic
def open_account(*, member: Member, by: Any) -> Slip:
    """An account with the role of a member in the member's office. Raises DomainError when there is one already."""
    locked = Member.objects.select_for_update(of=("self",)).select_related("office").get(pk=member.pk)
    if locked.user_id:
        raise DomainError(f"{locked.name}已有账号。")
    if locked.state != MemberState.SERVING:
        raise DomainError(f"{locked.name}已经离任，不能开通账号。")
    try:
        with transaction.atomic():
            user, password = create_account(username=free_username(locked), name=locked.name, by=by)
    except IntegrityError:
        raise DomainError("刚才有人开通了同名账号，请再试一次。") from None
    grant_role(user=user, role="member", office=locked.office, by=by)
    locked.user = user
    locked.save(update_fields=["user"])
    record("member.open_account", locked, by=by, detail={"username": user.username})
    return Slip(locked, user.username, password)


@transaction.atomic
def open_accounts(*, members: Sequence[Member], by: Any) -> list[Slip]:
    """Accounts for up to BATCH members, all or none. Raises DomainError when one of them got an account meanwhile."""
    if not members:
        raise DomainError("没有需要开通账号的委员。")
    return [open_account(member=member, by=by) for member in members[:BATCH]]


@transaction.atomic
def reissue_password(*, member: Member, by: Any) -> Slip:
    """A new initial password for an account that was never used."""
    if member.user is None:
        raise DomainError(f"{member.name}还没有账号。")
    password = reset_password(user=member.user, by=by)
    record("member.reissue_password", member, by=by)
    return Slip(member, member.user.username, password)
