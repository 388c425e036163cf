"""Counting rows by one of their properties, with how many of them reached an end: for statistics and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

Counts = dict[Any, tuple[int, int]]


@dataclass(frozen=True)
class Share:
    """One line of a breakdown: `total` rows, `done` of them reached the end (filed, accepted)."""

    key: Any
    label: str
    total: int
    done: int


def counts(rows: QuerySet, part: Combinable, done: Q) -> Counts:
    """part → (rows, rows that pass `done`), with one query."""
    found = rows.order_by().annotate(of_part=part).values("of_part")
    found = found.annotate(n_all=Count("pk"), n_done=Count("pk", filter=done))
    return {row["of_part"]: (row["n_all"], row["n_done"]) for row in found}


def lines(found: Counts, labels: Mapping[Any, str], order: Iterable[Any] = ()) -> list[Share]:
    """The counts as lines: in `order` (by default that of the labels), what is not in it at the end."""
    keys = [key for key in dict.fromkeys([*(order or labels), *found]) if key in found]
    return [Share(key, labels.get(key, str(key)), *found[key]) for key in keys]


def totals(found: Counts) -> tuple[int, int]:
    return sum(total for total, _ in found.values()), sum(done for _, done in found.values())


def rate(done: int, total: int) -> float | None:
    """Per cent with one decimal, rounded down, so that 100 means all; None of nothing."""
    return 1000 * done // total / 10 if total else None
