"""What the pages of activities show: heads, checklists, groups of names. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities import permissions, selectors
from activities.enums import ATTENDANCE_TONES, CAME, SHEET_ORDER, ActivityState, AttendanceState
from activities.figures import Figures
from activities.forms import item_time
from activities.models import Activity, Attendance, Photo
from activities.workflow import FLOW
from core import components
from core.clock import today
from core.pages import Link, Page
from core.templatetags.ui import cn_datetime
from core.workflow import WorkflowEvent, history
from members.models import Member
from organisation.models import LiaisonGroup, Office
from organisation.selectors import descend, grants
from plans.models import ScheduledItem

HOME = ("首页", "/")
SETTLED_HELP = """“四落实”

时间、地点、内容、责任人都填写后，活动才能登记为“已开展”。暂时没有定下来的可以先空着。

参加人员、出席、活动记录和照片，在保存之后的活动页面上登记。"""
MINUTES_HELP = """活动记录

写清时间、到场人员、过程和主要发言。填写后才能“完成总结”。

时长、户数、份数和金额会计入年度目标，没有的留空。"""


# --- heads -------------------------------------------------------------------------------------------------------
def list_page(user: Any) -> Page:
    board_link = Link("月历", reverse("activity_board"), icon="calendar3")
    if not permissions.can_create(user):
        lead = "本办公室的活动和邀请您参加的活动。"
        return Page("活动", lead=lead, breadcrumbs=[HOME, ("活动", "")], actions=[board_link])
    links = [
        board_link,
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


# --- the list ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sum:
    label: str
    value: Any
    unit: str


def sums(total: Figures, members: int) -> list[Sum]:
    """The figures of everything listed, so that a target's number is found on the page it leads to."""
    quantities = [
        Sum("时长", total.hours.normalize() if total.hours else 0, "小时"),
        Sum("走访", total.households, "户"),
        Sum("资料", total.copies, "份"),
        Sum("金额", f"{total.amount:,.2f}", "元"),
    ]
    shown = [each for each in quantities if each.value not in (0, "0.00")]
    return [Sum("活动", total.count, "次"), Sum("到场", total.came, "人次"), Sum("不同委员", members, "人"), *shown]


# --- from the plan -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class WaitingItem:
    planned: selectors.PlannedItem
    when: str
    late: bool


def waiting_months(items: Iterable[selectors.PlannedItem]) -> list[tuple[int, list[WaitingItem]]]:
    """(month, what waits in it), months in order; late when the month is over."""
    months: dict[int, list[WaitingItem]] = {}
    day = today()
    for each in items:
        late = (each.item.plan.year, each.item.month) < (day.year, day.month)
        months.setdefault(each.item.month, []).append(WaitingItem(each, item_time(each.item), late))
    return sorted(months.items())


# --- one activity ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Check:
    """One line of the checklist. `url` leads to where it is filled in, empty for those who may not."""

    label: str
    done: bool
    text: str
    url: str = ""


def checklist(activity: Activity, rows: list[Attendance], photos: int, *, editable: bool) -> list[Check]:
    """四落实 and the evidence: participants, attendance, minutes, photos (domain.md H04, H36)."""

    def link(name: str) -> str:
        return reverse(name, args=[activity.pk]) if editable else ""

    edit = link("activity_edit")
    content = "已填写" if activity.content else "还没有填写"
    minutes = f"{len(activity.minutes)} 字" if activity.minutes else "还没有填写"
    return [
        Check("时间", True, cn_datetime(activity.starts_at), edit),
        Check("地点", bool(activity.place), activity.place or "还没有填写", edit),
        Check("内容", bool(activity.content), content, edit),
        Check("责任人", bool(activity.responsible), activity.responsible or "还没有填写", edit),
        Check("参加人员", bool(rows), f"{len(rows)} 人" if rows else "还没有选择", link("activity_participants")),
        attendance_check(rows, link("activity_attendance")),
        Check("活动记录", bool(activity.minutes), minutes, link("activity_minutes")),
        Check("照片", bool(photos), f"{photos} 张" if photos else "还没有照片", link("activity_photos")),
    ]


def attendance_check(rows: list[Attendance], url: str) -> Check:
    open_rows = sum(row.state == AttendanceState.INVITED for row in rows)
    if not rows:
        return Check("出席登记", False, "还没有参加人员", url)
    return Check("出席登记", not open_rows, f"还有 {open_rows} 人未登记" if open_rows else "已全部登记", url)


@dataclass(frozen=True)
class StateGroup:
    """Members with one state of attendance, each with the reason in brackets."""

    label: str
    tone: str
    count: int
    names: str


def by_state(rows: list[Attendance]) -> list[StateGroup]:
    groups = []
    for state in SHEET_ORDER:
        these = [row for row in rows if row.state == state]
        names = "、".join(f"{row.member.name}（{row.reason}）" if row.reason else row.member.name for row in these)
        if these:
            groups.append(StateGroup(state.label, ATTENDANCE_TONES[state], len(these), names))
    return groups


def tally_pairs(rows: list[Attendance]) -> list[tuple[str, int, str]]:
    """(label, how many, tone) of each state that occurs, in the sheet's order."""
    counts = selectors.tally(rows)
    return [(state.label, counts[state], ATTENDANCE_TONES[state]) for state in SHEET_ORDER if counts[state]]


