"""Shipped code lists and rules. Apps above add theirs with `ship_codes` and `ship_rule`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from organisation.models import Code, Rule

#: Shipped entries hold from long before any record.
ALWAYS = date(2000, 1, 1)


def ship_codes(kind: str, entries: Iterable[tuple[str, str]]) -> None:
    """Adds missing (code, label) entries of a list."""
    known = set(Code.objects.filter(kind=kind, office=None).values_list("code", flat=True))
    Code.objects.bulk_create(
        Code(kind=kind, code=code, label=label, order=order, starts=ALWAYS)
        for order, (code, label) in enumerate(entries, 1)
        if code not in known
    )


def ship_rule(key: str, value: Any, note: str) -> None:
    """Adds a rule unless some value of it exists. `note` says where the value comes from."""
    if not Rule.objects.filter(key=key, office=None).exists():
        Rule.objects.create(key=key, value=value, starts=ALWAYS, note=note)
