"""The list of assignments as a table."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from core.listing import Table
from core.templatetags.ui import badge, cn_date
from handling import faces
from handling.enums import Light
from handling.models import Assignment
from handling.services.clocks import Scale
from proposals.tables import TIGHT


class AssignmentTable(Table):
    """One row per unit and proposal, what is due first on top. Exported as it is shown."""

    case_no = tables.Column("案号", accessor="proposal__case_no", attrs=TIGHT)
    subject = tables.Column("案由", accessor="proposal__subject", attrs={"td": {"class": "cell-title"}},
                            linkify=lambda record: record.proposal.get_absolute_url())  # fmt: skip
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    unit = tables.Column("承办单位", accessor="unit__name")
    role = tables.Column("方式", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)
    clock = tables.Column("最近的期限", orderable=False, empty_values=())
    dispatched_at = tables.Column("交办日期", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Assignment
        fields = ("case_no", "subject", "proposers", "unit", "role", "state", "clock", "dispatched_at")
        order_by = ("-dispatched_at", "-pk")
        empty_text = "没有符合条件的提案。"

    def __init__(self, *args: Any, scale: Scale, receives: Collection[int] = (), **options: Any) -> None:
        """`receives`: the offices for whose proposals the reader may remind the units."""
        super().__init__(*args, **options)
        self.scale, self.receives = scale, receives

    def face(self, record: Assignment) -> faces.Face | None:
        """The running clock that is due first."""
        first = next(iter(record.clocks.all()), None)
        return faces.face(first, self.scale) if first else None

    def render_case_no(self, record: Assignment) -> str:
        return record.proposal.case_label

    def value_case_no(self, record: Assignment) -> str:
        return record.proposal.full_case_label

    def render_subject(self, record: Assignment) -> str:
        return str(record.proposal)

    def render_proposers(self, record: Assignment) -> str:
        return record.proposal.short_proposers_label

    def value_proposers(self, record: Assignment) -> str:
        return record.proposal.proposers_label

    def render_state(self, record: Assignment) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Assignment) -> str:
        return record.state_label

    def render_clock(self, record: Assignment) -> str:
        shown = self.face(record)
        if shown is None:
            return "—"
        return format_html(
            '<span><span class="due-line">{} {}</span> <span class="due-line">{} {}</span>{}</span>',
            badge(shown.light.label, shown.tone), shown.words, shown.stage, cn_date(shown.day),
            self.reminding(record, shown),
        )  # fmt: skip

    def reminding(self, record: Assignment, shown: faces.Face) -> str:
        if record.proposal.office_id not in self.receives or shown.light not in (Light.YELLOW, Light.RED):
            return ""
        return format_html(' <a href="{}">催办</a>', reverse("clock_remind", args=[shown.clock.pk]))

    def value_clock(self, record: Assignment) -> str:
        shown = self.face(record)
        return f"{shown.stage}{cn_date(shown.day)} {shown.light.label} {shown.words}" if shown else ""

    def render_dispatched_at(self, value: Any) -> str:
        return cn_date(value)

    def value_dispatched_at(self, value: Any) -> Any:
        return value
