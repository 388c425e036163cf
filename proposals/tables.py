"""The proposal list as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from core.listing import Table
from core.templatetags.ui import badge, cn_datetime
from proposals.models import Proposal

TIGHT = {"td": {"class": "cell-tight"}}


class ProposalTable(Table):
    """Newest submission first. Exported as it is shown."""

    case_no = tables.Column("案号", attrs=TIGHT, empty_values=())
    subject = tables.Column("案由", linkify=True, attrs={"td": {"class": "cell-title"}})
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    home_office = tables.Column("联络处", accessor="home_office__short_name", order_by="home_office__code")
    category = tables.Column("分类", empty_values=())
    kind = tables.Column("类别", attrs=TIGHT)
    submitted_at = tables.Column("提交时间", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Proposal
        fields = ("case_no", "subject", "proposers", "home_office", "category", "kind", "submitted_at", "state")
        order_by = ("-submitted_at",)
        empty_text = "没有符合条件的提案。"

    def __init__(self, *args: Any, categories: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories = categories

    def render_case_no(self, record: Proposal) -> str:
        return record.case_label

    def value_case_no(self, record: Proposal) -> str:
        return record.full_case_label

    def render_subject(self, record: Proposal) -> str:
        return str(record)

    def render_proposers(self, record: Proposal) -> str:
        return record.short_proposers_label

    def value_proposers(self, record: Proposal) -> str:
        return record.proposers_label

    def render_category(self, record: Proposal) -> str:
        return self.categories.get(record.category, record.category)

    def render_submitted_at(self, value: Any) -> str:
        return cn_datetime(value)

    def value_submitted_at(self, value: Any) -> Any:
        return value

    def render_state(self, record: Proposal) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Proposal) -> str:
        return record.state_label