def detail(user: Any, activity: Activity) -> dict[str, Any]:
    """Everything on an activity's page, as far as this user may see it."""
    staff = permissions.sees_people(user, activity).allowed
    rows = selectors.roll(activity) if staff else []
    photos = list(activity.photos.select_related("thumbnail"))
    editable = permissions.can_edit(user, activity).allowed
    works = grants(user).holds(Can.EDIT_ACTIVITIES)
    events = history(activity)
    return {
        "page": detail_page(user, activity, works),
        "activity": activity,
        "item": activity.scheduled_item(),
        "facts": facts(activity),
        "quantities": quantities(activity),
        "actions": FLOW.actions(user, activity, url=action_url(activity)) if works else [],
        "checks": checklist(activity, rows, len(photos), editable=editable) if staff else [],
        "own": selectors.own_attendance(activity, user) if "member" in grants(user).roles else None,
        "groups": by_state(rows),
        "sees_people": staff,
        "turnout": (sum(row.state in CAME for row in rows), len(rows)),
        "photos": [shown_photo(each) for each in photos],
        "events": events if staff else [],
        "why_cancelled": why_cancelled(activity, events),
    }


def action_url(activity: Activity) -> Any:
    return lambda name: reverse("activity_act", args=[activity.pk, name])


def detail_page(user: Any, activity: Activity, works: bool) -> Page:
    lead = f"{activity.type.label} · {activity.office.short_name}"
    links = tool_links(user, activity) if works else []
    here = [HOME, ("活动", reverse("activity_list")), (activity.title, "")]
    return Page(activity.title, lead, here, links, badge=activity.state_text, badge_tone=activity.tone)


def tool_links(user: Any, activity: Activity) -> list[Link]:
    """Where an activity is written to. One refusal for all of them is said once, at the first."""
    answer = permissions.can_edit(user, activity)
    if not answer:
        return [Link("修改", "", icon="pencil", denied_reason=answer.reason)]
    names = [("修改", "activity_edit", "pencil"), ("参加人员", "activity_participants", "people"),
             ("登记出席", "activity_attendance", "check2-square"), ("活动记录", "activity_minutes", "journal-text"),
             ("照片", "activity_photos", "images")]  # fmt: skip
    return [Link(label, reverse(name, args=[activity.pk]), icon=icon) for label, name, icon in names]


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


def quantities(activity: Activity) -> list[tuple[str, Any]]:
    """Only those that were given."""
    known = [("时长", activity.hours, "小时"), ("走访", activity.households, "户"), ("资料", activity.copies, "份"),
             ("金额", activity.amount, "元")]  # fmt: skip
    return [(label, f"{value:,} {unit}".replace(".0 ", " ")) for label, value, unit in known if value is not None]


def shown_photo(photo: Photo) -> components.Photo:
    return components.Photo(
        thumb_url=reverse("photo_thumbnail", args=[photo.pk]),
        url=reverse("photo", args=[photo.pk]),
        alt=photo.caption or "活动照片",
        caption=photo.caption,
    )


def why_cancelled(activity: Activity, events: list[WorkflowEvent]) -> str:
    if activity.state != ActivityState.CANCELLED:
        return ""
    return next((event.reason for event in reversed(events) if event.name == "cancel"), "")


# --- choosing participants ---------------------------------------------------------------------------------------
class CandidateFilter:
    """Who can be invited, narrowed by office, group and a piece of the name; at most SHOWN rows on one page."""

    SHOWN = 300

    def __init__(self, data: QueryDict, activity: Activity) -> None:
        self.q = data.get("q", "").replace("\x00", "").strip()
        self.group, self.office = (number(data.get(name, "")) for name in ("group", "office"))
        everybody = selectors.candidates(activity)
        self.offices = list(Office.objects.filter(pk__in=descend(activity.office_id)).order_by("code"))
        self.groups = group_choices(everybody.filter(office_id=self.office) if self.office else everybody)
        self.rows = self.narrowed(everybody)
        self.count = self.rows.count()

    def narrowed(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        if self.office:
            rows = rows.filter(office_id=self.office)
        if self.group:
            rows = rows.filter(group_id=self.group)
        if self.q:
            found = Q(name__icontains=self.q) | Q(name_pinyin__icontains=self.q) | Q(name_initials__istartswith=self.q)
            rows = rows.filter(found)
        return rows.order_by("name_pinyin", "pk")

    @property
    def shown(self) -> list[Member]:
        return list(self.rows[: self.SHOWN])


def number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def group_choices(rows: QuerySet[Member]) -> list[LiaisonGroup]:
    """Groups of those who can still be invited, with `waiting`: how many of each."""
    inside = Q(members__in=rows.order_by().values("pk"))
    groups = LiaisonGroup.objects.annotate(waiting=Count("members", filter=inside, distinct=True))
    return list(groups.filter(waiting__gt=0).order_by("office_id", "order", "id"))


# --- the year on one page ----------------------------------------------------------------------------------------
def board_page(year: int, office: Office | None) -> Page:
    """Steps to the years beside it keep the office."""
    here = f"{reverse('activity_board')}?office={office.pk if office else ''}"
    links = [Link(f"{each}年", f"{here}&year={each}") for each in (year - 1, year + 1)]
    lead = office.short_name if office else "全部办公室"
    return Page(f"{year}年活动月历", lead=lead, breadcrumbs=crumbs(None, "活动月历"), actions=links)


def board(activities: Iterable[Activity], year: int) -> list[components.BoardMonth]:
    """Twelve months with their activities, the earliest first."""
    months: dict[int, list[components.BoardItem]] = {month: [] for month in range(1, 13)}
    for activity in activities:
        day = timezone.localtime(activity.starts_at)
        item = components.BoardItem(
            activity.title, activity.get_absolute_url(), f"{day.day}日", activity.state_text, activity.tone
        )
        months[day.month].append(item)
    now = today()
    return [
        components.BoardMonth(f"{month}月", items, current=(year, month) == (now.year, now.month))
        for month, items in months.items()
    ]
