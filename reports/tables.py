"""The list of produced documents."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from accounts.roles import Can
from core.filters import IdListFilter
from core.listing import Table
from organisation.models import Office
from organisation.selectors import offices_for
from reports.documents import documents
from reports.models import Report


def offices(request: HttpRequest | None):
    return offices_for(request.user, Can.VIEW_REPORTS) if request else Office.objects.none()


class ReportFilter(django_filters.FilterSet):
    document = django_filters.ChoiceFilter(
        label="文件", choices=lambda: [(each.key, each.label) for each in documents], empty_label="全部"
    )
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=offices, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")
    offices = IdListFilter(method="within")

    class Meta:
        model = Report
        fields = ["document", "office", "year"]

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(office_id__in=IdListFilter.ids(value))


class ReportTable(Table):
    title = tables.Column("文件", linkify=True)
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    year = tables.Column("年度")
    pages = tables.Column("页数")
    size = tables.Column("大小", accessor="file__size")
    created_at = tables.DateTimeColumn(verbose_name="生成时间", format="Y年n月j日 H:i")
    created_by = tables.Column("生成人", accessor="created_by__name")

    class Meta(Table.Meta):
        sequence = ("title", "office", "year", "pages", "size", "created_at", "created_by")

    def render_size(self, value: int) -> str:
        return filesizeformat(value)
