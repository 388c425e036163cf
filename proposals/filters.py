"""Filters of the proposal list. They accept what the measure's `list_query` produces."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from core.filters import ByStage, DayFilter, IdListFilter, contains_any
from organisation.models import Session
from organisation.selectors import code_labels, grants, home_line, offices_for
from proposals.defaults import CATEGORY
from proposals.enums import STEPS, ProposalKind, ProposalState, RequestState, Stage, Verdict
from proposals.models import Batch, Proposal, Proposer, Recommendation
from proposals.selectors import DATED_BY, counted, of_offices
from proposals.statistics import narrowed


def sessions(request: HttpRequest) -> QuerySet:
    """Those of the committee the user belongs to."""
    return Session.objects.filter(term__office_id__in=home_line(request.user))


def homes(request: HttpRequest) -> QuerySet:
    return offices_for(request.user, Can.VIEW_PROPOSALS)


def batches(request: HttpRequest) -> QuerySet:
    """Collections of the committee the user belongs to, newest first."""
    return Batch.objects.filter(office_id__in=home_line(request.user))


def labels(request: HttpRequest) -> dict[str, str]:
    """Names of the categories, those no longer on offer too; asked once per request."""
    if not hasattr(request, "_proposal_categories"):
        request._proposal_categories = code_labels(CATEGORY)  # type: ignore[attr-defined]
    return request._proposal_categories  # type: ignore[attr-defined]


def categories(request: HttpRequest) -> list[tuple[str, str]]:
    return list(labels(request).items())


#: With or without a recommendation, or the one it is.
ADVICE = [("any", "有审查意见"), ("none", "没有审查意见"), *Verdict.choices]


class ProposalFilter(ByStage, django_filters.FilterSet):
    """`since` and `until` go by the day of filing when `stage` is filed, else by the day of submission."""

    q = django_filters.CharFilter(label="案由、提案人", method="search")
    session = django_filters.ModelChoiceFilter(label="届次", empty_label="全部", queryset=sessions)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=ProposalState.choices)
    category = django_filters.ChoiceFilter(label="分类", empty_label="全部", choices=[])
    home_office = django_filters.ModelChoiceFilter(label="联络处", empty_label="全部", queryset=homes)
    batch = django_filters.ModelChoiceFilter(label="征集", empty_label="全部", queryset=batches)
    advice = django_filters.ChoiceFilter(label="审查意见", empty_label="全部", choices=ADVICE, method="advised")
    kind = django_filters.ChoiceFilter(label="类别", empty_label="全部", choices=ProposalKind.choices)
    stage = django_filters.ChoiceFilter(label="统计环节", empty_label="全部", choices=Stage.choices, method="reached")
    since = DayFilter(label="日期从", method="from_day")
    until = DayFilter(label="日期到", method="to_day")
    step = django_filters.ChoiceFilter(
        choices=[(key, label) for key, (label, _) in STEPS.items()], method="standing", widget=forms.HiddenInput
    )
    figure = django_filters.CharFilter(method="of_figure", widget=forms.HiddenInput)
    asked = IdListFilter(method="with_request")
    offices = IdListFilter(method="within")
    member = IdListFilter(method="of_members")
    group = IdListFilter(method="of_groups")

    dated_by, counted = DATED_BY, staticmethod(counted)

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["category"].extra["choices"] = lambda: categories(self.request)
        self.filters["home_office"].field.label_from_instance = lambda office: office.short_name

        if not grants(self.request.user).holds(Can.VIEW_PROPOSALS):
            for internal in ("advice", "batch"):
                del self.filters[internal]

    def standing(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(state__in=STEPS[value][1])

    def advised(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By the current recommendation."""
        rows = Recommendation.objects.filter(is_current=True)
        if value not in ("any", "none"):
            rows = rows.filter(verdict=value)
        found = Q(pk__in=rows.values("proposal_id"))
        return queryset.filter(~found if value == "none" else found)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "subject", "proposers__member__name",
                            "proposers__member__name_initials")  # fmt: skip

    def with_request(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Where the proposer asks for a change or for 撤案 and waits for the answer."""
        return queryset.filter(change_requests__state=RequestState.REQUESTED)

    def of_figure(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """What a figure of the statistics counts, so that its link shows those rows."""
        return narrowed(queryset, value)

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return of_offices(queryset, IdListFilter.ids(value))

    def of_members(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """For the figure of one member."""
        own = Proposer.objects.filter(member_id__in=IdListFilter.ids(value))
        return queryset.filter(pk__in=own.values("proposal_id"))

    def of_groups(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        own = Proposer.objects.filter(member__group_id__in=IdListFilter.ids(value))
        return queryset.filter(pk__in=own.values("proposal_id"))
