"""What a target counts, as choices of a form: a measure, perhaps with its first filter (“活动：视察”), perhaps narrowed
by another filter (“活动（场所）：农村”), perhaps with an alternative (“或者”).

The value of a choice is `measure` or `measure?filter=value`; a target with more filters keeps all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from organisation.models import Office
from plans.enums import Metric
from plans.measures import Measure, measures

#: Between the codes of several alternatives, which only an import can make.
AND = "|"
Group = tuple[str, list[tuple[str, str]]]
#: Metrics of which two figures cannot be added up, and why.
NOT_TOGETHER = {
    Metric.MEMBERS: "同一名委员会被算两次，“不同委员人数”不能用“或者”。",
    Metric.PERCENT: "百分比不能相加，不能用“或者”。",
}


@dataclass(frozen=True)
class Subject:
    """One of the things that count for a target."""

    measure: str
    filters: Mapping[str, str] = field(default_factory=dict)
    metric: str = Metric.RECORDS

    @property
    def code(self) -> str:
        return encode(self.measure, dict(self.filters))


def of(target: Any) -> list[Subject]:
    """The target's own subject, then its alternatives."""
    main = Subject(target.measure, target.filters, target.metric)
    return [main, *(Subject(each["measure"], each.get("filters") or {}, each.get("metric") or target.metric)
                    for each in target.alternatives or ())]  # fmt: skip


def not_together(metric: str) -> str:
    """Why figures of this metric cannot be added up; empty when they can."""
    return NOT_TOGETHER.get(Metric(metric), "")


def overlap(one: Subject, other: Subject) -> bool:
    """Whether a record could count twice: of one measure, only different values of the same filter keep apart."""
    if one.measure != other.measure:
        return False
    apart = (name for name in one.filters if name in other.filters)
    return not any(not set(one.filters[name].split(",")) & set(other.filters[name].split(",")) for name in apart)


# --- as choices ------------------------------------------------------------------------------------------------------
def encode(measure: str, filters: dict[str, str]) -> str:
    return f"{measure}?{urlencode(sorted(filters.items()))}" if filters else measure


def decode(value: str) -> tuple[str, dict[str, str]]:
    measure, _, query = value.partition("?")
    return measure, dict(parse_qsl(query))


def choices(office: Office) -> list[Any]:
    """One group per measure: all of its records, then each value of each filter. One query per filter with data."""
    ordered = sorted(measures, key=lambda measure: measure.order)
    return [("", "选择"), *(group(measure, office) for measure in ordered)]


def group(measure: Measure, office: Office) -> Group:
    """The first filter tells the kinds of records; the others say by their name what they are about."""
    entries = [(measure.key, f"全部{measure.label}")] if measure.has_all else []
    for place, (name, spec) in enumerate(measure.filters.items()):
        head = measure.label if place == 0 else f"{measure.label}（{spec.label}）"
        entries += [
            (encode(measure.key, {name: str(value)}), f"{head}：{label}")
            for value, label in spec.choices(office)
            if value not in (None, "")
        ]
    return measure.label, entries


def sorts(offered: Sequence[Any]) -> list[Any]:
    """Of all choices those a target begins with: all records of a measure, and those its first filter tells apart."""
    return part_of(offered, lambda code: not narrows(code))


def narrowing(offered: Sequence[Any]) -> list[Any]:
    """Of all choices those that narrow a subject further."""
    return part_of(offered, narrows)


def part_of(offered: Sequence[Any], wanted: Callable[[str], bool]) -> list[Any]:
    found = [(label, [pair for pair in entries if wanted(pair[0])]) for label, entries in offered[1:]]
    return [offered[0], *((label, entries) for label, entries in found if entries)]


def narrows(code: str) -> bool:
    measure, filters = decode(code)
    return bool(filters) and next(iter(filters)) != next(iter(measures.get(measure).filters))


def split(code: str, narrower: Mapping[str, str]) -> tuple[str, str]:
    """A subject as the choice it begins with and the one that narrows it; what the form has no place for is kept."""
    measure, filters = decode(code)
    for name, value in filters.items():
        rest, narrow = {key: each for key, each in filters.items() if key != name}, encode(measure, {name: value})
        if narrow in narrower and (len(rest) == 1 or (not rest and measures.get(measure).has_all)):
            return encode(measure, rest), narrow
    return code, ""


def joined(code: str, narrow: str) -> str:
    """The subject narrowed: both sets of filters."""
    measure, filters = decode(code)
    return encode(measure, {**filters, **decode(narrow)[1]}) if narrow else code


def with_kept(offered: list[Any], kept: str) -> list[Any]:
    """The choices with what the target counts now, even if that is no longer on offer."""
    known = flat(offered)
    label = " 或 ".join(words(code, known) for code in kept.split(AND))
    return offered if kept in known else [*offered, ("现在统计的", [(kept, label)])]


def flat(offered: list[Any]) -> dict[str, str]:
    return {value: label for _, entries in offered if isinstance(entries, list) for value, label in entries}


def codes(offered: list[Any]) -> dict[str, str]:
    """Words → value of everything on offer."""
    return {label: value for value, label in flat(offered).items()}


def in_words(target: Any, known: dict[str, str]) -> str:
    """All subjects of a target: 活动：引进项目 或者 活动：引进资金."""
    return " 或者 ".join(words(each.code, known) for each in of(target))


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
