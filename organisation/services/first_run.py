"""The beginning of a real office: a one-time address, then office, administrators, term and session in one go."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import create_account, create_own_account
from audit.services import record
from core.errors import DomainError
from organisation.models import FirstRunToken, Office
from organisation.services.offices import create_office, save_session, save_term
from organisation.services.postings import grant_role

VALID_HOURS = 24


@dataclass(frozen=True)
class FirstRun:
    """What was created. `security_password` is to be shown once; empty without a security administrator."""

    office: Office
    administrator: User
    security: User | None = None
    security_password: str = ""


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue_token() -> str:
    """A new token, valid for VALID_HOURS; earlier ones end. Raises DomainError once there is an office."""
    if Office.objects.exists():
        raise DomainError("已经建立了机构，不再需要首次设置。")
    token = secrets.token_urlsafe(32)
    FirstRunToken.objects.all().delete()
    FirstRunToken.objects.create(digest=digest(token), expires_at=timezone.now() + timedelta(hours=VALID_HOURS))
    return token


def find_token(token: str) -> FirstRunToken | None:
    """The token's row while it opens the page: not expired, not used, no office yet."""
    row = FirstRunToken.objects.filter(digest=digest(token), expires_at__gt=timezone.now()).first()
    return row if row is not None and not Office.objects.exists() else None


@transaction.atomic
def open_first_office(*, token: FirstRunToken, office: dict[str, Any], administrator: dict[str, Any],
                      term: dict[str, Any], session: dict[str, Any],
                      security: dict[str, Any] | None = None) -> FirstRun:  # fmt: skip
    """Creates everything or nothing and uses up the token. Raises DomainError when somebody was quicker."""
    if not FirstRunToken.objects.select_for_update().filter(pk=token.pk).exists() or Office.objects.exists():
        raise DomainError("首次设置已经完成，请直接登录。")
    root = create_office(parent=None, by=None, **office)
    person = create_own_account(**administrator)
    grant_role(user=person, role="sysadmin", office=root, by=None)
    save_session(term=save_term(office=root, values=term, by=person), values=session, by=person)
    guard, password = create_account(**security, by=person) if security else (None, "")
    if guard is not None:
        grant_role(user=guard, role="secadmin", office=root, by=person)
    FirstRunToken.objects.all().delete()
    record("office.first_run", root, by=person)
    return FirstRun(root, person, guard, password)
