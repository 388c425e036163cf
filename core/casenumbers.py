"""Numbers without gaps: one counter row per series, locked while the next number is given.

An app derives its own counter (`class CaseCounter(Counter)` with the key of the series as a unique field), so that
the series keeps its foreign key. The number is taken inside the transaction of the act that uses it; when that is
undone, so is the count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction


class Counter(models.Model):
    """The last number given in a series; 0 before the first."""

    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


def next_number(counter: type[Counter], *, highest: Callable[[], int | None], **series: Any) -> int:
    """The next number of the series, from 1. Must run in a transaction; others wait for it, so take it late.

    `highest` is asked once, when the series has no counter yet: numbers of imported records are not given again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is only given inside the transaction that uses it")
    row, _ = counter._default_manager.get_or_create(**series, defaults={"last": lambda: highest() or 0})
    locked = counter._default_manager.select_for_update().get(pk=row.pk)
    locked.last += 1
    locked.save(update_fields=["last"])
    return locked.last
