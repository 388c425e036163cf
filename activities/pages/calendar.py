"""The month page of the calendar and the page of calendar links. Reads only."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from activities import agenda, selectors
from activities.enums import CAME, ActivityState, AttendanceState, Reply
from activities.models import Activity, ActivityType, FeedLink
from activities.models.activity import held_by
from activities.pages.heads import HOME
from core.clock import chinese_date, today
from core.pages import Link, Page
from core.templatetags.ui import WEEKDAYS
from organisation.models import Office
from organisation.selectors import grants

#: More entries of one day than these are behind a link to the list of that day.
MOST_A_DAY = 12
FIRST_YEAR, LAST_YEAR = 2000, 2100


# --- what was asked ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """The month and the narrowing of the address; what nobody can have meant counts as not given."""

    first: date
    office: int | None = None
    kind: str = ""
    mine: bool = False

    @classmethod
    def read(cls, data: QueryDict) -> Asked:
        office = data.get("office", "")
        known = int(office) if office.isdecimal() and len(office) < 19 else None
        kind = data.get("type", "").replace("\x00", "")[:40]
        return cls(asked_month(data.get("month", "")), known, kind, data.get("mine") == "1")

    @property
    def narrowed(self) -> bool:
        return bool(self.office or self.kind or self.mine)

    def url(self, first: date) -> str:
        """The same view of another month."""
        query = {"month": f"{first:%Y-%m}", "office": self.office or "", "type": self.kind}
        query["mine"] = "1" if self.mine else ""
        return f"{reverse('calendar')}?{urlencode({key: value for key, value in query.items() if value})}"


def asked_month(text: str) -> date:
    year, _, month = text.partition("-")
    given = year.isdecimal() and month.isdecimal() and len(text) <= 7
    if given and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today().replace(day=1)


def step(first: date, months: int) -> date:
    """The first of the month before (-1) or after (1)."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


# --- the month ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Item:
    """One activity on one day. `clock` is empty on the later days of one that lasts several."""

    title: str
    url: str
    clock: str
    note: str
    tone: str


@dataclass
class Day:
    day: date
    inside: bool
    is_today: bool
    items: list[Item] = field(default_factory=list)
    more: int = 0

    @property
    def label(self) -> str:
        return f"{chinese_date(self.day)} 星期{WEEKDAYS[self.day.weekday()]}"

    @property
    def short(self) -> str:
        return f"{self.day.month}月{self.day.day}日 周{WEEKDAYS[self.day.weekday()]}"

    @property
    def list_url(self) -> str:
        return f"{reverse('activity_list')}?{urlencode({'from': self.day, 'to': self.day})}"


@dataclass(frozen=True)
class Month:
    days: Sequence[Day]
    offices: Sequence[Office]
    types: Sequence[ActivityType]
    asked: Asked
    page: Page
    has_any: bool
    mine_label: str

    weekdays = [f"周{each}" for each in WEEKDAYS]


def month(user: Any, asked: Asked) -> Month:
    days = [
        Day(day, day.month == asked.first.month, day == today())
        for week in Calendar(firstweekday=0).monthdatescalendar(asked.first.year, asked.first.month)
        for day in week
    ]
    rows = list(narrowed(user, asked, days[0].day, days[-1].day))
    place(rows, days, one_office=len(offices := selectors.offices_shown(user)) < 2)
    types = list(ActivityType.objects.filter(Q(is_active=True) | Q(code=asked.kind), is_record=False))
    has_any = any(day.items for day in days if day.inside)
    return Month(days, offices, types, asked, month_page(asked), has_any, mine_label(user, len(offices)))


def mine_label(user: Any, offices: int) -> str:
    """What “mine” means for this user; empty where it would be everything."""
    if grants(user).roles == {"member"}:
        return "只看邀请我的"
    return "只看本办公室的" if offices > 1 else ""


