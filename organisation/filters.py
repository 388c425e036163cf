"""Filters of the administration lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import ROLES
from core.clock import today
from organisation.lists import code_list
from organisation.models import Code, Office, Posting
from organisation.selectors import account_scope, without_role

SEARCH = forms.TextInput(attrs={"type": "search"})


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="姓名、用户名或手机", widget=SEARCH, method="search")
    role = django_filters.ChoiceFilter(
        label="角色", empty_label="全部", method="by_role",
        choices=[("none", "还没有角色"), *((role.code, role.label) for role in ROLES.values())],
    )  # fmt: skip
    office = django_filters.ModelChoiceFilter(
        label="机构", empty_label="全部", method="by_office", queryset=lambda request: offices_of(request)
    )
    active = django_filters.ChoiceFilter(
        label="状态", field_name="is_active", empty_label="全部", choices=[("True", "启用"), ("False", "已停用")]
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return queryset.filter(Q(name__icontains=text) | Q(username__icontains=text) | Q(phone__startswith=text))

    def by_role(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return without_role(queryset) if value == "none" else queryset.filter(Exists(live().filter(role=value)))

    def by_office(self, queryset: QuerySet, name: str, value: Office) -> QuerySet:
        return queryset.filter(Exists(live().filter(office=value)))


def live() -> QuerySet[Posting]:
    return Posting.objects.live(today()).filter(user=OuterRef("pk"))


def offices_of(request: Any) -> QuerySet[Office]:
    return Office.objects.filter(pk__in=account_scope(request.user))


class CodeFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="码表", empty_label="全部")
    q = django_filters.CharFilter(label="名称", field_name="label", lookup_expr="icontains", widget=SEARCH)
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部", method="by_state", choices=[("on", "使用中"), ("off", "未启用或已停用")]
    )

    class Meta:
        model = Code
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = kind_choices()

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        holding = Code.objects.on(today()).filter(pk=OuterRef("pk"))
        return queryset.filter(Exists(holding) if value == "on" else ~Exists(holding))


def kind_choices() -> list[tuple[str, str]]:
    kinds = Code.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, code_list(kind).label) for kind in kinds]
