"""Filters of the lists of records. They accept what measures and to-dos put into an address."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from accounts.roles import Can
from activities.enums import COUNTED, Adoption, FindingStage, FindingState, ProjectState
from activities.figures import followup as record_figures
from activities.models import ActivityType, Finding, Material, ReportDuty, SupervisedProject
from activities.type_needs import FINDING_KIND, MATERIAL_KIND
from core.clock import end_of, start_of, today
from core.filters import DayFilter, IdListFilter, contains_any
from organisation.models import Office
from organisation.selectors import code_choices, grants, home_office

#: Choices of a yes-or-all filter.
OVERDUE = [("1", "已逾期")]
STANDINGS = [("overdue", "逾期未报"), ("open", "待报送"), ("sent", "已报送"), ("late", "迟报")]


def offices(request: HttpRequest) -> QuerySet[Office]:
    return Office.objects.filter(pk__in=grants(request.user).where(Can.VIEW_ACTIVITIES)).order_by("code")


class RecordFilter(django_filters.FilterSet):
    """What all of them share: words, office, type of activity, days, offices behind a figure."""

    q = django_filters.CharFilter(
        label="关键词", method="search", widget=forms.TextInput(attrs={"type": "search"})
    )  # fmt: skip
    office = django_filters.ModelChoiceFilter(label="办公室", empty_label="全部", queryset=offices, method="of_office")
    type = django_filters.CharFilter(label="活动类型", method="of_types", widget=forms.Select)
    offices = IdListFilter(method="within")

    words: tuple[str, ...] = ("activity__title",)
    words_label = "活动"
    office_path = "activity__office"
    kind_list = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["q"].field.label = self.words_label
        self.filters["office"].field.label_from_instance = lambda office: office.short_name
        if len(self.filters["office"].field.queryset) < 2:
            self.filters["office"].field.widget = forms.HiddenInput()
        if "type" in self.filters:
            rows = ActivityType.objects.filter(is_active=True).values_list("code", "label")
            self.offer("type", list(rows))
        if self.kind_list:
            self.offer("kind", code_choices(self.kind_list, home_office(self.request.user)))

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """One of the list, or several that an address carries separated by commas."""
        current, offered = self.data.get(name, ""), [("", "全部"), *choices]
        if current and current not in dict(offered):
            offered.append((current, f"所选 {current.count(',') + 1} 项"))
        self.filters[name].field.widget.choices = offered

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(rows, value, *self.words)

    def of_office(self, rows: QuerySet, name: str, value: Office) -> QuerySet:
        return rows.filter(**{self.office_path: value})

    def of_types(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return record_figures.narrowed(rows, {"type": value})

    def of_kinds(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return record_figures.narrowed(rows, {"kind": value})

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"{self.office_path}_id__in": IdListFilter.ids(value)})


class FindingFilter(RecordFilter):
    """`since` and `until` go by the day of the chosen stage, without one by the day it was noted."""

    kind = django_filters.CharFilter(label="类别", method="of_kinds", widget=forms.Select)
    unit = django_filters.CharFilter(label="单位", field_name="unit_name", widget=forms.Select)
    state = django_filters.ChoiceFilter(label="现在的状态", empty_label="全部", choices=FindingState.choices)
    overdue = django_filters.ChoiceFilter(label="期限", empty_label="全部", choices=OVERDUE, method="late")
    adoption = django_filters.ChoiceFilter(label="采纳情况", empty_label="全部", choices=Adoption.choices)
    stage = django_filters.ChoiceFilter(
        label="统计环节", empty_label="全部", choices=FindingStage.choices, method="reached"
    )  # fmt: skip
    since = DayFilter(label="日期从", method="from_day")
    until = DayFilter(label="日期到", method="to_day")

    words_label = "内容、单位、活动或文号"
    words = ("text", "proposed", "unit_name", "unit__name", "activity__title", "document_no")
    kind_list = FINDING_KIND

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.queryset.order_by("unit_name").values_list("unit_name", flat=True).distinct()
        self.offer("unit", [(name, name) for name in names.exclude(unit_name="")[:200]])

    def late(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.overdue()

    def reached(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return record_figures.reached(rows, value)

    def path(self) -> str:
        return record_figures.DATED_BY[self.form.cleaned_data.get("stage") or FindingStage.NOTED]

    def from_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(**{f"{self.path()}__gte": value})

    def to_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(**{f"{self.path()}__lte": value})


class MaterialFilter(RecordFilter):
    """`since` and `until` go by the day of the activity."""

    kind = django_filters.CharFilter(label="材料类别", method="of_kinds", widget=forms.Select)
    since = DayFilter(label="活动日期从", method="from_day")
    until = DayFilter(label="到", method="to_day")
    counted = django_filters.BooleanFilter(
        label="只看已开展、已总结的活动", method="by_counted", widget=forms.CheckboxInput
    )  # fmt: skip

    words_label = "标题、文件名或活动"
    words = ("title", "file__original_name", "activity__title")
    kind_list = MATERIAL_KIND

    class Meta:
        model = Material
        fields: list[str] = []

    def from_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(activity__starts_at__gte=start_of(value))

    def to_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(activity__starts_at__lt=end_of(value))

    def by_counted(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(activity__state__in=COUNTED) if value else rows


class DutyFilter(RecordFilter):
    standing = django_filters.ChoiceFilter(
        label="报送情况", empty_label="全部", choices=STANDINGS, method="by_standing"
    )  # fmt: skip
    since = DayFilter(label="期限从", field_name="due_on", lookup_expr="gte")
    until = DayFilter(label="到", field_name="due_on", lookup_expr="lte")

    words_label = "活动、报送对象或备注"
    words = ("addressee", "note", "activity__title")

    class Meta:
        model = ReportDuty
        fields: list[str] = []

    def by_standing(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        wanted = {
            "overdue": ReportDuty.overdue(),
            "open": Q(sent_on__isnull=True, due_on__gte=today()),
            "sent": Q(sent_on__isnull=False),
            "late": Q(sent_on__gt=F("due_on")),
        }
        return rows.filter(wanted[value])


class ProjectFilter(RecordFilter):
    year = django_filters.NumberFilter(label="年度", max_value=2100)
    condition = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=ProjectState.choices)
    type = None

    words_label = "名称、责任单位或目标"
    words = ("name", "unit_name", "unit__name", "goal")
    office_path = "office"

    class Meta:
        model = SupervisedProject
        fields: list[str] = []
