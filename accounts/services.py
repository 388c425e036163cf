"""Writes to accounts. The audit trail listens to the signals (the audit app is above this one)."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User
from accounts.passwords import random_password

#: Sent with user, by and what ("created", "password_changed", "password_reset", "disabled", "enabled").
account_changed = Signal()


@transaction.atomic
def change_password(*, user: User, new_password: str) -> None:
    """The user's own change; ends all of the user's sessions (the caller renews the current one)."""
    user.set_password(new_password)
    user.must_change_password = False
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    account_changed.send(User, user=user, by=user, what="password_changed")


@transaction.atomic
def create_account(*, username: str, name: str, phone: str = "", by: User | None) -> tuple[User, str]:
    """(account, initial password). The password is shown once and must be changed at the first sign-in."""
    password = random_password()
    user = User.objects.create_user(username, password, name=name, phone=phone)
    account_changed.send(User, user=user, by=by, what="created")
    return user, password


@transaction.atomic
def reset_password(*, user: User, by: User) -> str:
    """A new initial password; the old one and all sessions end."""
    password = random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)
    account_changed.send(User, user=user, by=by, what="password_reset")
    return password


@transaction.atomic
def set_active(*, user: User, active: bool, by: User) -> None:
    """Disabling ends the account's sessions at once."""
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    account_changed.send(User, user=user, by=by, what="enabled" if active else "disabled")


def end_sessions(user: User) -> None:
    """Deletes the user's sessions on the server. Sessions are few hundred rows, so reading them is fine."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
