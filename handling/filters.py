"""Filters of the list of assignments."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from core.clock import today
from core.filters import contains_any
from handling.enums import AskState, AssignmentRole, AssignmentState, Light
from handling.models import Assignment, Extension
from handling.selectors import usable_units, with_light
from organisation.models import HandlingUnit
from organisation.selectors import grants, home_office, root_of
from proposals.filters import sessions

#: Lights of running clocks; how a finished one ended is a figure of the statistics.
LIGHTS = [(light.value, light.label) for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.PAUSED)]
STATES = [
    (state.value, state.label)
    for state in AssignmentState
    if state not in (AssignmentState.PLANNED, AssignmentState.REVOKED)
]
#: How far back the years go that are offered.
YEARS = 6


def units(request: HttpRequest) -> QuerySet:
    office = home_office(request.user)
    return usable_units(root_of(office)) if office else HandlingUnit.objects.none()


class AssignmentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="案由、提案人", method="search")
    session = django_filters.ModelChoiceFilter(
        label="届次", empty_label="全部", queryset=sessions, field_name="proposal__session"
    )
    year = django_filters.ChoiceFilter(label="交办年份", empty_label="全部", choices=[], method="of_year")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=STATES)
    light = django_filters.ChoiceFilter(label="期限", empty_label="全部", choices=LIGHTS, method="lit")
    role = django_filters.ChoiceFilter(label="办理方式", empty_label="全部", choices=AssignmentRole.choices)
    unit = django_filters.ModelChoiceFilter(label="承办单位", empty_label="全部", queryset=units)
    asked = django_filters.ChoiceFilter(
        label="申请", empty_label="全部", choices=[("extension", "延期待决定")], method="asking"
    )

    class Meta:
        model = Assignment
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        this = today().year
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in range(this, this - YEARS, -1)]
        if not grants(self.request.user).holds(Can.VIEW_PROPOSALS):
            del self.filters["unit"]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "proposal__subject", "proposal__proposers__member__name",
                            "proposal__proposers__member__name_initials")  # fmt: skip

    def of_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(dispatched_at__year=int(value))

    def lit(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        office = home_office(self.request.user)
        # The page judges its rows with the same scale: calendars and rules are read once.
        scale = getattr(self.request, "scale", None)
        return with_light(queryset, value, root_of(office), scale) if office else queryset.none()

    def asking(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        rows = Extension.objects.filter(state=AskState.REQUESTED, clock__stopped_on__isnull=True)
        return queryset.filter(pk__in=rows.values("clock__assignment_id"))
