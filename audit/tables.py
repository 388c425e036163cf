"""The list of acts."""

from __future__ import annotations

import django_tables2 as tables

from audit.labels import label
from audit.models import AuditEntry
from core.listing import Table
from core.templatetags.ui import cn_datetime

TIGHT = {"td": {"class": "cell-tight"}}


class AuditTable(Table):
    at = tables.Column("时间", attrs={"td": {"class": "cell-tight num"}})
    actor_name = tables.Column("操作人", attrs=TIGHT)
    action = tables.Column(
        "操作", attrs={"td": {"class": "cell-title"}}, linkify=("audit_detail", {"pk": tables.A("pk")})
    )
    object_label = tables.Column("对象", default="—")
    succeeded = tables.TemplateColumn(
        '{% if value %}{% badge "成功" "success" %}{% else %}{% badge "未成功" "danger" %}{% endif %}',
        verbose_name="结果", attrs=TIGHT,
    )  # fmt: skip
    ip = tables.Column("地址", default="—", attrs={"td": {"class": "cell-tight num"}}, orderable=False)

    class Meta(Table.Meta):
        model = AuditEntry
        fields: list[str] = []
        sequence = ("at", "actor_name", "action", "object_label", "succeeded", "ip")
        empty_text = "没有符合条件的操作记录"
        order_by = "-at"

    def render_at(self, value: object) -> str:
        return cn_datetime(value)

    def value_at(self, value: object) -> object:
        return value

    def render_action(self, value: str, record: AuditEntry) -> str:
        return label(value, record.detail.get("label", ""))

    value_action = render_action

    def value_succeeded(self, value: bool) -> str:
        return "成功" if value else "未成功"
