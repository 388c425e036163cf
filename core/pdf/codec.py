"""Blocks as plain data and back, so that a document can be kept as it was composed.

    codec.load(codec.dump(block)) == block

Only classes of `core.pdf.blocks` are ever made: what is read back comes from the database, not from a person.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.pdf import blocks

CLASS, DATE, NUMBER = "#", "#date", "#number"
KNOWN = {name: kind for name in blocks.__all__ if is_dataclass(kind := getattr(blocks, name))}


def dump(value: Any) -> Any:
    """A value JSON can hold. Raises TypeError for what no block contains."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    if isinstance(value, list | tuple):
        return [dump(each) for each in value]
    if type(value).__name__ in KNOWN:
        said = {field.name: dump(getattr(value, field.name)) for field in fields(value)}
        return {CLASS: type(value).__name__, **said}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def load(value: Any) -> Any:
    """What `dump` was given; every sequence comes back as a list. Raises KeyError for an unknown class."""
    if isinstance(value, list):
        return [load(each) for each in value]
    if not isinstance(value, dict):
        return value
    if DATE in value:
        return date.fromisoformat(value[DATE])
    if NUMBER in value:
        return Decimal(value[NUMBER])
    return KNOWN[value[CLASS]](**{name: load(each) for name, each in value.items() if name != CLASS})
