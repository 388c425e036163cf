"""The office's list of what can be made public."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from core.filters import contains_any
from core.listing import Table
from core.templatetags.ui import badge, cn_date
from proposals.models import Proposal
from supervision.enums import Clearance
from supervision.models import Publication
from supervision.selectors.publication import outdated, waiting
from supervision.services.publication import refusal
from supervision.tables import TIGHT, TITLE

BOX = (
    '<span class="form-check"><input type="checkbox" class="form-check-input" form="clear-form" name="chosen" '
    'value="{}" aria-label="选择{}"></span>'
)
STANDINGS = [
    ("waiting", "待审定"),
    ("cleared", "已公开"),
    ("outdated", "已公开，之后有新答复"),
    ("withheld", "办公室决定不公开"),
    ("not_agreed", "提案人不同意公开"),
]


class ClearanceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="案由、提案人", method="search")
    standing = django_filters.ChoiceFilter(label="情况", empty_label="全部", choices=STANDINGS, method="stands")

    class Meta:
        model = Proposal
        fields: list[str] = []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "subject", "proposers__member__name")

    def stands(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "waiting":
            return waiting(queryset)
        if value == "outdated":
            return outdated(queryset)
        if value == "not_agreed":
            return queryset.filter(may_publish=False)
        return queryset.filter(Q(publication__decision=value), may_publish=True)


class ClearanceTable(Table):
    """Newest first; a box for each that can be cleared."""

    chosen = tables.Column("选择", empty_values=(), orderable=False, attrs=TIGHT, exclude_from_export=True)
    case_no = tables.Column("案号", attrs=TIGHT)
    subject = tables.Column("案由", attrs=TITLE)
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    category = tables.Column("分类")
    standing = tables.Column("情况", orderable=False, empty_values=())
    at = tables.Column("审定", orderable=False, empty_values=())

    class Meta(Table.Meta):
        model = Proposal
        fields = ("chosen", "case_no", "subject", "proposers", "category", "standing", "at")
        order_by = ("-case_no",)
        empty_text = "没有符合条件的提案。"

    def __init__(self, *args: Any, categories: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories = categories

    def render_chosen(self, record: Proposal) -> str:
        if refusal(record) or decision(record):
            return ""
        return format_html(BOX, record.pk, record)

    def render_case_no(self, record: Proposal) -> str:
        return record.case_label

    def render_subject(self, record: Proposal) -> str:
        return format_html('<a href="{}">{}</a>', reverse("publication_edit", args=[record.pk]), record)

    def value_subject(self, record: Proposal) -> str:
        return str(record)

    def render_proposers(self, record: Proposal) -> str:
        return record.short_proposers_label

    def render_category(self, value: str) -> str:
        return self.categories.get(value, value)

    def render_standing(self, record: Proposal) -> str:
        if why := refusal(record):
            return format_html('{} <span class="muted">{}</span>', badge("不公开", "neutral"), why)
        row = decision(record)
        if row is None:
            return badge("待审定", "info")
        tone = "success" if row.decision == Clearance.CLEARED else "neutral"
        return format_html("{} {}", badge(row.get_decision_display(), tone), row.reason)

    def value_standing(self, record: Proposal) -> str:
        row = decision(record)
        return refusal(record) or (row.reason or row.get_decision_display() if row else "待审定")

    def render_at(self, record: Proposal) -> str:
        row = decision(record)
        return f"{row.by.name} {cn_date(row.at)}" if row else "—"


def decision(record: Proposal) -> Publication | None:
    return getattr(record, "publication", None)
