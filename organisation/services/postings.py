"""Granting and ending roles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from accounts.models import User
from accounts.roles import ROLES, clash
from audit.services import record
from core.clock import chinese_date, today
from core.errors import DomainError
from organisation.models import HandlingUnit, Office, Posting
from organisation.selectors import forget_grants, root_of

#: Sent with posting, by and what ("granted", "ended"), in the transaction of the change.
posting_changed = Signal()


@transaction.atomic
def grant_role(*, user: User, role: str, office: Office, by: Any, unit: HandlingUnit | None = None,
               starts: date | None = None, ends: date | None = None) -> Posting:  # fmt: skip
    """A posting from `starts` (today by default) to `ends` (open by default), both included.

    Raises DomainError when the role may not be combined with those held then or is held already, when the dates are
    in the wrong order, or when a handling unit is missing or of another committee.
    """
    User.objects.select_for_update().get(pk=user.pk)
    begins = starts or today()
    if ends is not None and ends < begins:
        raise DomainError("截止日期不能早于起始日期。", field="ends")
    check_unit(role, office, unit)
    held = list(user.postings.live(begins).exclude(starts__gt=ends or date.max))
    check_held(user, role, office, unit, held)
    posting = Posting.objects.create(user=user, role=role, office=office, unit=unit, starts=begins, ends=ends)
    detail = {"role": ROLES[role].label, "office": office.short_name, "starts": str(begins)}
    finish(posting, "granted", by=by, detail=detail)
    return posting


def check_unit(role: str, office: Office, unit: HandlingUnit | None) -> None:
    if role == "unit" and unit is None:
        raise DomainError("请选择承办单位。", field="unit")
    if role != "unit" and unit is not None:
        raise DomainError("只有“承办单位”角色需要选择承办单位。", field="unit")
    if unit is not None and unit.office_id != root_of(office).pk:
        raise DomainError("这个承办单位属于另一个政协机关，请重新选择。", field="unit")


def check_held(user: User, role: str, office: Office, unit: HandlingUnit | None, held: list[Posting]) -> None:
    for each in held:
        if (each.role, each.office_id, each.unit_id) == (role, office.pk, getattr(unit, "pk", None)):
            raise DomainError(f"{user.name} 已经是{office.short_name}的{ROLES[role].label}。", field="role")
    if problem := clash({each.role for each in held}, role):
        raise DomainError(problem, field="role")


@transaction.atomic
def end_posting(*, posting: Posting, by: Any, ends: date | None = None, reason: str = "") -> None:
    """`ends` is the last day on which the role holds; without it the role no longer holds from this moment on.

    Raises DomainError when it is over already, or would be made longer.
    """
    locked = Posting.objects.select_for_update(of=("self",)).select_related("office", "user").get(pk=posting.pk)
    if locked.taken_back or (locked.ends and locked.ends < today()):
        raise DomainError("这项角色已经结束。")
    last = ends or today() - timedelta(days=1)
    if locked.ends and last > locked.ends:
        raise DomainError(f"原定到{chinese_date(locked.ends)}为止，不能延长；如需延长请重新授予。", field="ends")
    locked.taken_back = last < locked.starts
    locked.ends = max(last, locked.starts)
    locked.save(update_fields=["taken_back", "ends"])
    posting.taken_back, posting.ends = locked.taken_back, locked.ends
    detail = {"role": ROLES[locked.role].label, "office": locked.office.short_name, "ends": str(last), "reason": reason}
    finish(locked, "ended", by=by, detail=detail)
    forget_grants(posting.user)


def finish(posting: Posting, what: str, *, by: Any, detail: dict[str, Any]) -> None:
    forget_grants(posting.user)
    record("posting.grant" if what == "granted" else "posting.end", posting, by=by, detail=detail)
    posting_changed.send(Posting, posting=posting, by=by, what=what)
