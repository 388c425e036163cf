"""When, where, what and who is responsible (四落实), and how it ties to the plan."""

from __future__ import annotations

from typing import Any

from activities.models import Activity
from activities.panels import Check, Panel, Part, Sight, register
from core.pages import Link
from core.templatetags.ui import cn_datetime
from plans.models import AnnualPlan


def links(sight: Sight) -> list[Link]:
    return [Link("修改", sight.edit_url("activity_edit"), icon="pencil")]


def checks(sight: Sight) -> list[Check]:
    """四落实 (domain.md H04)."""
    activity, url = sight.activity, sight.edit_url("activity_edit")
    return [
        Check("时间", True, cn_datetime(activity.starts_at), url),
        *(
            []
            if activity.type.is_record
            else [Check("地点", bool(activity.place), activity.place or "还没有填写", url)]
        ),
        Check("内容", bool(activity.content), "已填写" if activity.content else "还没有填写", url),
        Check("责任人", bool(activity.responsible), activity.responsible or "还没有填写", url),
    ]


def panels(sight: Sight) -> list[Panel]:
    item = sight.activity.scheduled_item()
    arranged = Panel("activities/_arranged.html", {"facts": facts(sight.activity), "content": sight.activity.content})
    if not (sight.staff or item):
        return [arranged]
    opens = item is not None and AnnualPlan.objects.visible_to(sight.user).filter(pk=item.plan_id).exists()
    when = item.time.text if item else ""
    plan = {"item": item, "when": when, "opens": opens, "activity": sight.activity}
    return [arranged, Panel("activities/_plan.html", plan, side=True)]


def facts(activity: Activity) -> list[tuple[str, Any]]:
    groups = "、".join(group.name for group in activity.groups.all())
    pairs = [
        ("时间", from_to(activity)),
        ("地点", activity.place),
        ("责任人", activity.responsible),
    ]
    return pairs + [pair for pair in (("其他参加人员", activity.guests), ("参加联络组", groups)) if pair[1]]


def from_to(activity: Activity) -> str:
    """2026年3月9日 09:00 至 12:00; the second day is named when it is another one."""
    starts = cn_datetime(activity.starts_at)
    if not activity.ends_at:
        return starts
    ends = cn_datetime(activity.ends_at)
    day, clock = ends.split(" ")
    return f"{starts} 至 {clock if starts.startswith(f'{day} ') else ends}"


def install() -> None:
    register(Part("basics", 10, links=links, checks=checks, panels=panels))
