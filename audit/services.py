"""The one way to write the audit trail. Called in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from audit.models import AuditEntry
from core import context

#: Functions (obj, by) -> code of the office the act belongs to; the organisation app adds the one that knows offices.
office_resolvers: list[Callable[[Model | None, Any], str]] = []


def record(action: str, obj: Model | None = None, *, by: Any, detail: dict[str, Any] | None = None,
           succeeded: bool = True) -> AuditEntry:  # fmt: skip
    """Adds a row. `action` is “thing.verb” (“member.update”); `detail` holds no secrets, no full identity numbers."""
    written = entry(action, obj, by=by, detail=detail, succeeded=succeeded)
    written.save(force_insert=True)
    return written


def record_all(action: str, acts: Iterable[tuple[Model, dict[str, Any]]], *, by: Any) -> None:
    """Adds a row for each (object, detail) of an act on many objects, in few statements."""
    AuditEntry.objects.bulk_create((entry(action, obj, by=by, detail=detail) for obj, detail in acts), batch_size=500)


def entry(
    action: str, obj: Model | None, *, by: Any, detail: dict[str, Any] | None, succeeded: bool = True
) -> AuditEntry:
    """A row not yet written."""
    info = context.current.get()
    known = by if getattr(by, "pk", None) else None
    return AuditEntry(
        actor=known,
        actor_name=by.name if known else "系统",
        ip=info.ip,
        request_id=info.request_id,
        action=action,
        object_kind=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=str(obj)[:200] if obj is not None else "",
        office=office_code(obj, known),
        succeeded=succeeded,
        detail=detail or {},
    )


def office_code(obj: Model | None, by: Any) -> str:
    """The code of the object's `office`; else what the resolvers find; empty for acts outside any office."""
    own = getattr(getattr(obj, "office", None), "code", "")
    return own or next(filter(None, (resolve(obj, by) for resolve in office_resolvers)), "")


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """{field: [old, new]} of what differs, for `detail`."""
    return {name: [words(before.get(name)), words(value)] for name, value in after.items() if before.get(name) != value}


def words(value: Any) -> str:
    """A value as people read it: nothing is empty, moments are local."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if timezone.is_aware(value) else f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
