"""Heads of the pages: titles, breadcrumbs, buttons, helping texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from activities import permissions
from activities.forms import item_time
from activities.models import Activity
from core.pages import Link, Page
from core.templatetags.ui import cn_datetime
from organisation.models import Office
from plans.models import ScheduledItem

HOME = ("首页", "/")

SETTLED_HELP = """“四落实”

时间、地点、内容、责任人都填写后，活动才能登记为“已开展”。暂时没有定下来的可以先空着。

参加人员、出席、活动记录和照片，在保存之后的活动页面上登记。"""

MINUTES_HELP = """活动记录

写清时间、到场人员、过程和主要发言。填写后才能“完成总结”。

时长、户数、份数和金额会计入年度目标，没有的留空。"""


def list_page(user: Any) -> Page:
    looks = [
        Link("全年月历", reverse("activity_board"), icon="calendar3"),
        Link("请假", reverse("leave_list"), icon="calendar-x"),
    ]
    if not permissions.can_create(user):
        lead = "本办公室的活动和邀请您参加的活动。"
        return Page("活动", lead=lead, breadcrumbs=[HOME, ("活动", "")], actions=looks)
    links = [
        *looks,
        Link("从计划生成", reverse("activity_from_plan"), tone="primary", icon="calendar-plus"),
        Link("登记计划外活动", reverse("activity_create"), icon="plus-lg"),
    ]
    return Page("活动", breadcrumbs=[HOME, ("活动", "")], actions=links)


def crumbs(activity: Activity | None, last: str) -> list[tuple[str, str]]:
    here = [HOME, ("活动", reverse("activity_list"))]
    if activity is not None:
        here.append((activity.title, activity.get_absolute_url()))
    return [*here, (last, "")]


def part_page(activity: Activity, title: str, links: Iterable[Link] = ()) -> Page:
    lead = f"{activity.title} · {cn_datetime(activity.starts_at)}"
    return Page(title, lead=lead, breadcrumbs=crumbs(activity, title), actions=list(links))


def create_page(item: ScheduledItem | None) -> Page:
    if item is None:
        return Page("登记计划外活动", breadcrumbs=crumbs(None, "登记计划外活动"))
    lead = f"按{item.plan.year}年计划安排在{item_time(item)}，已带入类型、名称和内容，请补充时间、地点和责任人。"
    return Page("从计划生成活动", lead=lead, breadcrumbs=crumbs(None, "从计划生成活动"))


def from_plan_page(year: int) -> Page:
    here = reverse("activity_from_plan")
    links = [Link(f"{each}年", f"{here}?year={each}") for each in (year - 1, year + 1)]
    lead = "计划中还没有开展的项目。点“生成活动”，类型、名称、内容和参加人员会自动带入。"
    return Page(f"{year}年计划待开展的活动", lead=lead, breadcrumbs=crumbs(None, "从计划生成"), actions=links)


def participants_links(activity: Activity) -> list[Link]:
    return [Link("登记出席", reverse("activity_attendance", args=[activity.pk]), icon="check2-square")]


def attendance_links(activity: Activity) -> list[Link]:
    return [Link("增减参加人员", reverse("activity_participants", args=[activity.pk]), icon="people")]


def board_page(year: int, office: Office | None) -> Page:
    """Steps to the years beside it keep the office."""
    here = f"{reverse('activity_board')}?office={office.pk if office else ''}"
    links = [Link(f"{each}年", f"{here}&year={each}") for each in (year - 1, year + 1)]
    lead = office.short_name if office else "全部办公室"
    return Page(f"{year}年活动月历", lead=lead, breadcrumbs=crumbs(None, "活动月历"), actions=links)
