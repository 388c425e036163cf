"""The list of manuscripts."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from core.filters import IdListFilter
from core.listing import Table
from core.templatetags.ui import badge
from reports.documents import documents
from reports.enums import ManuscriptState
from reports.models import Manuscript
from reports.pages.one import period, tone
from reports.tables import offices


class ManuscriptFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="状态", choices=ManuscriptState.choices, empty_label="全部")
    document = django_filters.ChoiceFilter(
        label="文件", choices=lambda: [(each.key, each.label) for each in documents if each.owned], empty_label="全部"
    )
    office = django_filters.ModelChoiceFilter(label="办公室", queryset=offices, empty_label="全部")
    year = django_filters.NumberFilter(label="年度")
    offices = IdListFilter(method="within")

    class Meta:
        model = Manuscript
        fields = ["state", "document", "office", "year"]

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(office_id__in=IdListFilter.ids(value))


class ManuscriptTable(Table):
    title = tables.Column("文稿", linkify=True, attrs={"td": {"class": "cell-title"}})
    state = tables.Column("状态")
    doc_no = tables.Column("文号", accessor="doc_no", orderable=False, empty_values=(None, ""))
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    period = tables.Column("期间", accessor="year", order_by="year")
    edition = tables.Column("版次")
    updated_at = tables.DateTimeColumn(verbose_name="最后修改", format="Y年n月j日 H:i")

    class Meta(Table.Meta):
        sequence = ("title", "state", "doc_no", "office", "period", "edition", "updated_at")

    def render_state(self, record: Manuscript) -> SafeString:
        return badge(record.get_state_display(), tone(record))

    def value_state(self, record: Manuscript) -> str:
        return str(record.get_state_display())

    def render_period(self, record: Manuscript) -> str:
        return period(record)

    def render_edition(self, record: Manuscript) -> str:
        return f"第 {record.edition} 版" + ("（更正）" if record.edition > 1 else "")
