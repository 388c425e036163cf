"""The list of activities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities import evidence
from activities.enums import ATTENDANCE_TONES, COUNTED, REPLY_TONES, ActivityState, AttendanceState, Reply
from activities.models import Activity
from core.listing import Table
from core.templatetags.ui import badge, cn_datetime

TIGHT = {"td": {"class": "cell-tight"}}
FIGURE = {"th": {"class": "cell-num"}, "td": {"class": "cell-num"}}


class ActivityTable(Table):
    """Cells are made by methods, not templates: fifty rows are then three times as quick."""

    title = tables.Column(verbose_name="名称", attrs={"td": {"class": "cell-title"}})
    type = tables.Column(verbose_name="类型", order_by=("type__order", "-starts_at"), attrs=TIGHT)
    starts_at = tables.Column(verbose_name="时间", attrs=TIGHT)
    place = tables.Column(verbose_name="地点")
    office = tables.Column(accessor="office__short_name", verbose_name="办公室", order_by=("office__code",))
    came = tables.Column(verbose_name="到场/应到", orderable=False, attrs=FIGURE)
    evidence = tables.Column(empty_values=(), verbose_name="材料", orderable=False, attrs=FIGURE)
    own = tables.Column(verbose_name="我的出席", accessor="own_state", orderable=False, empty_values=())
    state = tables.Column(verbose_name="状态")

    class Meta(Table.Meta):
        model = Activity
        fields = ("title", "type", "starts_at", "place", "office", "came", "evidence", "own", "state")
        order_by = "-starts_at"
        empty_text = "没有符合条件的活动。"

    def __init__(
        self, *args: Any, one_office: bool = False, for_member: bool = False,
        needed: Mapping[int, tuple[str, ...]] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        """A member sees the own attendance where staff sees how many came and how much of the evidence is there;
        `needed` says which pieces each type asks for (activities.evidence)."""
        self.for_member, self.needed = for_member, needed or {}
        hidden = ["came" if for_member else "own", *(["office"] if one_office and not for_member else [])]
        hidden += ["evidence"] if for_member or needed is None else []
        super().__init__(*args, exclude=hidden, **kwargs)

    def render_title(self, record: Activity) -> SafeString:
        link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.title)
        if record.is_planned or self.for_member:
            return link
        return format_html("{} {}", link, badge("计划外"))

    def value_title(self, record: Activity) -> str:
        return record.title if record.is_planned or self.for_member else f"{record.title}（计划外）"

    def render_starts_at(self, value: datetime) -> str:
        return cn_datetime(value)

    def render_came(self, record: Activity) -> str:
        return f"{record.came} / {record.due}" if record.due else "—"

    @cached_property
    def given(self) -> dict[int, int]:
        """Activity → pieces of evidence it has, for the rows of the page (of an export: all) in one query. Asked of
        fifty known rows the database looks them up; asked of the whole list it would read every attendance."""
        shown = hasattr(self, "page")
        keys = [row.record.pk for row in self.page.object_list] if shown else self.data.data.order_by().values("pk")
        rows = Activity.objects.filter(pk__in=keys).order_by()
        counted = evidence.with_evidence(rows, self.needed)
        return dict(counted.values_list("pk", "evidence_given"))

    def evidence_of(self, record: Activity) -> tuple[int, int]:
        """(given, asked for); nothing is asked for before it has taken place."""
        wanted = len(self.needed.get(record.type_id, ())) if record.state in COUNTED else 0
        return (self.given.get(record.pk, 0), wanted) if wanted else (0, 0)

    def render_evidence(self, record: Activity) -> SafeString | str:
        """3/5; what is complete is said in words."""
        given, wanted = self.evidence_of(record)
        if not wanted:
            return "—"
        return "齐全" if given >= wanted else format_html('<span class="lacking">{}/{}</span>', given, wanted)

    def value_evidence(self, record: Activity) -> str:
        given, wanted = self.evidence_of(record)
        return f"{given}/{wanted}" if wanted else ""

    def render_own(self, record: Activity, value: str | None) -> SafeString | str:
        """Until the sheet says something, what the member answered."""
        if value is None:
            return badge("可以报名", "info") if record.takes_sign_ups else "—"
        state = AttendanceState(value)
        tone = REPLY_TONES[Reply(record.own_reply)] if state == AttendanceState.INVITED else ATTENDANCE_TONES[state]
        return badge(self.value_own(record, value), tone)

    def value_own(self, record: Activity, value: str | None) -> str:
        if value is None:
            return "可以报名" if record.takes_sign_ups else ""
        if value != AttendanceState.INVITED:
            return AttendanceState(value).label
        waits = record.state == ActivityState.PREPARING and not record.has_begun
        if record.own_reply == Reply.NONE:
            return "等我答复" if waits else "已邀请"
        return Reply(record.own_reply).label

    def render_state(self, record: Activity) -> SafeString:
        return badge(record.state_text, record.tone)

    def value_state(self, record: Activity) -> str:
        return record.state_text

    def order_starts_at(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        sign = "-" if is_descending else ""
        return rows.order_by(f"{sign}starts_at", f"{sign}pk"), True
