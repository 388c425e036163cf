"""The charts of the page: each for wide screens and for phones, its table leading to the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html

from activities.figures import turnout_by_type
from core import charts
from core.charts import Figure, Series
from core.clock import Span
from opinions import selectors as opinions
from opinions.enums import Stage
from opinions.models import OpinionReport
from organisation.selectors import code_labels
from plans.enums import Metric
from plans.measures import Window, measures
from proposals.defaults import CATEGORY
from proposals.enums import STEPS
from reports.statistics.counting import CATEGORY_AT, LAST, STATE_AT, Basics, Count
from reports.statistics.kinds import shown

#: How targets stand, in this order; whatever else they may be called comes after it.
STANDINGS = ("已完成", "达标", "未超出", "进行中", "进度落后", "低于要求", "未完成", "未达标", "已超出")
#: Filed, and what is not (yet): the second is no reproach.
DONE_AND_REST = (charts.COLOURS[0], "#9db4cf")
HALF, FULL, PHONE = 500, 1040, 340


@dataclass(frozen=True)
class Row:
    """One label of a chart: its values, one per series, the page of its records, and what is written beside its bar."""

    label: str
    values: Sequence[float]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn: the page draws it twice, the document prints its rows."""

    title: str
    names: Sequence[str]
    rows: Sequence[Row]
    unit: str
    side_by_side: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(any(row.values) for row in self.rows)

    @property
    def series(self) -> list[Series]:
        return [Series(name, [row.values[at] for row in self.rows]) for at, name in enumerate(self.names)]

    def drawn(self, width: int) -> Figure:
        labels = [row.label for row in self.rows]
        if self.side_by_side:
            made = charts.pairs(self.title, labels, self.series, unit=self.unit, width=width)
        else:
            colours = DONE_AND_REST if len(self.names) == 2 else charts.COLOURS
            made = charts.bars(self.title, labels, self.series, unit=self.unit, width=width, colours=colours,
                               notes=[row.note for row in self.rows])  # fmt: skip
        return replace(made, rows=[linked(row, cells) for row, cells in zip(self.rows, made.rows, strict=True)])

    @property
    def wide(self) -> Figure:
        return self.drawn(FULL if self.side_by_side else HALF)

    @property
    def narrow(self) -> Figure:
        return self.drawn(PHONE)


def linked(row: Row, cells: Sequence[str]) -> list[Any]:
    """The label of the table leads to the records."""
    return [format_html('<a href="{}">{}</a>', row.url, row.label) if row.url else row.label, *cells[1:]]


def charts_of(count: Count, key: str) -> list[Chart]:
    """Those with something in them, of one of the counted groups."""
    basics = count.of(key)
    made = [
        months(count, key), targets(basics), turnout(basics), states(count, key), categories(count, key),
        opinion_categories(basics),
    ]  # fmt: skip
    return [chart for chart in made if not chart.is_empty]


def months(count: Count, key: str) -> Chart:
    """The whole year, whatever part of it the figures are of."""
    year, ids, measure = count.period.year, count.by_key[key].office_ids, measures.get("activities")
    rows = [
        Row(f"{at + 1}月", pair, measure.url(Window(ids, Span.months(year, at + 1, at + 1)), Metric.RECORDS))
        for at, pair in enumerate(zip(count.months(key), count.months(key, LAST), strict=True))
    ]
    return Chart("全年各月开展活动", [f"{year}年", f"{year - 1}年"], rows, "次", side_by_side=True)


def targets(basics: Basics) -> Chart:
    found: dict[str, int] = {}
    for each in basics.targets or ():
        found[each.state_label] = found.get(each.state_label, 0) + 1
    order = [*(label for label in STANDINGS if label in found), *(label for label in found if label not in STANDINGS)]
    url = basics.targets[0].target.plan.get_absolute_url() if basics.targets else ""
    return Chart("年度目标完成情况", ["目标"], [Row(label, [found[label]], url) for label in order], "项")


def turnout(basics: Basics) -> Chart:
    """Who came and who did not, by type, with the rate."""
    ids, span, measure = basics.office_ids, basics.span, measures.get("activities")
    rows = [
        Row(of.label, [of.came, of.due - of.came],
            measure.url(Window(ids, span, (("type", code),)), Metric.PERCENT), f"{shown(of.rate)}%")
        for code, of in turnout_by_type(ids, span).items() if of.due
    ]  # fmt: skip
    return Chart("各类活动应到人次和到会率", ["到场", "未到"], rows, "人次")


def states(count: Count, key: str) -> Chart:
    by_state, scope, rows = count.decided_by(key, STATE_AT), count.by_key[key].scope(count.period.now), []
    for step, (label, among) in STEPS.items():
        many = sum(by_state[state]["collected"] for state in among if state in by_state)
        if many:
            rows.append(Row(label, [many], f"{scope.url()}&{urlencode({'step': step})}"))
    return Chart("提案办理情况", ["提案"], rows, "件")


def categories(count: Count, key: str) -> Chart:
    found, scope = count.decided_by(key, CATEGORY_AT), count.by_key[key].scope(count.period.now)
    labels = {**code_labels(CATEGORY), "": "未分类"}
    rows = [
        Row(labels.get(code, code), [found[code]["filed"], found[code]["collected"] - found[code]["filed"]],
            scope.url("category", code))
        for code in dict.fromkeys([*labels, *found]) if code in found
    ]  # fmt: skip
    return Chart("提案分类", ["已立案", "未立案"], rows, "件")


def opinion_categories(basics: Basics) -> Chart:
    ids, span = basics.office_ids, basics.span
    submitted = opinions.counted(OpinionReport.objects.filter(office_id__in=ids), Stage.SUBMITTED, span)
    measure = measures.get("opinions")
    rows = [
        Row(each.label, [each.done, each.total - each.done],
            measure.url(Window(ids, span, (("category", each.key),)), Metric.RECORDS) if each.key else "")
        for each in opinions.by_category(submitted)
    ]  # fmt: skip
    return Chart("社情民意分类", ["已采用", "未采用"], rows, "条")
