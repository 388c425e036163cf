"""The register of members as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.listing import Table
from core.templatetags.ui import badge
from members.enums import MemberState
from members.models import Member

TIGHT = {"td": {"class": "cell-tight"}}


class MemberTable(Table):
    """Phone numbers are masked on the screen and in the export alike."""

    name = tables.Column("姓名", order_by=("name_pinyin", "id"), attrs={"td": {"class": "cell-title"}})
    member_no = tables.Column("编号", attrs={"td": {"class": "cell-tight num"}})
    sector = tables.Column("界别", accessor="sector__name", order_by="sector__order", default="", attrs=TIGHT)
    group = tables.Column("联络组", accessor="group__name", order_by="group__order", default="", attrs=TIGHT)
    office = tables.Column("联络处", accessor="office__short_name", order_by="office__code")
    party = tables.Column("党派", accessor="party_affiliation")
    employer = tables.Column("单位职务")
    phone = tables.Column("手机", accessor="masked_phone", orderable=False, attrs={"td": {"class": "cell-tight num"}})
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Member
        fields: tuple[str, ...] = ()
        sequence = ("name", "member_no", "sector", "group", "office", "party", "employer", "phone", "state")
        empty_text = "没有符合条件的委员。可以换一个写法，如只输入姓、拼音首字母或手机后四位。"
        default = ""

    def render_name(self, value: str, record: Member) -> SafeString:
        mark = format_html(" {}", badge("常委", "info")) if record.is_standing_member else ""
        return format_html('<a href="{}">{}</a>{}', record.get_absolute_url(), value, mark)

    def value_name(self, value: str, record: Member) -> str:
        return f"{value}（常委）" if record.is_standing_member else value

    def render_state(self, record: Member) -> Any:
        """Only what is out of the ordinary stands out."""
        label = record.get_state_display()
        return badge(label) if record.state == MemberState.LEFT else label

    def value_state(self, record: Member) -> Any:
        return record.get_state_display()
