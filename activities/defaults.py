"""Types of activities every installation starts with. Codes follow the glossary (domain.md g)."""

from __future__ import annotations

from activities.models import ActivityType

TYPES: tuple[tuple[str, str], ...] = (
    ("inspection", "视察"),
    ("study_tour", "考察"),
    ("research", "专题调研"),
    ("consultation", "协商会"),
    ("appraisal", "民主监督（评议）"),
    ("study", "集中学习"),
    ("exchange", "学习交流"),
    ("training", "培训"),
    ("lecture", "报告会（讲座）"),
    ("forum", "座谈会"),
    ("briefing", "情况通报会"),
    ("activity_day", "委员活动日"),
    ("outreach", "“三进”活动"),
    ("visit_member", "走访委员"),
    ("visit_household", "走访群众"),
    ("visit_unit", "走访单位"),
    ("chair_talk", "主席约谈"),
    ("reception_day", "接待日"),
    ("fellowship", "联谊"),
    ("welfare", "公益（献爱心）"),
    ("donation", "捐赠"),
    ("good_deed", "办实事"),
    ("mediation", "化解矛盾"),
    ("materials", "编发学习资料"),
    ("meeting", "会议"),
    ("other", "其他"),
)


def install() -> None:
    """Adds missing types; a type an office renamed or switched off stays as it is."""
    known = set(ActivityType.objects.values_list("code", flat=True))
    ActivityType.objects.bulk_create(
        ActivityType(code=code, label=label, order=10 * order)
        for order, (code, label) in enumerate(TYPES, 1)
        if code not in known
    )
