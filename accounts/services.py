"""Writes to accounts. The audit trail listens to the signal (the audit app is above this one)."""

from __future__ import annotations

from typing import Any

import axes.utils
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User, normal_username
from accounts.passwords import random_password
from core.errors import DomainError
from core.logs import mask

#: Sent with user, by, what ("created", "updated", "password_changed", "password_reset", "disabled", "enabled",
#: "sessions_ended") and detail, in the transaction of the change.
account_changed = Signal()


def announce(user: User, what: str, *, by: User | None, **detail: Any) -> None:
    account_changed.send(User, user=user, by=by, what=what, detail={key: text for key, text in detail.items() if text})


@transaction.atomic
def change_password(*, user: User, new_password: str) -> None:
    """The user's own change; ends all of the user's sessions (the caller renews the current one)."""
    user.set_password(new_password)
    user.must_change_password = False
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    announce(user, "password_changed", by=user)


def refuse_taken(username: str, *, but: User | None = None) -> None:
    """Raises DomainError when another account has the user name."""
    if User.objects.filter(username=normal_username(username)).exclude(pk=getattr(but, "pk", None)).exists():
        raise DomainError("这个用户名已经有人使用，请换一个。", field="username")


@transaction.atomic
def create_account(*, username: str, name: str, phone: str = "", by: User | None) -> tuple[User, str]:
    """(account, initial password). The password is shown once and must be changed at the first sign-in.

    Raises DomainError when the user name is taken.
    """
    refuse_taken(username)
    password = random_password()
    user = User.objects.create_user(username, password, name=name, phone=phone)
    announce(user, "created", by=by)
    return user, password


@transaction.atomic
def create_own_account(*, username: str, name: str, password: str, phone: str = "") -> User:
    """An account whose owner has chosen the password: the first administrator of a new installation."""
    refuse_taken(username)
    user = User.objects.create_user(
        username, password, name=name, phone=phone, must_change_password=False, password_changed_at=timezone.now()
    )
    announce(user, "created", by=user)
    return user


@transaction.atomic
def update_account(*, user: User, username: str, name: str, phone: str, by: User) -> None:
    """Raises DomainError when the user name is taken."""
    refuse_taken(username, but=user)
    before = {"username": user.username, "name": user.name, "phone": user.phone}
    user.username, user.name, user.phone = normal_username(username), name.strip(), phone.strip()
    user.save(update_fields=["username", "name", "phone"])
    changed = {key: [mask(old), mask(getattr(user, key))] for key, old in before.items() if old != getattr(user, key)}
    announce(user, "updated", by=by, changes=changed)


@transaction.atomic
def reset_password(*, user: User, by: User, reason: str = "") -> str:
    """A new initial password; the old one, all sessions and a pause after too many failures end."""
    password = random_password()
    axes.utils.reset(username=user.username)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)
    announce(user, "password_reset", by=by, reason=reason)
    return password


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, reason: str = "") -> None:
    """Disabling ends the account's sessions at once."""
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    announce(user, "enabled" if active else "disabled", by=by, reason=reason)


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """Ends all of the account's sessions; the password stays."""
    end_sessions(user)
    announce(user, "sessions_ended", by=by)


def end_sessions(user: User) -> None:
    """Deletes the user's sessions on the server. Sessions are a few hundred rows, so reading them is fine."""
    mine = [
        session.pk
        for session in Session.objects.filter(expire_date__gte=timezone.now())
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
