"""Offices, terms and sessions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.services import changes, record
from core.clock import chinese_date, chinese_number
from core.errors import DomainError
from organisation.models import Dated, Office, Session, Term

OFFICE_FIELDS = ("name", "short_name", "kind", "phone", "address")
TERM_FIELDS = ("number", "name", "starts", "ends")
SESSION_FIELDS = ("number", "name", "starts", "ends", "plenary_starts", "plenary_ends")


def apply(obj: Any, fields: tuple[str, ...], values: dict[str, Any]) -> dict[str, Any]:
    """Puts the values on the object; what changed, for the trail."""
    before = {name: getattr(obj, name) for name in fields}
    for name in fields:
        setattr(obj, name, values[name])
    return changes(before, {name: values[name] for name in fields})


# --- offices -----------------------------------------------------------------------------------------------------
def next_code(parent: Office | None) -> str:
    """Two digits per level, in the order of creation: 01, 0101, 0102; a code once used is not given again."""
    head = parent.code if parent else ""
    taken = set(Office.objects.filter(code__startswith=head).values_list("code", flat=True))
    return next(code for code in (f"{head}{n:02}" for n in range(1, 1000)) if code not in taken)


def refuse_same_name(name: str, parent: Office | None, but: Office | None = None) -> None:
    if Office.objects.filter(parent=parent, name=name).exclude(pk=getattr(but, "pk", None)).exists():
        raise DomainError("已有同名的机构。", field="name")


@transaction.atomic
def create_office(*, parent: Office | None, name: str, short_name: str, kind: str, phone: str = "",
                  address: str = "", by: Any) -> Office:  # fmt: skip
    """An office below `parent` (None: the committee itself). Raises DomainError when the name is taken there."""
    if parent is not None:
        Office.objects.select_for_update().get(pk=parent.pk)
    refuse_same_name(name, parent)
    office = Office.objects.create(
        code=next_code(parent), parent=parent, name=name, short_name=short_name, kind=kind, phone=phone, address=address
    )
    record("office.create", office, by=by)
    return office


@transaction.atomic
def update_office(*, office: Office, values: dict[str, Any], by: Any) -> Office:
    """`values` holds OFFICE_FIELDS. Raises DomainError when the name is taken."""
    locked = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    refuse_same_name(values["name"], locked.parent, but=locked)
    changed = apply(locked, OFFICE_FIELDS, values)
    locked.save()
    record("office.update", locked, by=by, detail=changed)
    return locked


@transaction.atomic
def set_office_active(*, office: Office, active: bool, by: Any) -> None:
    """Closed offices take no new work; their records stay. Raises DomainError while offices below are open."""
    locked = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    if not active and locked.children.filter(is_active=True).exists():
        raise DomainError("请先停用下级机构。")
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    record("office.activate" if active else "office.deactivate", locked, by=by)


# --- terms and sessions ------------------------------------------------------------------------------------------
def overlapping(rows: QuerySet, starts: date, ends: date | None) -> Any:
    """The first of the dated rows that shares a day with the period, or None."""
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=starts), starts__lte=ends or date.max).first()


def check_period(rows: QuerySet, mine: Dated) -> None:
    """Closes an open-ended predecessor the day before; raises DomainError for disorder or an overlap."""
    if mine.ends and mine.ends < mine.starts:
        raise DomainError("截止日期不能早于起始日期。", field="ends")
    others = rows.exclude(pk=mine.pk)
    before = others.filter(ends__isnull=True, starts__lt=mine.starts).first()
    if before is not None:
        before.ends = mine.starts - timedelta(days=1)
        before.save(update_fields=["ends"])
    if other := overlapping(others, mine.starts, mine.ends):
        until = f"到{chinese_date(other.ends)}" if other.ends else "起"
        raise DomainError(f"与“{other}”（{chinese_date(other.starts)}{until}）的时间重叠。", field="starts")


@transaction.atomic
def save_term(*, office: Office, values: dict[str, Any], by: Any, term: Term | None = None) -> Term:
    """A term of the committee `office`; `values` holds TERM_FIELDS, an empty name is written from the number.

    An earlier term without an end is ended the day before. Raises DomainError for a number used twice or an overlap.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    mine = term or Term(office=office)
    values = {**values, "name": values.get("name") or f"第{chinese_number(values['number'])}届"}
    changed = apply(mine, TERM_FIELDS, values)
    if office.terms.filter(number=mine.number).exclude(pk=mine.pk).exists():
        raise DomainError(f"第{chinese_number(mine.number)}届已经有了。", field="number")
    check_period(office.terms.all(), mine)
    mine.save()
    record("term.update" if term else "term.create", mine, by=by, detail=changed)
    return mine


@transaction.atomic
def save_session(*, term: Term, values: dict[str, Any], by: Any, session: Session | None = None) -> Session:
    """A session of the term; `values` holds SESSION_FIELDS, an empty name is written from the numbers.

    An earlier session without an end is ended the day before. Raises DomainError for a number used twice in the
    term, for dates outside the term, a plenary outside the session, or an overlap with another session.
    """
    Office.objects.select_for_update().get(pk=term.office_id)
    mine = session or Session(term=term)
    number = chinese_number(values["number"])
    values = {**values, "name": values.get("name") or f"{chinese_number(term.number)}届{number}次会议"}
    changed = apply(mine, SESSION_FIELDS, values)
    if term.sessions.filter(number=mine.number).exclude(pk=mine.pk).exists():
        raise DomainError(f"{term.name}的{number}次会议已经有了。", field="number")
    check_days(term, mine)
    check_period(Session.objects.filter(term__office_id=term.office_id), mine)
    mine.save()
    record("session_no.update" if session else "session_no.create", mine, by=by, detail=changed)
    return mine


def check_days(term: Term, session: Session) -> None:
    """The plenary lies within the session, the session within its term."""
    if session.starts < term.starts or (term.ends and (session.ends or session.starts) > term.ends):
        raise DomainError(f"时间超出了{term.name}的起止日期。", field="starts")
    if session.plenary_ends < session.plenary_starts:
        raise DomainError("全会闭幕日期不能早于开幕日期。", field="plenary_ends")
    if session.plenary_starts < session.starts or (session.ends and session.plenary_ends > session.ends):
        raise DomainError("全会日期要在本次会议的起止日期之内。", field="plenary_starts")
