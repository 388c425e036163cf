"""Writes to offices, postings and basic data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import ROLES, clash
from audit.services import record
from core.clock import today
from core.errors import DomainError
from organisation.models import HandlingUnit, Office, Posting


@transaction.atomic
def grant_role(*, user: User, role: str, office: Office, by: Any, unit: HandlingUnit | None = None,
               starts: date | None = None, ends: date | None = None) -> Posting:  # fmt: skip
    """A posting. Raises DomainError when the role may not be combined with those held or is held already."""
    User.objects.select_for_update().get(pk=user.pk)
    begins = starts or today()
    held = list(user.postings.filter(ends__isnull=True) | user.postings.filter(ends__gte=begins))
    if any(
        each.role == role and each.office_id == office.pk and each.unit_id == getattr(unit, "pk", None) for each in held
    ):
        raise DomainError(f"{user.name} 已经是{office.short_name}的{ROLES[role].label}。")
    if problem := clash({each.role for each in held}, role):
        raise DomainError(problem, field="role")
    posting = Posting.objects.create(user=user, role=role, office=office, unit=unit, starts=begins, ends=ends)
    record("posting.grant", posting, by=by, detail={"role": role, "office": office.code})
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, by: Any, ends: date | None = None) -> None:
    """Ends a posting; by default it no longer holds from today on."""
    from datetime import timedelta

    last = ends or today() - timedelta(days=1)
    if last < posting.starts:
        posting.starts = last
    posting.ends = last
    posting.save(update_fields=["starts", "ends"])
    record("posting.end", posting, by=by, detail={"role": posting.role, "ends": str(last)})
