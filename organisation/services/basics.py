"""Named lists, code lists and rules. Nothing is deleted: it is switched off or ends on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from audit.services import changes, record
from core.errors import DomainError
from organisation.models import Code, NamedPart, Office, Rule
from organisation.parts import PartKind


@transaction.atomic
def save_part(*, kind: PartKind, office: Office, values: dict[str, Any], by: Any,
              part: NamedPart | None = None) -> NamedPart:  # fmt: skip
    """An entry of a named list; `values`: name, order and, where the list has it, phone.

    Raises DomainError when the office has an entry of that name.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    rows = kind.model.objects.filter(office=office)
    if rows.filter(name=values["name"]).exclude(pk=getattr(part, "pk", None)).exists():
        raise DomainError(f"已有名为“{values['name']}”的{kind.label}，如已停用可以重新启用。", field="name")
    mine = part or kind.model(office=office)
    before = {name: getattr(mine, name) for name in values}
    for name, value in values.items():
        setattr(mine, name, value)
    mine.save()
    record(f"{kind.key}.{'update' if part else 'create'}", mine, by=by, detail=changes(before, values))
    return mine


@transaction.atomic
def set_part_active(*, kind: PartKind, part: NamedPart, active: bool, by: Any) -> None:
    """Switched off, it can no longer be chosen; records that have it keep it."""
    part.is_active = active
    part.save(update_fields=["is_active"])
    record(f"{kind.key}.{'activate' if active else 'deactivate'}", part, by=by)


def next_order(rows: Any) -> int:
    """Behind the last entry."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


# --- code lists --------------------------------------------------------------------------------------------------
@transaction.atomic
def add_code(*, kind: str, office: Office | None, label: str, by: Any, code: str = "", order: int | None = None,
             starts: date) -> Code:  # fmt: skip
    """An entry that can be chosen from `starts` on; without a code it gets one of its own.

    Raises DomainError when the list already has the code or, at that time, the label.
    """
    rows = Code.objects.select_for_update().filter(kind=kind, office=office)
    if code and rows.filter(code=code).exists():
        raise DomainError(f"这个码表里已有代码“{code}”。", field="code")
    if rows.on(starts).filter(label=label).exists():
        raise DomainError(f"这个码表里已有“{label}”。", field="label")
    mine = Code.objects.create(
        kind=kind,
        office=office,
        label=label,
        starts=starts,
        code=code or f"own{rows.count() + 1}-{office.code if office else 'all'}",
        order=next_order(Code.objects.filter(kind=kind)) if order is None else order,
    )
    record("code.create", mine, by=by, detail={"kind": kind, "code": mine.code, "starts": str(starts)})
    return mine


@transaction.atomic
def update_code(*, code: Code, label: str, order: int, ends: date | None, by: Any) -> Code:
    """Corrects the wording or place of an entry, or ends it: after `ends` it can no longer be chosen."""
    locked = Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if ends is not None and ends < locked.starts:
        raise DomainError("停用日期不能早于启用日期。", field="ends")
    values = {"label": label, "order": order, "ends": ends}
    before = {name: getattr(locked, name) for name in values}
    locked.label, locked.order, locked.ends = label, order, ends
    locked.save(update_fields=list(values))
    record("code.update", locked, by=by, detail=changes(before, values))
    return locked


# --- rules -------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_rule(*, key: str, office: Office | None, value: Any, starts: date, note: str, by: Any) -> Rule:
    """The value in force in the office and below from `starts` on, until a newer one begins.

    A value that begins on the same day is corrected, with the old one in the trail. Raises DomainError for an
    unknown key or a value of another type than the one shipped.
    """
    shipped = Rule.objects.filter(key=key).order_by("office_id", "starts").first()
    if shipped is None:
        raise DomainError("没有这项规则。")
    if type(shipped.value) is not type(value) and not numbers(shipped.value, value):
        raise DomainError("取值的形式与原来的不同，请检查。", field="value")
    same_day = Rule.objects.select_for_update().filter(key=key, office=office, starts=starts).first()
    before = same_day.value if same_day else None
    row = same_day or Rule(key=key, office=office, starts=starts)
    row.value, row.note = value, note
    row.save()
    detail = {"key": key, "starts": str(starts), **changes({"value": before}, {"value": value})}
    record("rule.update" if same_day else "rule.create", row, by=by, detail=detail)
    return row


def numbers(one: Any, other: Any) -> bool:
    return all(isinstance(each, int | float) and not isinstance(each, bool) for each in (one, other))
