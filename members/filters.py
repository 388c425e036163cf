"""Filters of the register of members."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from accounts.roles import Can
from members import selectors
from members.enums import CommitteeLevel, MemberState
from members.models import Member
from organisation.models import Committee, LiaisonGroup, Office, Sector
from organisation.selectors import grants


def used_by(model: type) -> Any:
    """Only entries that somebody the user may see belongs to; an office's name goes with its groups."""

    def rows(request: Any) -> QuerySet:
        where = grants(request.user).where(Can.VIEW_MEMBERS)
        return model.objects.filter(members__office_id__in=where).distinct()

    return rows


def offices(request: Any) -> QuerySet[Office]:
    return Office.objects.filter(pk__in=grants(request.user).where(Can.VIEW_MEMBERS))


class MemberFilter(filters.FilterSet):
    q = filters.CharFilter(
        label="查找", method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名、拼音、手机后四位"}),
    )  # fmt: skip
    office = filters.ModelChoiceFilter(label="联络处", queryset=offices, empty_label="全部")
    sector = filters.ModelChoiceFilter(label="界别", queryset=used_by(Sector), empty_label="全部")
    group = filters.ModelChoiceFilter(label="联络组", queryset=used_by(LiaisonGroup), empty_label="全部")
    committee = filters.ModelChoiceFilter(label="专门委员会", queryset=used_by(Committee), empty_label="全部")
    party = filters.ChoiceFilter(label="党派", field_name="party_affiliation", empty_label="全部")
    level = filters.ChoiceFilter(label="委员级别", choices=CommitteeLevel.choices, empty_label="全部")
    standing = filters.ChoiceFilter(
        label="常委", field_name="is_standing_member", choices=[("1", "是"), ("0", "否")], empty_label="全部",
        method="by_standing",
    )  # fmt: skip
    state = filters.ChoiceFilter(label="状态", choices=MemberState.choices, empty_label="全部")

    class Meta:
        model = Member
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        where = grants(self.request.user).where(Can.VIEW_MEMBERS)
        if len(where) < 2:
            del self.filters["office"]
        held = Member.objects.filter(office_id__in=where).exclude(party_affiliation="").order_by("party_affiliation")
        parties = held.values_list("party_affiliation", flat=True).distinct()
        self.filters["party"].extra["choices"] = [(each, each) for each in parties]

    def search(self, queryset: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return selectors.search(queryset, self.request.user, value)

    def by_standing(self, queryset: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return queryset.filter(is_standing_member=value == "1")
