"""Lists of produced documents, approved documents, and packages of years."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.roles import Can
from core.filters import IdListFilter
from core.listing import Table
from organisation.models import Office
from organisation.selectors import offices_for
from reports import standing
from reports.documents import documents
from reports.models import Archive, Manuscript, Report
from reports.printing import FORMATS

MOMENT, DAY = "Y年n月j日 H:i", "Y年n月j日"
TIGHT = {"td": {"class": "cell-tight"}}


def offices(request: HttpRequest | None):
    return offices_for(request.user, Can.VIEW_REPORTS) if request else Office.objects.none()


def makers(request: HttpRequest | None):
    return offices_for(request.user, Can.MAKE_REPORTS) if request else Office.objects.none()


def all_documents() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in documents]


def owned_documents() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in documents if each.owned]


# --- whatever was made -----------------------------------------------------------------------------------------------
class ReportFilter(django_filters.FilterSet):
    document = django_filters.ChoiceFilter(label="文件", choices=all_documents, empty_label="全部")
    standing = django_filters.ChoiceFilter(
        label="状态", choices=list(standing.LABELS.items()), empty_label="全部", method="standing_as"
    )
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=offices, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")
    offices = IdListFilter(method="within")

    class Meta:
        model = Report
        fields = ["document", "standing", "office", "year"]

    def standing_as(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return standing.narrowed(rows, value)

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(office_id__in=IdListFilter.ids(value))


class ReportTable(Table):
    title = tables.Column("文件", linkify=True, attrs={"td": {"class": "cell-title"}})
    standing = tables.Column("状态", accessor="pk", orderable=False)
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    year = tables.Column("年度")
    as_of = tables.DateTimeColumn(verbose_name="数据截止", format=MOMENT)
    pages = tables.Column("页数")
    created_by = tables.Column("生成人", accessor="created_by__name")

    class Meta(Table.Meta):
        sequence = ("title", "standing", "office", "year", "as_of", "pages", "created_by")

    def render_standing(self, record: Report) -> str:
        return standing.words(record)


# --- approved --------------------------------------------------------------------------------------------------------
class ApprovedFilter(django_filters.FilterSet):
    document = django_filters.ChoiceFilter(label="文件", choices=owned_documents, empty_label="全部")
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=offices, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")

    class Meta:
        model = Manuscript
        fields = ["document", "office", "year"]


class ApprovedTable(Table):
    title = tables.Column(
        "文件", linkify=lambda record: standing.page_of(record), attrs={"td": {"class": "cell-title"}}
    )
    doc_no = tables.Column("文号", order_by=("doc_year", "doc_word", "doc_number"), attrs=TIGHT)
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    year = tables.Column("年度")
    edition = tables.Column("版次")
    frozen_at = tables.DateTimeColumn(verbose_name="签发日期", format=DAY, attrs=TIGHT)
    as_of = tables.DateTimeColumn(verbose_name="数据截止", format=DAY, attrs=TIGHT)
    files = tables.Column("下载", accessor="report", orderable=False, exclude_from_export=True, empty_values=())

    class Meta(Table.Meta):
        sequence = ("title", "doc_no", "office", "year", "edition", "frozen_at", "as_of", "files")
        empty_text = "还没有已签发的文件。"

    def render_edition(self, record: Manuscript) -> str:
        return standing.edition(record)

    def render_files(self, record: Manuscript) -> str:
        if record.report is None:
            return "还没有生成，请打开文件查看"
        url = reverse("report_file", args=[record.report.pk])
        there = [(form, label) for form, label in FORMATS.items() if record.report.in_format(form)]
        links = format_html_join(
            " ", '<a href="{}?as={}" download aria-label="{}，{}">{}</a>',
            ((url, form, record.title, label, label) for form, label in there),
        )  # fmt: skip
        return format_html('<span class="file-links">{}</span>', links)


# --- packages --------------------------------------------------------------------------------------------------------
class ArchiveFilter(django_filters.FilterSet):
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=makers, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")

    class Meta:
        model = Archive
        fields = ["office", "year"]


class ArchiveTable(Table):
    name = tables.Column(
        "归档包", accessor="file__original_name", linkify=("archive_file", [tables.A("pk")]),
        attrs={"td": {"class": "cell-title"}},
    )  # fmt: skip
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    year = tables.Column("年度")
    with_activities = tables.BooleanColumn(verbose_name="活动材料", yesno="含,不含")
    documents = tables.Column("文件数")
    size = tables.Column("大小", accessor="file__size")
    created_at = tables.DateTimeColumn(verbose_name="生成时间", format=MOMENT)
    created_by = tables.Column("生成人", accessor="created_by__name")
    sha256 = tables.Column("校验码", accessor="file__sha256", orderable=False, attrs={"td": {"class": "checksum"}})

    class Meta(Table.Meta):
        sequence = ("name", "office", "year", "with_activities", "documents", "size", "created_at", "created_by",
                    "sha256")  # fmt: skip
        empty_text = "还没有归档包。"

    def render_with_activities(self, value: Any) -> str:
        return "含" if value else "不含"

    def render_size(self, value: int) -> str:
        return filesizeformat(value)
