"""The list of requests for leave: its filter and its table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.enums import LeaveState
from activities.models import LeaveRequest
from core.listing import Table
from core.templatetags.ui import badge, cn_datetime

TIGHT = {"td": {"class": "cell-tight"}}


class LeaveFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="委员或活动", method="search", widget=forms.TextInput(attrs={"type": "search"}))
    state = django_filters.ChoiceFilter(label="状态", choices=LeaveState.choices, empty_label="全部")

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(member__name__icontains=value) | Q(activity__title__icontains=value))


class LeaveTable(Table):
    """Newest first."""

    member = tables.Column("委员", order_by="member__name_pinyin", attrs={"td": {"class": "cell-title"}})
    activity = tables.Column("活动", order_by="activity__title")
    starts_at = tables.Column("活动时间", accessor="activity__starts_at", attrs=TIGHT)
    reason = tables.Column("事由", orderable=False)
    created_at = tables.Column("申请时间", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = LeaveRequest
        fields = ("member", "activity", "starts_at", "reason", "created_at", "state")
        order_by = ("-created_at",)
        empty_text = "没有请假申请。"

    def render_member(self, record: LeaveRequest) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.member.name)

    def value_member(self, record: LeaveRequest) -> str:
        return record.member.name

    def render_starts_at(self, value: datetime) -> str:
        return cn_datetime(value)

    def render_created_at(self, value: datetime) -> str:
        return cn_datetime(value)

    def render_state(self, record: LeaveRequest) -> SafeString:
        return badge(record.state_text, record.tone)

    def value_state(self, record: LeaveRequest) -> Any:
        return record.state_text