def narrowed(user: Any, asked: Asked, first: date, last: date) -> Iterable[Activity]:
    rows = agenda.between(user, first, last).filter(type__is_record=False)
    if asked.office:
        rows = rows.filter(held_by([asked.office]))
    if asked.kind:
        rows = rows.filter(type__code=asked.kind)
    if asked.mine:
        rows = rows.filter(pk__in=agenda.personal(user).values("pk"))
    return rows


def place(rows: Iterable[Activity], days: list[Day], *, one_office: bool) -> None:
    """Every activity on each of its days that are shown."""
    known = {day.day: day for day in days}
    for row in rows:
        starts = timezone.localtime(row.starts_at)
        last = timezone.localtime(row.ends_at).date() if row.ends_at else starts.date()
        here = max(starts.date(), days[0].day)
        while here <= min(last, days[-1].day):
            put(known[here], row, f"{starts:%H:%M}" if here == starts.date() else "", one_office)
            here += timedelta(days=1)


def put(day: Day, row: Activity, clock: str, one_office: bool) -> None:
    if len(day.items) >= MOST_A_DAY:
        day.more += 1
        return
    parts = [own_words(row), "" if one_office else row.office.short_name]
    note = " · ".join(part for part in parts if part)
    day.items.append(Item(row.title, row.get_absolute_url(), clock, note, tone_of(row)))


def own_words(row: Activity) -> str:
    """The user's own part first; cancelled before everything."""
    if row.state == ActivityState.CANCELLED:
        return "已取消"
    if row.own_state == AttendanceState.LEAVE:
        return "我已请假"
    if row.own_state in CAME:
        return "我已签到"
    if row.state == ActivityState.PREPARING and not row.has_begun and row.own_reply is not None:
        return {Reply.NONE: "等我答复", Reply.ACCEPTED: "我参加", Reply.WAITING: "我在候补",
                Reply.LEAVE_ASKED: "我在请假", Reply.DECLINED: "我不参加"}[Reply(row.own_reply)]  # fmt: skip
    return "可以报名" if row.takes_sign_ups else ""


def tone_of(row: Activity) -> str:
    if row.state == ActivityState.CANCELLED:
        return "cancelled"
    return "mine" if row.own_reply in {Reply.ACCEPTED, Reply.NONE, Reply.WAITING} else "other"


def month_page(asked: Asked) -> Page:
    first = asked.first
    links = [
        Link("上月", asked.url(step(first, -1)), icon="chevron-left"),
        Link("本月", asked.url(today().replace(day=1)), icon="calendar-event"),
        Link("下月", asked.url(step(first, 1)), icon="chevron-right"),
        Link("订阅到手机", reverse("calendar_links"), icon="phone"),
    ]
    return Page(f"{first.year}年{first.month}月", "活动日历", [HOME, ("日历", "")], links)


# --- links -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LinkRow:
    """A calendar that can be subscribed to, and the link in use, if any. `office` empty: the own one."""

    title: str
    note: str
    office: str
    link: FeedLink | None


def link_rows(user: Any) -> list[LinkRow]:
    """The own calendar first, then every office the user sees; two queries."""
    used = {link.office_id: link for link in FeedLink.objects.filter(owner=user, revoked_at__isnull=True)}
    mine = (
        "邀请我参加的活动（不含不参加和已请假的）。"
        if grants(user).roles == {"member"}
        else "本办公室的和邀请我的活动。"
    )
    rows = [LinkRow("我的日程", mine, "", used.get(None))]
    for office in selectors.offices_shown(user):
        note = "这个办公室的全部活动，含联办的。"
        rows.append(LinkRow(office.short_name, note, str(office.pk), used.get(office.pk)))
    return rows


def links_page() -> Page:
    crumbs = [HOME, ("日历", reverse("calendar")), ("订阅到手机", "")]
    return Page("把活动订阅到手机或电脑日历", "订阅一次，以后新增、改期、取消的活动会自动更新。", crumbs)
