"""Optimistic locking for forms: the second of two editors is told, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

from core.errors import Conflict
from core.models import Versioned

V = TypeVar("V", bound=Versioned)


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
