"""Filters of the list of surveys. They accept what the measure's `list_query` produces."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from core.filters import DayFilter, IdListFilter, contains_any
from organisation.selectors import code_choices, home_office, offices_for
from surveys.defaults import PURPOSE
from surveys.enums import SurveyState
from surveys.models import Survey
from surveys.selectors import with_answers


def offices(request: HttpRequest) -> QuerySet:
    return offices_for(request.user, Can.VIEW_SURVEYS)


class SurveyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="名称", method="search")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=SurveyState.choices)
    purpose = django_filters.ChoiceFilter(label="用途", empty_label="全部", choices=[])
    office = django_filters.ModelChoiceFilter(label="办公室", empty_label="全部", queryset=offices)
    since = DayFilter(label="测评日期从", field_name="held_on", lookup_expr="gte")
    until = DayFilter(label="测评日期到", field_name="held_on", lookup_expr="lte")
    offices = IdListFilter(method="within")
    counted = IdListFilter(method="only_counted")

    class Meta:
        model = Survey
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["purpose"].extra["choices"] = code_choices(PURPOSE, home_office(self.request.user))
        self.filters["office"].field.label_from_instance = lambda office: office.short_name

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "title")

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(office_id__in=IdListFilter.ids(value))

    def only_counted(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return with_answers(queryset)
