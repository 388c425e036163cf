"""The list of plans."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.listing import Table
from core.templatetags.ui import badge
from plans import progress
from plans.models import AnnualPlan
from plans.pages.summaries import Summary, state_tone


class PlanTable(Table):
    """`progress` is computed for the rows shown, all at once."""

    title = tables.Column("计划", linkify=True, attrs={"td": {"class": "cell-title"}})
    office = tables.Column("办公室", accessor="office__short_name", order_by=("office__code",))
    year = tables.Column("年度", attrs={"td": {"class": "cell-tight num"}})
    revision = tables.Column("版次", attrs={"td": {"class": "cell-tight"}})
    state = tables.Column("状态", attrs={"td": {"class": "cell-tight"}})
    progress = tables.Column("目标完成情况", accessor="pk", orderable=False)

    class Meta(Table.Meta):
        model = AnnualPlan
        fields = ("title", "office", "year", "revision", "state", "progress")
        order_by = ("-year", "office")
        empty_text = "还没有年度计划。"

    @cached_property
    def summaries(self) -> dict[int, Summary]:
        shown = [row.record for row in (self.page.object_list if hasattr(self, "page") else self.rows)]
        found: dict[int, list[progress.Progress]] = {plan.pk: [] for plan in shown}
        targets = []
        for plan in shown:
            for target in plan.targets.all():
                target.plan = plan
                targets.append(target)
        for each in progress.of_targets(targets):
            found[each.target.plan_id].append(each)
        return {pk: Summary.of(figures) for pk, figures in found.items()}

    def render_revision(self, value: int) -> str:
        return f"第{value}版"

    def render_state(self, value: str, record: AnnualPlan) -> SafeString:
        return badge(record.state_label, state_tone(record.state))

    def value_state(self, value: str, record: AnnualPlan) -> str:
        return record.state_label

    def render_progress(self, record: AnnualPlan) -> Any:
        summary = self.summaries[record.pk]
        if not summary.behind:
            return summary.text
        return format_html("{} {}", summary.text, badge(f"{summary.behind}项落后", "warning"))

    def value_progress(self, record: AnnualPlan) -> str:
        summary = self.summaries[record.pk]
        return f"{summary.text}，{summary.behind}项落后" if summary.behind else summary.text
