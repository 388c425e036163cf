"""Rules of invitations and calendars: what an installation starts with, and their names in the basic data."""

from __future__ import annotations

from organisation import lists
from organisation.defaults import ship_rule
from organisation.lists import RuleName

REMIND_HOURS, LEAVE_HOURS, LEAVES_PER_YEAR = "activity.remind_hours", "leave.hours_before", "leave.per_year"
CALENDAR_MINUTES, CALENDAR_PAST_DAYS = "calendar.default_minutes", "calendar.past_days"

#: key → (shipped value, where it comes from, name)
RULES = {
    REMIND_HOURS: (24, "避免反复打扰，间隔由办公室自定", RuleName("同一委员两次提醒的最短间隔", "小时")),
    LEAVE_HOURS: (0, "请假期限由办公室自定", RuleName("请假最晚在活动开始前", "小时", "0 表示活动开始前都可以申请")),
    LEAVES_PER_YEAR: (0, "请假次数由办公室自定", RuleName("每位委员一年最多请假", "次", "0 表示不限次数")),
    CALENDAR_MINUTES: (
        120, "没有填写结束时间的活动，日历也需要一个时段", RuleName("没有结束时间的活动在日历中占", "分钟")
    ),
    CALENDAR_PAST_DAYS: (365, "订阅的日历保留多久以前的活动", RuleName("日历订阅保留以往活动", "天")),
}  # fmt: skip


def ship() -> None:
    for key, (value, note, _) in RULES.items():
        ship_rule(key, value, note)


def name_them() -> None:
    for key, (_, _, name) in RULES.items():
        lists.rules.register(key, name)
