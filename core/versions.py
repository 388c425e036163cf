"""Optimistic locking for forms: the second of two editors is told, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from zlib import crc32

from django.db import transaction
from django.db.models import Model

from core.errors import Conflict
from core.models import Versioned

V = TypeVar("V", bound=Versioned)


def fingerprint(obj: Model, names: Iterable[str]) -> int:
    """A number that changes with the values of these fields: the version of a row that keeps none of its own.

    Small basic data (offices, sessions, code lists) is compared by what the form shows, which needs no column.
    """
    own = {field.name: field.attname for field in obj._meta.concrete_fields}
    values = [(name, str(getattr(obj, own[name]))) for name in sorted(names) if name in own]
    return crc32(repr(values).encode()) % 10**9


def refuse_unseen_change(obj: Model, names: Collection[str], *, seen: int | None) -> None:
    """Locks the row for the rest of the transaction. Raises Conflict when it no longer looks as the form showed it."""
    current = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    now = fingerprint(current, names)
    if seen is not None and seen != now:
        raise Conflict(current=current, version=now, who="", when=None)


@contextmanager
def editing(obj: V, *, version: int | None, by: Any) -> Iterator[V]:
    """Locks the row, compares versions, yields the locked row, then saves it with the next version.

    `version` is what the form was opened with; None skips the comparison (system writes). Raises Conflict.
    """
    with transaction.atomic():
        locked = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        if version is not None and locked.version != version:
            who = locked.updated_by.name if locked.updated_by else ""
            raise Conflict(current=locked, version=locked.version, who=who, when=locked.updated_at)
        yield locked
        locked.version += 1
        locked.updated_by = by
        locked.save()
    obj.version = locked.version
