"""What happens to a person's account or role is told to that person, and what touches the separation of powers to the
other administrators: a system administrator who resets the password of one of them does not stay unseen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import KEPT_APART, ROLES, Can
from accounts.services import account_changed
from notices.services import tell
from organisation.models import Posting
from organisation.selectors import users_with
from organisation.services import posting_changed

WATCHED = {"password_reset": "重置了密码", "disabled": "停用了账号", "enabled": "启用了账号"}


def on_account_change(sender: Any, user: User, by: User | None, what: str, **kwargs: Any) -> None:
    if by is None or by == user or what not in WATCHED:
        return
    if what == "password_reset":
        tell([user], f"{by.name} 为您重置了密码。如果不是您要求的，请告诉安全管理员。")
    held = user.postings.filter(role__in=KEPT_APART).select_related("office")
    for posting in held:
        guards = [*users_with(Can.GRANT_ROLES, posting.office), *users_with(Can.READ_AUDIT, posting.office)]
        sentence = f"{by.name} 对{ROLES[posting.role].label} {user.name} {WATCHED[what]}。"
        tell([guard for guard in guards if guard not in (user, by)], sentence)


def on_posting_change(sender: Any, posting: Posting, by: Any, what: str, **kwargs: Any) -> None:
    if by is None:
        return
    role = f"“{ROLES[posting.role].label}”角色（{posting.office.short_name}）"
    granted = what == "granted"
    tell([posting.user], f"{by.name} {'授予您' if granted else '收回了您的'}{role}。", url=reverse("home"))
    if posting.role in KEPT_APART:
        auditors = users_with(Can.READ_AUDIT, posting.office)
        sentence = f"{posting.user.name} {'被授予' if granted else '被收回'}{role}。"
        tell([each for each in auditors if each not in (by, posting.user)], sentence, url=reverse("audit_list"))


def connect() -> None:
    account_changed.connect(on_account_change, dispatch_uid="notices.account_changed")
    posting_changed.connect(on_posting_change, dispatch_uid="notices.posting_changed")
