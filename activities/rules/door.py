"""Rules of check-in: what an installation starts with, and their names in the basic data and the audit trail."""

from __future__ import annotations

from audit import labels
from organisation import lists
from organisation.defaults import ship_rule
from organisation.lists import RuleName

#: Shipped values of the tables; an office's own table may lack the newest of them.
MINUTES = {"opens_before": 60, "grace": 10, "leave_before": 10, "closes_after": 60, "offline": 120}
CODE = {"seconds": 30, "steps": 2, "tries": 10}
MINUTES_KEY, CODE_KEY, WALK_IN_KEY = "checkin.minutes", "checkin.code", "checkin.walk_in"

MINUTE_NAMES = {
    "opens_before": "提前开放签到",
    "grace": "迟到宽限",
    "leave_before": "早退宽限",
    "closes_after": "结束后停止签到",
    "offline": "断网补传期限",
}
CODE_NAMES = {"seconds": "更换间隔（秒）", "steps": "同时有效的码（个）", "tries": "10 分钟内可输入（次）"}
#: key → (shipped value, where it comes from, name)
RULES = {
    MINUTES_KEY: (MINUTES, "签到的时限由办公室自定", RuleName("签到时限", "分钟", parts=MINUTE_NAMES)),
    CODE_KEY: (CODE, "屏幕上的签到码防止转发和猜测", RuleName("滚动签到码", parts=CODE_NAMES)),
    WALK_IN_KEY: (False, "默认只有名单上的委员可以自己签到", RuleName("不在名单上的委员可以扫码签到")),
}
ACTS = {"activity.checkin": "签到签退", "activity.walk_in": "现场加入参加人员", "activity.sheet": "打印签到表"}


def ship() -> None:
    for key, (value, note, _) in RULES.items():
        ship_rule(key, value, note)


def name_them() -> None:
    for key, (_, _, name) in RULES.items():
        lists.rules.register(key, name)
    for action, label in ACTS.items():
        labels.register(action, label)
