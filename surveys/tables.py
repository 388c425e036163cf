"""The list of surveys as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from core.listing import Table
from core.templatetags.ui import badge, cn_date, cn_datetime
from surveys.enums import TONES, Audience, SurveyState
from surveys.models import Survey

TIGHT = {"td": {"class": "cell-tight"}}
NUMBER = {"td": {"class": "cell-num"}, "th": {"class": "cell-num"}}


class SurveyTable(Table):
    """Newest first. Exported as it is shown."""

    title = tables.Column("问卷", linkify=True, attrs={"td": {"class": "cell-title"}})
    office = tables.Column("办公室", accessor="office__short_name", order_by="office__code")
    purpose = tables.Column("用途", empty_values=())
    audience = tables.Column("填写人", attrs=TIGHT)
    answered = tables.Column("已填", attrs=NUMBER)
    closes_at = tables.Column("截止时间", attrs=TIGHT)
    held_on = tables.Column("测评日期", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Survey
        fields = ("title", "office", "purpose", "audience", "answered", "closes_at", "held_on", "state")
        order_by = ("-closes_at",)
        empty_text = "没有符合条件的问卷。"

    def __init__(self, *args: Any, purposes: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.purposes = purposes

    def render_purpose(self, record: Survey) -> str:
        return self.purposes.get(record.purpose, record.purpose) or "—"

    def render_audience(self, record: Survey) -> str:
        who = "群众" if record.audience == Audience.PUBLIC else "委员"
        return f"{who}，{'匿名' if record.is_anonymous else '记名'}"

    def render_answered(self, record: Survey) -> str:
        return str(record.answered) if record.is_public else f"{record.answered} / {record.asked}"

    def render_closes_at(self, value: Any) -> str:
        return cn_datetime(value)

    def value_closes_at(self, value: Any) -> Any:
        return value

    def render_held_on(self, value: Any) -> str:
        return cn_date(value)

    def render_state(self, record: Survey) -> str:
        return badge(record.state_text, TONES[SurveyState(record.state)])

    def value_state(self, record: Survey) -> str:
        return record.state_text
