"""What a target counts, as one choice of a form: a measure and one of its filters (“活动：视察”).

The value is `measure` or `measure?filter=value`; a target with several filters keeps all of them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from organisation.models import Office
from plans.measures import Measure, measures

Group = tuple[str, list[tuple[str, str]]]


def encode(measure: str, filters: dict[str, str]) -> str:
    return f"{measure}?{urlencode(sorted(filters.items()))}" if filters else measure


def decode(value: str) -> tuple[str, dict[str, str]]:
    measure, _, query = value.partition("?")
    return measure, dict(parse_qsl(query))


def choices(office: Office) -> list[Any]:
    """One group per measure: all of its records, then each value of each filter. One query per filter with data."""
    return [("", "选择"), *(group(measure, office) for measure in measures)]


def group(measure: Measure, office: Office) -> Group:
    entries = [(measure.key, f"全部{measure.label}")]
    for name, field in measure.filters.items():
        entries += [
            (encode(measure.key, {name: str(value)}), f"{measure.label}：{label}")
            for value, label in field.choices(office)
            if value not in (None, "")
        ]
    return measure.label, entries


def with_kept(offered: list[Any], kept: str) -> list[Any]:
    """The choices with what the target counts now, even if that is no longer on offer."""
    known = flat(offered)
    return offered if kept in known else [*offered, (kept, words(kept, known))]


def flat(offered: list[Any]) -> dict[str, str]:
    return {value: label for _, entries in offered if isinstance(entries, list) for value, label in entries}


def words(value: str, known: dict[str, str]) -> str:
    """A subject that is not on offer as one choice, in words: 活动：视察 或 活动：专题调研, else its code."""
    measure, filters = decode(value)
    parts = [
        " 或 ".join(known.get(encode(measure, {name: code}), code) for code in codes.split(","))
        for name, codes in filters.items()
    ]
    return known.get(value) or " 且 ".join(parts) or value


def labels(office: Office) -> dict[str, str]:
    """value → words of everything on offer, for pages and differences."""
    return flat(choices(office))
