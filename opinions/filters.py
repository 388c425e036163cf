"""Filters of the list of social opinions. They accept what the measure's `list_query` produces."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from core.filters import ByStage, DayFilter, IdListFilter, contains_any
from opinions.defaults import CATEGORY
from opinions.enums import OpinionState, Stage
from opinions.models import OpinionAuthor, OpinionReport
from opinions.selectors import DATED_BY, counted
from organisation.selectors import code_labels, offices_for


def receivers(request: HttpRequest) -> QuerySet:
    return offices_for(request.user, Can.VIEW_OPINIONS)


class OpinionFilter(ByStage, django_filters.FilterSet):
    """`since` and `until` go by the day of the decision when `stage` is accepted, else by the day of submission."""

    q = django_filters.CharFilter(label="标题、撰稿人", method="search")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=OpinionState.choices)
    category = django_filters.ChoiceFilter(label="分类", empty_label="全部", choices=[])
    office = django_filters.ModelChoiceFilter(label="联络处", empty_label="全部", queryset=receivers)
    is_urgent = django_filters.BooleanFilter(
        label="急报", widget=forms.Select(choices=[("", "全部"), ("true", "急报"), ("false", "一般")])
    )
    stage = django_filters.ChoiceFilter(label="统计环节", empty_label="全部", choices=Stage.choices, method="reached")
    since = DayFilter(label="日期从", method="from_day")
    until = DayFilter(label="日期到", method="to_day")
    offices = IdListFilter(method="within")
    member = IdListFilter(method="of_members")
    group = IdListFilter(method="of_groups")

    dated_by, counted = DATED_BY, staticmethod(counted)

    class Meta:
        model = OpinionReport
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # All of them: a figure of a year past leads here with a category no longer on offer.
        self.filters["category"].extra["choices"] = list(code_labels(CATEGORY).items())
        self.filters["office"].field.label_from_instance = lambda office: office.short_name

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "title", "authors__member__name", "authors__member__name_initials")

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(office_id__in=IdListFilter.ids(value))

    def of_members(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """For the figure of one member."""
        own = OpinionAuthor.objects.filter(member_id__in=IdListFilter.ids(value))
        return queryset.filter(pk__in=own.values("opinion_id"))

    def of_groups(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        own = OpinionAuthor.objects.filter(member__group_id__in=IdListFilter.ids(value))
        return queryset.filter(pk__in=own.values("opinion_id"))
