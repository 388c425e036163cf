"""Tables of the administration lists."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.models import User
from accounts.roles import ROLES
from core.clock import today
from core.listing import Table
from core.templatetags.ui import cn_date, cn_datetime
from organisation.lists import code_list
from organisation.models import Code, NamedPart, Posting

TIGHT = {"td": {"class": "cell-tight"}}
NUMBER = {"th": {"class": "cell-num"}, "td": {"class": "cell-num"}}
ACTIVE = '{% if value %}{% badge "启用" "success" %}{% else %}{% badge "已停用" "neutral" %}{% endif %}'


class AccountTable(Table):
    """Wants users with `live_postings` prefetched (views.accounts)."""

    name = tables.Column(
        "姓名", attrs={"td": {"class": "cell-title"}}, linkify=("account_detail", {"pk": tables.A("pk")})
    )
    username = tables.Column("用户名", attrs=TIGHT)
    roles = tables.Column("角色", accessor="live_postings", orderable=False, empty_values=())
    is_active = tables.TemplateColumn(ACTIVE, verbose_name="状态", attrs=TIGHT)
    last_login = tables.Column("最近登录", attrs={"td": {"class": "cell-tight num"}}, default="从未登录")

    class Meta(Table.Meta):
        model = User
        fields: list[str] = []
        sequence = ("name", "username", "roles", "is_active", "last_login")
        empty_text = "没有符合条件的账号"
        order_by = "name"

    def render_roles(self, value: list[Posting]) -> Any:
        if not value:
            return "还没有角色"
        return format_html_join("；", "{}（{}）", ((ROLES[each.role].label, each.office.short_name) for each in value))

    def value_roles(self, value: list[Posting]) -> str:
        return "；".join(f"{ROLES[each.role].label}（{each.office.short_name}）" for each in value)

    def value_is_active(self, value: bool) -> str:
        return "启用" if value else "已停用"

    def render_last_login(self, value: Any) -> str:
        return cn_datetime(value)


class PartTable(Table):
    """An entry of a named list; `manage` are ids of the offices whose entries the user may change."""

    name = tables.Column("名称", attrs={"td": {"class": "cell-title"}})
    office = tables.Column("机构", accessor="office__short_name", orderable=False, attrs=TIGHT)
    phone = tables.Column("联系电话", attrs=TIGHT, default="—", orderable=False)
    order = tables.Column("排序", attrs=NUMBER)
    is_active = tables.TemplateColumn(ACTIVE, verbose_name="状态", attrs=TIGHT)
    act = tables.TemplateColumn(
        # Included, not named: a named template would run the context processors once per row.
        '{% include "organisation/part_actions.html" %}',
        verbose_name="操作",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta(Table.Meta):
        model = NamedPart
        fields: list[str] = []
        sequence = ("order", "name", "office", "phone", "is_active", "act")
        empty_text = "还没有内容"

    def __init__(self, *args: Any, kind: Any, manage: frozenset[int], **kwargs: Any) -> None:
        self.kind, self.manage = kind, manage
        hidden = [] if kind.has_phone else ["phone"]
        super().__init__(*args, exclude=[*hidden, *(["office"] if kind.of_committee else [])], **kwargs)

    def value_is_active(self, value: bool) -> str:
        return "启用" if value else "已停用"


class CodeTable(Table):
    """`manage`: ids of the offices whose entries the user may change; `shipped`: those for everybody too."""

    kind = tables.Column("码表", attrs=TIGHT)
    label = tables.Column("名称", attrs={"td": {"class": "cell-title"}})
    code = tables.Column("代码", attrs=TIGHT)
    office = tables.Column("来源", accessor="office__short_name", default="系统预设", orderable=False, attrs=TIGHT)
    starts = tables.Column("启用日期", attrs={"td": {"class": "cell-tight num"}})
    state = tables.Column("状态", accessor="ends", empty_values=(), orderable=False, attrs=TIGHT)
    act = tables.Column("操作", accessor="pk", orderable=False, exclude_from_export=True, attrs=TIGHT)

    class Meta(Table.Meta):
        model = Code
        fields: list[str] = []
        sequence = ("kind", "label", "code", "office", "starts", "state", "act")
        empty_text = "没有符合条件的条目"

    def __init__(self, *args: Any, manage: frozenset[int], shipped: bool, **kwargs: Any) -> None:
        self.manage, self.shipped = manage, shipped
        super().__init__(*args, **kwargs)

    def render_kind(self, value: str) -> str:
        return code_list(value).label

    def render_starts(self, value: Any) -> str:
        return cn_date(value)

    def render_state(self, record: Code) -> str:
        if record.ends and record.ends < today():
            return f"已停用（用到{cn_date(record.ends)}）"
        if record.starts > today():
            return "未到启用日期"
        return f"用到{cn_date(record.ends)}" if record.ends else "使用中"

    def render_act(self, record: Code) -> Any:
        mine = self.shipped if record.office_id is None else record.office_id in self.manage
        return format_html('<a href="{}">修改</a>', reverse("code_edit", args=[record.pk])) if mine else "—"
