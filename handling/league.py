"""The units in comparison, sortable and exported as it is shown."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from core.listing import Table
from handling.overview import Overview, Unit

NUM = {"td": {"class": "cell-num"}, "th": {"class": "cell-num"}}


class Rate(tables.Column):
    """Per cent; nothing to take a share of is no zero."""

    def render(self, value: float) -> str:
        return f"{value:g}%"

    def value(self, record: Unit, value: float | None, bound_column: Any) -> float | None:
        return value


class Counted(tables.Column):
    """A number that leads to the proposals counted."""

    def __init__(self, figure: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, attrs=NUM, **options)
        self.figure = figure

    def render(self, record: Unit, value: int, table: LeagueTable) -> Any:
        url = table.overview.scope.url(self.figure, record.pk)
        return format_html('<a href="{}">{}</a>', url, value) if value else value

    def value(self, value: int) -> int:
        return value


class LeagueTable(Table):
    """One line per unit; the columns of the reply categories are those of the list of codes."""

    name = tables.Column("承办单位", attrs={"td": {"class": "cell-title"}})
    assigned = Counted("assigned", "承办件")
    closed = Counted("closed", "办复")
    on_time = Counted("on_time", "按期办复")
    overdue = Counted("overdue", "超期未复")
    on_time_rate = Rate("按期率", attrs=NUM)
    contact_rate = Rate("面商率", attrs=NUM)
    satisfied = Rate("结果满意率", attrs=NUM)
    kept_rate = Rate("兑现率", attrs=NUM)

    class Meta(Table.Meta):
        empty_text = "还没有交办的提案。"
        order_by = ("-assigned",)

    def __init__(self, overview: Overview, **options: Any) -> None:
        self.overview = overview
        super().__init__(overview.units, **options)
