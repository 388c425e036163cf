"""What the pages about leave show. Reads only."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from activities.models import Activity, LeaveRequest
from activities.pages.heads import HOME
from activities.rules import LEAVES_PER_YEAR
from activities.services.leave import deadline, hours_before, used
from activities.workflow import LEAVE
from core.pages import Page
from core.templatetags.ui import cn_datetime
from core.workflow import history
from organisation.selectors import grants, rule

HELP = """请假

写明事由，办公室审批后会通知您。审批以前可以撤回。"""


def help_text(activity: Activity) -> str:
    lines = [HELP]
    if hours_before(activity):
        lines.append(f"最晚在 {cn_datetime(deadline(activity))} 以前提出。")
    if limit := rule(LEAVES_PER_YEAR, activity.office):
        lines.append(f"每位委员一年最多请假 {limit} 次。")
    return "\n\n".join(lines)


def list_page(user: Any) -> Page:
    lead = "我的请假申请。" if grants(user).roles == {"member"} else "委员的请假申请和审批结果。"
    return Page("请假", lead=lead, breadcrumbs=[HOME, ("活动", reverse("activity_list")), ("请假", "")])


def detail(user: Any, leave: LeaveRequest) -> dict[str, Any]:
    """The request, and only those of its transitions that are this person's to make."""
    mine = leave.member.user_id == user.pk
    actions = LEAVE.actions(user, leave, url=lambda name: reverse("leave_act", args=[leave.pk, name]))
    activity = leave.activity
    crumbs = [HOME, ("活动", reverse("activity_list")), (activity.title, activity.get_absolute_url()), ("请假", "")]
    page = Page(f"{leave.member.name}的请假申请", cn_datetime(leave.created_at), crumbs, badge=leave.state_text,
                badge_tone=leave.tone)  # fmt: skip
    return {
        "page": page,
        "leave": leave,
        "actions": [each for each in actions if (each.name == "withdraw") == mine],
        "facts": facts(leave),
        "events": history(leave),
    }


def facts(leave: LeaveRequest) -> list[tuple[str, Any]]:
    activity = leave.activity
    return [
        ("委员", leave.member.name),
        ("活动", activity.title),
        ("活动时间", cn_datetime(activity.starts_at)),
        ("事由", leave.reason),
        ("本年请假", f"{used(leave.member, activity)} 次（含待审批）"),
    ]
