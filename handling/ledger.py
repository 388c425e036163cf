"""The ledger of promises (承诺台账) as a list: its filters and its table."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from core.clock import today
from core.filters import IdListFilter, contains_any
from core.listing import Table
from core.templatetags.ui import badge, cn_date
from handling import promises
from handling.enums import PromiseState
from handling.models import ReplyItem
from organisation.models import HandlingUnit

TIGHT = {"td": {"class": "cell-tight"}}
STANDINGS = [
    ("open", "还没有结果"),
    ("arrived", "到期，待报结果"),
    ("overdue", "超期未报"),
    ("waiting", "已报待核实"),
    ("kept", "已兑现"),
    ("broken", "未兑现"),
    ("moved", "改期"),
    ("unjudged", "已有结果，待我评价"),
]


def units(request: HttpRequest) -> QuerySet:
    """Those that promised something the user sees."""
    rows = promises.listed(request.user).order_by().values("reply__assignment__unit")
    return HandlingUnit.objects.filter(pk__in=rows)


class PromiseFilter(django_filters.FilterSet):
    """`year` is that of the day first promised."""

    q = django_filters.CharFilter(label="事项、案由", method="search")
    year = django_filters.ChoiceFilter(label="承诺年度", empty_label="全部", choices=[], method="of_year")
    unit = django_filters.ModelChoiceFilter(
        label="承办单位", empty_label="全部", queryset=units, field_name="reply__assignment__unit"
    )
    standing = django_filters.ChoiceFilter(label="情况", empty_label="全部", choices=STANDINGS, method="stands")
    proposal = IdListFilter(method="of_proposals")

    class Meta:
        model = ReplyItem
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        this = today().year
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in range(this + 2, this - 4, -1)]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = contains_any(ReplyItem.objects.all(), value, "text", "reply__assignment__proposal__subject")
        return queryset.filter(pk__in=found.values("pk"))

    def of_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        year = int(value)
        return queryset.filter(promised_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def of_proposals(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(reply__assignment__proposal_id__in=IdListFilter.ids(value))

    def stands(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value in PromiseState.values:
            return queryset.filter(state=value)
        if value == "moved":
            return queryset.filter(rounds__gt=1)
        if value == "unjudged":
            return promises.unjudged(queryset, self.request.user)
        if value == "waiting":
            return queryset.filter(promises.OPEN, waiting=True)
        return (promises.overdue if value == "overdue" else promises.arrived)(queryset)


class PromiseTable(Table):
    """The date promised last first. Exported as it is shown."""

    text = tables.Column("承诺事项", attrs={"td": {"class": "cell-title"}})
    proposal = tables.Column("提案", accessor="reply__assignment__proposal", orderable=False)
    unit = tables.Column("承办单位", accessor="reply__assignment__unit__name")
    promised_on = tables.Column("承诺日期", attrs=TIGHT)
    current = tables.Column("改期到", attrs=TIGHT)
    due_on = tables.Column("报结果期限", attrs=TIGHT)
    state = tables.Column("情况", attrs=TIGHT, empty_values=())

    class Meta(Table.Meta):
        model = ReplyItem
        fields = ("text", "proposal", "unit", "promised_on", "current", "due_on", "state")
        order_by = ("current",)
        empty_text = "没有符合条件的承诺事项。"

    def render_text(self, record: ReplyItem) -> str:
        return linked(record)

    def value_text(self, record: ReplyItem) -> str:
        return record.text

    def render_proposal(self, value: Any) -> str:
        return f"{value.case_label} {value}"

    def render_promised_on(self, value: date) -> str:
        return cn_date(value)

    def render_current(self, value: date, record: ReplyItem) -> str:
        return cn_date(value) if record.rounds > 1 else "—"

    def render_due_on(self, value: date) -> str:
        return cn_date(value)

    def render_state(self, record: ReplyItem) -> str:
        return badge(*promises.in_words(record))

    def value_state(self, record: ReplyItem) -> str:
        return promises.in_words(record)[0]


def linked(record: ReplyItem) -> str:
    return format_html('<a href="{}">{}</a>', reverse("promise_detail", args=[record.pk]), shortened(record.text))


def shortened(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
