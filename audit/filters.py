"""Filters of the trail: when, who, what, on which object, with which result."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from audit import labels
from audit.models import AuditEntry
from core.clock import end_of, start_of

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SEARCH = forms.TextInput(attrs={"type": "search"})


class AuditFilter(django_filters.FilterSet):
    since = django_filters.DateFilter(label="从", widget=DAY, method="filter_since")
    until = django_filters.DateFilter(label="到", widget=DAY, method="filter_until")
    person = django_filters.CharFilter(
        label="操作人", field_name="actor_name", lookup_expr="icontains", widget=SEARCH
    )  # fmt: skip
    thing = django_filters.ChoiceFilter(label="操作类别", empty_label="全部", method="filter_thing")
    obj = django_filters.CharFilter(label="对象", field_name="object_label", lookup_expr="icontains", widget=SEARCH)
    result = django_filters.ChoiceFilter(
        label="结果", field_name="succeeded", empty_label="全部", choices=[("True", "成功"), ("False", "失败或被拒绝")]
    )

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["thing"].extra["choices"] = labels.things()

    def filter_since(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(at__gte=start_of(value))

    def filter_until(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(at__lt=end_of(value))

    def filter_thing(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(action__startswith=f"{value}.")
