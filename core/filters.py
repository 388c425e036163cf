"""Filters several lists share."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet


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


def contains_any(queryset: QuerySet, text: str, *paths: str) -> QuerySet:
    """Rows where one of the paths contains the text, each row once."""
    wanted = Q()
    for path in paths:
        wanted |= Q(**{f"{path}__icontains": text.strip()})
    return queryset.filter(pk__in=queryset.model._default_manager.filter(wanted).values("pk"))
