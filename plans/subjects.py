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
    known = {value for _, entries in offered if isinstance(entries, list) for value, _ in entries}
    return offered if kept in known else [*offered, (kept, f"原来的统计内容（{kept}）")]


def labels(office: Office) -> dict[str, str]:
    """value → words, for pages and differences."""
    return {value: label for _, entries in choices(office) if isinstance(entries, list) for value, label in entries}
