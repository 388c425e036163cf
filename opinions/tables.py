"""The list of social opinions as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html_join

from core.listing import Table
from core.templatetags.ui import badge, cn_datetime
from opinions.enums import TONES
from opinions.models import OpinionReport

TIGHT = {"td": {"class": "cell-tight"}}


class OpinionTable(Table):
    """Newest submission first. Exported as it is shown."""

    title = tables.Column("标题", linkify=True, attrs={"td": {"class": "cell-title"}})
    authors = tables.Column("撰稿人", orderable=False, empty_values=())
    office = tables.Column("联络处", accessor="office__short_name", order_by="office__code")
    category = tables.Column("分类", empty_values=())
    submitted_at = tables.Column("报送时间", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = OpinionReport
        fields = ("title", "authors", "office", "category", "submitted_at", "state")
        order_by = ("-submitted_at",)
        empty_text = "没有符合条件的社情民意。"

    def __init__(self, *args: Any, categories: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories = categories

    def render_title(self, record: OpinionReport) -> str:
        marks = [badge("急报", "danger")] if record.is_urgent else []
        marks += [badge("提案转来", "info")] if record.is_converted else []
        return format_html_join(" ", "{}", [(each,) for each in (*marks, record)])

    def value_title(self, record: OpinionReport) -> str:
        urgent, converted = "【急报】" if record.is_urgent else "", "【提案转来】" if record.is_converted else ""
        return f"{urgent}{converted}{record}"

    def render_authors(self, record: OpinionReport) -> str:
        return "、".join(row.member.name for row in record.authors.all())

    def render_category(self, record: OpinionReport) -> str:
        return self.categories.get(record.category, record.category)

    def render_submitted_at(self, value: Any) -> str:
        return cn_datetime(value)

    def value_submitted_at(self, value: Any) -> Any:
        return value

    def render_state(self, record: OpinionReport) -> str:
        return badge(record.state_label, TONES[record.state])

    def value_state(self, record: OpinionReport) -> str:
        return record.state_label
