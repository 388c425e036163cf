"""Answers of the public: one per browser, and not too many from one address."""

from __future__ import annotations

import hashlib
import secrets

from django.core.cache import cache
from django.utils import timezone

from core.errors import DomainError
from organisation.selectors import rule
from surveys.defaults import ADDRESS_RULE
from surveys.models import Survey

HOUR = 3600


def new_cookie() -> str:
    return secrets.token_urlsafe(24)


def digest(survey: Survey, cookie: str) -> str:
    """What is stored of a browser's cookie: useless for any other survey."""
    return hashlib.sha256(f"{survey.token}:{cookie}".encode()).hexdigest()


def admit(survey: Survey, address: str) -> None:
    """Counts one sheet of this address in this hour. Raises DomainError above the rule survey.public_per_hour."""
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"survey:{survey.pk}:{hashlib.sha256(address.encode()).hexdigest()[:16]}:{hour}"
    cache.add(key, 0, HOUR)
    if cache.incr(key) > rule(ADDRESS_RULE, survey.office):
        raise DomainError("这个网络刚才提交得太多，请过一小时再试。")
