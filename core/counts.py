"""Counts many querysets of different models with one query."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.db.models import Count, IntegerField, QuerySet, Value

K = TypeVar("K", bound=Hashable)


def together(rows: Mapping[K, QuerySet]) -> dict[K, int]:
    """How many rows each queryset has; one UNION ALL for all of them, none for nothing.

    The querysets are plain filters: without slices, unions and annotated aggregates.
    """
    keys = list(rows)
    parts = [
        rows[key]
        .order_by()
        .values(of=Value(place, output_field=IntegerField()))
        .annotate(many=Count("pk", distinct=True))
        for place, key in enumerate(keys)
    ]
    if not parts:
        return {}
    pairs = [part.values_list("of", "many") for part in parts]
    found = dict(pairs[0].union(*pairs[1:], all=True) if len(pairs) > 1 else pairs[0])
    return {key: found.get(place, 0) for place, key in enumerate(keys)}
