"""The lists of calls and of submissions as tables."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html_join

from calls.enums import Presented
from calls.models import Call, Entry
from core.listing import Table
from core.templatetags.ui import badge, cn_datetime

TIGHT = {"td": {"class": "cell-tight"}}
NUMBER = {"td": {"class": "cell-num"}, "th": {"class": "cell-num"}}


class CallTable(Table):
    """The latest deadline first. Members see how many texts of their own there are, offices how many came in."""

    title = tables.Column("征集", linkify=True, attrs={"td": {"class": "cell-title"}})
    kind = tables.Column("类型", empty_values=())
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    received = tables.Column("来稿", attrs=NUMBER)
    own = tables.Column("我的稿件", attrs=NUMBER)
    closes_at = tables.Column("截止时间", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Call
        fields = ("title", "kind", "office", "received", "own", "closes_at", "state")
        order_by = ("-closes_at",)
        empty_text = "没有符合条件的征集。"

    def __init__(self, *args: Any, kinds: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds

    def render_kind(self, record: Call) -> str:
        return self.kinds.get(record.kind, record.kind)

    def render_closes_at(self, value: Any) -> str:
        return cn_datetime(value)

    def value_closes_at(self, value: Any) -> Any:
        return value

    def render_state(self, record: Call) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Call) -> str:
        return record.state_label


class EntryTable(Table):
    """Newest submission first. Exported as it is shown. Prizes that are not announced are for the office's side."""

    title = tables.Column("题目", linkify=True, attrs={"td": {"class": "cell-title"}})
    authors = tables.Column("作者", orderable=False, empty_values=())
    office = tables.Column("联络处", accessor="office__short_name", order_by="office__code")
    call = tables.Column("征集", accessor="call__title")
    submitted_at = tables.Column("提交时间", attrs=TIGHT)
    prize = tables.Column("奖项", empty_values=(), attrs=TIGHT)
    presented = tables.Column("会上交流", empty_values=(), attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Entry
        fields = ("title", "authors", "office", "call", "submitted_at", "prize", "presented", "state")
        order_by = ("-submitted_at",)
        empty_text = "没有符合条件的稿件。"

    def __init__(self, *args: Any, prizes: dict[str, str], sees_all: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.prizes, self.sees_all = prizes, sees_all

    def told(self, record: Entry) -> bool:
        return self.sees_all or record.call.is_announced

    def render_authors(self, record: Entry) -> str:
        """Names are never broken over lines."""
        parts = self.value_authors(record).split("、")
        return format_html_join("、", '<span class="cell-tight">{}</span>', ((part,) for part in parts))

    def value_authors(self, record: Entry) -> str:
        names = "、".join(row.member.name for row in record.authors.all())
        return f"{names}（{record.collective}）" if record.collective else names

    def render_prize(self, record: Entry) -> str:
        return (self.prizes.get(record.prize, record.prize) if self.told(record) else "") or "—"

    def render_presented(self, record: Entry) -> str:
        return (Presented(record.presented).label if record.presented and self.told(record) else "") or "—"

    def render_submitted_at(self, value: Any) -> str:
        return cn_datetime(value)

    def value_submitted_at(self, value: Any) -> Any:
        return value

    def render_state(self, record: Entry) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Entry) -> str:
        return record.state_label
