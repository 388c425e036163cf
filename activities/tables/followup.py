"""The lists of records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.enums import TypePart
from activities.evidence import EVIDENCE, USUAL, known
from activities.models import ActivityType, Finding, Material, ReportDuty, SupervisedProject
from activities.pages import projects
from activities.pages.records import size
from activities.tables import FIGURE, TIGHT
from activities.type_needs import MATERIAL_KIND
from core.listing import Table
from core.templatetags.ui import badge, cn_date
from organisation.selectors import code_labels

TITLE = {"td": {"class": "cell-title"}}


class RecordTable(Table):
    """Columns several of them share."""

    def render_activity(self, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.activity.get_absolute_url(), record.activity.title)

    def value_activity(self, record: Any) -> str:
        return record.activity.title


class FindingTable(RecordTable):
    text = tables.Column("内容", linkify=True, attrs=TITLE, orderable=False)
    kind = tables.Column("类别", attrs=TIGHT)
    target = tables.Column("涉及（责任）单位", orderable=False)
    activity = tables.Column("活动", order_by=("-activity__starts_at",))
    noted_on = tables.Column("提出日期", attrs=TIGHT)
    due_on = tables.Column("办结期限", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Finding
        fields = ("text", "kind", "target", "activity", "noted_on", "due_on", "state")
        order_by = ("-noted_on",)
        empty_text = "没有符合条件的问题与建议。"

    def __init__(self, *args: Any, kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds

    def render_text(self, record: Finding) -> str:
        return str(record)

    def value_text(self, record: Finding) -> str:
        return record.text

    def render_kind(self, value: str) -> str:
        return self.kinds.get(value, value)

    def render_noted_on(self, value: date) -> str:
        return cn_date(value)

    def render_due_on(self, value: date) -> str:
        return cn_date(value)

    def render_state(self, record: Finding) -> SafeString:
        return badge(record.state_text, record.tone)

    def value_state(self, record: Finding) -> str:
        return record.state_text


class MaterialTable(RecordTable):
    title = tables.Column("标题", attrs=TITLE)
    kind = tables.Column("类别", attrs=TIGHT)
    activity = tables.Column("活动", order_by=("-activity__starts_at",))
    starts_at = tables.Column("活动日期", accessor="activity__starts_at", attrs=TIGHT)
    office = tables.Column("办公室", accessor="activity__office__short_name", order_by=("activity__office__code",))
    size = tables.Column("大小", accessor="file__size", orderable=False, attrs=FIGURE)

    class Meta(Table.Meta):
        model = Material
        fields = ("title", "kind", "activity", "starts_at", "office", "size")
        order_by = ("-starts_at",)
        empty_text = "没有符合条件的材料。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = code_labels(MATERIAL_KIND)

    def render_title(self, record: Material) -> SafeString:
        return format_html('<a href="{}" download>{}</a>', reverse("material", args=[record.pk]), record.title)

    def value_title(self, record: Material) -> str:
        return record.title

    def render_kind(self, value: str) -> str:
        return self.kinds.get(value, value)

    def render_starts_at(self, value: datetime) -> str:
        return cn_date(value)

    def render_size(self, value: int) -> str:
        return size(value)


class DutyTable(RecordTable):
    activity = tables.Column("活动", attrs=TITLE, order_by=("-activity__starts_at",))
    addressee = tables.Column("报送对象")
    due_on = tables.Column("报送期限", attrs=TIGHT)
    sent_on = tables.Column("报送日期", attrs=TIGHT)
    material = tables.Column("报送的材料", orderable=False)
    standing = tables.Column("情况", empty_values=(), orderable=False, attrs=TIGHT)

    class Meta(Table.Meta):
        model = ReportDuty
        fields = ("activity", "addressee", "due_on", "sent_on", "material", "standing")
        order_by = ("due_on",)
        empty_text = "没有符合条件的上报材料。"

    def render_activity(self, record: ReportDuty) -> SafeString:
        url = reverse("activity_detail", args=[record.activity_id])
        return format_html('<a href="{}">{}</a>', url, record.activity.title)

    def render_due_on(self, value: date) -> str:
        return cn_date(value)

    def render_sent_on(self, value: date) -> str:
        return cn_date(value)

    def render_material(self, record: ReportDuty) -> SafeString:
        url = reverse("material", args=[record.material_id])
        return format_html('<a href="{}" download>{}</a>', url, record.material.title)

    def value_material(self, record: ReportDuty) -> str:
        return record.material.title if record.material else ""

    def render_standing(self, record: ReportDuty) -> SafeString:
        return badge(*duty_standing(record))

    def value_standing(self, record: ReportDuty) -> str:
        return duty_standing(record)[0]


def duty_standing(duty: ReportDuty) -> tuple[str, str]:
    """In words with the days, and the colour."""
    if duty.sent_on:
        return (f"迟报 {duty.late_days} 天", "warning") if duty.late_days else ("按时报送", "success")
    return (f"逾期 {duty.late_days} 天", "danger") if duty.is_overdue else ("待报送", "info")


class ProjectTable(Table):
    name = tables.Column("项目名称", linkify=True, attrs=TITLE)
    year = tables.Column("年度", attrs=TIGHT)
    responsible = tables.Column("责任单位", orderable=False)
    office = tables.Column("办公室", accessor="office__short_name", order_by=("office__code",))
    percent = tables.Column("进度", attrs=FIGURE)
    due_on = tables.Column("完成时限", attrs=TIGHT)
    condition = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = SupervisedProject
        fields = ("name", "year", "responsible", "office", "percent", "due_on", "condition")
        empty_text = "还没有督查项目。"

    def render_percent(self, value: int) -> str:
        return f"{value}%"

    def render_due_on(self, value: date) -> str:
        return cn_date(value)

    def render_condition(self, record: SupervisedProject) -> SafeString:
        return badge(*projects.standing(record))

    def value_condition(self, record: SupervisedProject) -> str:
        return projects.standing(record)[0]


class TypeTable(Table):
    """Types of activities with what each needs."""

    label = tables.Column("名称", attrs=TITLE, orderable=False)
    evidence = tables.Column("应有材料", empty_values=(), orderable=False)
    parts = tables.Column("另需登记", empty_values=(), orderable=False)
    report = tables.Column("活动后报送", empty_values=(), orderable=False)
    is_active = tables.Column("状态", orderable=False, attrs=TIGHT)

    class Meta(Table.Meta):
        model = ActivityType
        fields = ("label", "evidence", "parts", "report", "is_active")
        empty_text = "还没有活动类型。"

    def __init__(self, *args: Any, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editable = editable

    def needs(self, record: ActivityType) -> Any:
        return getattr(record, "needs", None)

    def render_label(self, record: ActivityType) -> SafeString | str:
        if not self.editable:
            return record.label
        return format_html('<a href="{}">{}</a>', reverse("activity_type_edit", args=[record.pk]), record.label)

    def value_label(self, record: ActivityType) -> str:
        return record.label

    def render_evidence(self, record: ActivityType) -> str:
        if record.is_record:
            return "只作登记"
        needs = self.needs(record)
        codes = known(USUAL if needs is None else needs.evidence)
        return "、".join(EVIDENCE[code].label for code in codes) or "—"

    def render_parts(self, record: ActivityType) -> str:
        needs = self.needs(record)
        return "、".join(TypePart(code).label for code in needs.parts) if needs and needs.parts else "—"

    def render_report(self, record: ActivityType) -> str:
        needs = self.needs(record)
        return f"{needs.report_to}，{needs.report_days} 天内" if needs and needs.report_days is not None else "—"

    def render_is_active(self, value: bool) -> SafeString:
        return badge("启用", "success") if value else badge("停用")

    def value_is_active(self, value: bool) -> str:
        return "启用" if value else "停用"
