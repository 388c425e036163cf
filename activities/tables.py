"""The list of activities."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from activities.models import Activity
from core.listing import Table

TITLE = """<a href="{{ record.get_absolute_url }}">{{ record.title }}</a>
{% if not record.is_planned %}{% badge "计划外" %}{% endif %}"""
TIGHT = {"td": {"class": "cell-tight"}}


class ActivityTable(Table):
    title = tables.TemplateColumn(TITLE, verbose_name="名称", attrs={"td": {"class": "cell-title"}})
    type = tables.Column(verbose_name="类型", order_by=("type__order", "-starts_at"), attrs=TIGHT)
    starts_at = tables.TemplateColumn("{{ record.starts_at|cn_datetime }}", verbose_name="时间", attrs=TIGHT)
    place = tables.Column(verbose_name="地点")
    office = tables.Column(accessor="office__short_name", verbose_name="办公室", order_by=("office__code",))
    came = tables.TemplateColumn(
        "{% if record.due %}{{ record.came }} / {{ record.due }}{% else %}—{% endif %}",
        verbose_name="到场/应到", orderable=False,
        attrs={"th": {"class": "cell-num"}, "td": {"class": "cell-num"}},
    )  # fmt: skip
    state = tables.TemplateColumn("{% badge record.state_text record.tone %}", verbose_name="状态")

    class Meta(Table.Meta):
        model = Activity
        fields = ("title", "type", "starts_at", "place", "office", "came", "state")
        order_by = "-starts_at"
        empty_text = "没有符合条件的活动。"

    def __init__(self, *args: Any, hide_office: bool = False, hide_turnout: bool = False, **kwargs: Any) -> None:
        hidden = [name for name, hide in (("office", hide_office), ("came", hide_turnout)) if hide]
        super().__init__(*args, exclude=hidden, **kwargs)

    def order_starts_at(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        sign = "-" if is_descending else ""
        return rows.order_by(f"{sign}starts_at", f"{sign}pk"), True
