"""What a target can count. Upper apps offer measures; plans, dashboards and reports only ever ask this registry.

A measure hands out querysets, so that every figure is one database aggregate over the very rows its link opens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from core.clock import Span
from core.registry import Registry
from plans.enums import Metric

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Window:
    """Which records: those of these offices, dated within the span, that pass the target's filters."""

    office_ids: frozenset[int]
    span: Span
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FilterField:
    """A way to narrow a measure. `choices(office)` gives (value, label) pairs for the form."""

    label: str
    choices: Callable[[Any], list[tuple[str, str]]]


@dataclass(frozen=True)
class Ratio:
    """What the per cent of a measure are: rows of `part` of every hundred rows of `whole` (到场/应到).

    label         到会率; `words` name part and whole (实到, 应到), `unit` is theirs (人次)
    date_field    puts a row of either queryset into a month
    summed        path to a number that is summed on both instead of counting rows
    member_field  path to the member's id on both; without it only the whole office has a rate
    office_field  path to the office's id on both, see Measure
    list_query    when the list shows the rows of `whole` by another query than the measure's own
    """

    label: str
    words: tuple[str, str]
    unit: str
    part: Callable[[Window], QuerySet]
    whole: Callable[[Window], QuerySet]
    date_field: str
    summed: str = ""
    member_field: str = ""
    office_field: str = ""
    list_query: Callable[[Window], dict[str, str]] | None = None


@dataclass(frozen=True)
class Measure:
    """One countable kind of record.

    records(window)  rows of the record's own model, one per record
    parts(window)    rows of the model that ties members to records, one per member and record; None if not tied
    date_field       path to the date or datetime that puts a row into a month, on both querysets
    member_field     path from a part to the member's id
    record_field     path from a part to its record's id; only needed when the part has no foreign key to the record
    office_field     path from a record to the id of the office it counts for; with it, lists of plans cost one count
                     per kind of target instead of one per plan
    shared           function (window) -> those of the window's offices that also have records kept by another one
                     (联片活动); they are counted by themselves, because `office_field` names only the keeper
    quantities       metric → path to the number that is summed, on `records`; for the metric of records: what counts
                     is not the rows but this number in them
    ratio            what per cent means here; None if nothing
    order            place among the measures of a form
    has_all          whether all records together are worth a figure; false where they are apples and pears
    units            (filter, function () -> value → measure word) when the word depends on what is counted (篇, 期)
    list_url         name of the list page showing exactly these records; it accepts `list_query(window)`
    member_query     what narrows that list to the records of one member; `group_query` the same of one group
    """

    key: str
    label: str
    unit: str
    records: Callable[[Window], QuerySet]
    list_url: str
    list_query: Callable[[Window], dict[str, str]]
    member_query: Callable[[int], dict[str, str]] | None = None
    group_query: Callable[[int], dict[str, str]] | None = None
    parts: Callable[[Window], QuerySet] | None = None
    date_field: str = "date"
    part_date_field: str = "date"
    member_field: str = "member_id"
    record_field: str = ""
    office_field: str = ""
    shared: Callable[[Window], frozenset[int]] | None = None
    quantities: dict[str, str] = field(default_factory=dict)
    filters: dict[str, FilterField] = field(default_factory=dict)
    ratio: Ratio | None = None
    order: int = 50
    has_all: bool = True
    units: tuple[str, Callable[[], Mapping[str, str]]] | None = None

    @property
    def metrics(self) -> list[str]:
        """The metrics this measure can give."""
        people = [Metric.PERSON_TIMES, Metric.MEMBERS, Metric.AVERAGE] if self.parts else []
        rate = [Metric.PERCENT] if self.ratio else []
        return list(dict.fromkeys([Metric.RECORDS, *people, *self.quantities, *rate]))

    def url(self, window: Window, metric: str = Metric.RECORDS, more: Mapping[str, str] = NOTHING) -> str:
        """The page that lists the records behind the figure."""
        own = self.ratio.list_query if self.ratio and metric == Metric.PERCENT else None
        return f"{reverse(self.list_url)}?{urlencode({**(own or self.list_query)(window), **more})}"


def of_member(pk: int) -> dict[str, str]:
    """The usual `member_query`: a filter “member” that takes ids."""
    return {"member": str(pk)}


def of_group(pk: int) -> dict[str, str]:
    """The usual `group_query`."""
    return {"group": str(pk)}


@dataclass(frozen=True)
class Staged:
    """What measures of records share that pass stages on different days (提交, 立案): a filter “stage”, the first of
    `stages` without one, and filters that are plain `fields` of the record.
    """

    stages: Any
    fields: tuple[str, ...] = ()

    def of(self, window: Window) -> Any:
        """The stage the window asks for."""
        return self.stages(dict(window.filters).get("stage") or self.stages.values[0])

    def chosen(self, window: Window) -> dict[str, str]:
        return {name: value for name, value in window.filters if name in self.fields and value}

    def list_query(self, window: Window) -> dict[str, str]:
        """The filters of the list that show exactly the records of the window."""
        return {
            "stage": self.of(window).value,
            "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
            "since": window.span.first.isoformat(),
            "until": window.span.last.isoformat(),
            **self.chosen(window),
        }

    def filter_field(self) -> FilterField:
        return FilterField("环节", lambda office: list(self.stages.choices))


measures: Registry[Measure] = Registry("measure")


def register(measure: Measure) -> Measure:
    return measures.register(measure.key, measure)
