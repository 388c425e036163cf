"""Filters of the list of plans."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from core.filters import IdListFilter
from organisation.models import Office
from plans.enums import PlanState
from plans.models import AnnualPlan


def offices_of(request: Any) -> Any:
    """The offices whose plans the user sees."""
    return Office.objects.filter(pk__in=AnnualPlan.objects.visible_to(request.user).values("office_id"))


class PlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="标题", field_name="title", lookup_expr="icontains", widget=forms.TextInput(attrs={"type": "search"})
    )
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=offices_of, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")
    state = django_filters.ChoiceFilter(label="状态", choices=PlanState.choices, empty_label="全部")
    offices = IdListFilter(method="within")

    class Meta:
        model = AnnualPlan
        fields = ("q", "office", "year", "state")

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(office_id__in=IdListFilter.ids(value))
