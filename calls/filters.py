"""Filters of the lists of calls and of submissions. The second accepts what the measure's `list_query` produces."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from calls.defaults import KIND, PRIZE
from calls.enums import CallState, EntryState, Presented, Stage
from calls.models import Call, Entry
from calls.selectors import DATED_BY, counted, of_offices
from core.filters import ByStage, DayFilter, IdListFilter, contains_any
from organisation.selectors import code_choices, home_office, offices_for


def senders(request: HttpRequest) -> QuerySet:
    return offices_for(request.user, Can.VIEW_CALLS)


def visible_calls(request: HttpRequest) -> QuerySet:
    return Call.objects.visible_to(request.user)


class CallFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="名称", method="search")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=CallState.choices)
    kind = django_filters.ChoiceFilter(label="类型", empty_label="全部", choices=[])

    class Meta:
        model = Call
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["kind"].extra["choices"] = code_choices(KIND, home_office(self.request.user))

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "title")


class EntryFilter(ByStage, django_filters.FilterSet):
    """`since` and `until` go by the day the chosen `stage` was reached, without one by the submission."""

    q = django_filters.CharFilter(label="题目、作者", method="search")
    call = django_filters.ModelChoiceFilter(label="征集", empty_label="全部", queryset=visible_calls)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=EntryState.choices)
    kind = django_filters.ChoiceFilter(label="类型", empty_label="全部", choices=[])
    prize = django_filters.ChoiceFilter(label="奖项", empty_label="全部", choices=[])
    presented = django_filters.ChoiceFilter(
        label="会上交流", empty_label="全部", choices=[pair for pair in Presented.choices if pair[0]]
    )
    office = django_filters.ModelChoiceFilter(label="联络处", empty_label="全部", queryset=senders)
    stage = django_filters.ChoiceFilter(label="统计环节", empty_label="全部", choices=Stage.choices, method="reached")
    since = DayFilter(label="日期从", method="from_day")
    until = DayFilter(label="日期到", method="to_day")
    offices = IdListFilter(method="within")

    dated_by, counted = DATED_BY, staticmethod(counted)

    class Meta:
        model = Entry
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        home = home_office(self.request.user)
        self.filters["kind"].extra["choices"] = code_choices(KIND, home)
        self.filters["prize"].extra["choices"] = code_choices(PRIZE, home)
        self.filters["office"].field.label_from_instance = lambda office: office.short_name

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "title", "authors__member__name", "authors__member__name_initials")

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return of_offices(queryset, IdListFilter.ids(value))
