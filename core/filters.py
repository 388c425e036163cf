"""Filters several lists share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from core.clock import end_of, start_of


class IdListFilter(django_filters.CharFilter):
    """Ids as “3,5,8” in a hidden field, for links that open the records behind a figure. `ids` reads its value."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **options)

    @staticmethod
    def ids(value: str) -> list[int]:
        return [int(part) for part in value.split(",") if part.isdecimal() and len(part) < 19]


class DayFilter(django_filters.DateFilter):
    """A day, with the browser's own date field. Its `method` gets a date."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class ByStage:
    """For filter sets with the fields `stage`, `since` and `until`: the days go by the stage that is chosen.

    `dated_by` maps each stage to the path of its moment, the first one counts without a choice;
    `counted(queryset, stage)` gives the rows that reached a stage.
    """

    dated_by: Mapping[str, str]
    counted: Callable[[QuerySet, str], QuerySet]

    def reached(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return type(self).counted(queryset, value)

    def moment(self) -> str:
        chosen = self.form.cleaned_data.get("stage")
        return self.dated_by[chosen] if chosen else next(iter(self.dated_by.values()))

    def from_day(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(**{f"{self.moment()}__gte": start_of(value)})

    def to_day(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(**{f"{self.moment()}__lt": end_of(value)})


def contains_any(queryset: QuerySet, text: str, *paths: str) -> QuerySet:
    """Rows where one of the paths contains the text, each row once."""
    wanted = Q()
    for path in paths:
        wanted |= Q(**{f"{path}__icontains": text.strip()})
    return queryset.filter(pk__in=queryset.model._default_manager.filter(wanted).values("pk"))
