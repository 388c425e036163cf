"""“活动出席” in a member's file: how often invited, how often there, and the latest occasions; “其他履职记录”: what was
written down and credited to the member (心得体会, 帮扶结对).
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from activities.enums import CAME, COUNTED, AttendanceState
from activities.models import Activity, Attendance
from activities.selectors import tally
from core.clock import Span
from core.templatetags.ui import cn_date
from members.dossier import LATEST, Content, DossierSection, Figure, Record, register
from members.models import Member


def content(member: Member, user: Any, year: int) -> Content:
    """The year's attendance, cancelled and unfinished activities left out; two queries."""
    rows = of_year(member, year, is_record=False)
    ids = [row.activity_id for row in rows]
    seen = visible(ids, user)
    everything = list_url(member, year) if seen.issuperset(ids) else ""
    return Content(
        figures=figures(rows, member, year, bool(everything)),
        records=[record(row, row.activity_id in seen) for row in rows[:LATEST]],
        all_url=everything if len(rows) > LATEST else "",
        all_label="查看全部活动",
    )


def of_year(member: Member, year: int, *, is_record: bool) -> list[Attendance]:
    """The member's lines at what took place in the year, the latest first."""
    first, end = Span.year(year).moments
    mine = Attendance.objects.expected().filter(
        member=member, activity__state__in=COUNTED, activity__starts_at__gte=first, activity__starts_at__lt=end,
        activity__type__is_record=is_record,
    )  # fmt: skip
    return list(mine.select_related("activity__type").order_by("-activity__starts_at", "-pk"))


def visible(ids: list[int], user: Any) -> set[int]:
    return set(Activity.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def credited(member: Member, user: Any, year: int) -> Content:
    """Plain records of the year credited to the member, counted by type; two queries."""
    rows = [row for row in of_year(member, year, is_record=True) if row.state in CAME]
    seen = visible([row.activity_id for row in rows], user)
    hidden = {row.activity.type.code for row in rows if row.activity_id not in seen}
    counts = Counter((row.activity.type.code, row.activity.type.label, row.activity.type.unit) for row in rows)
    return Content(
        figures=[
            Figure(label, count, unit, "" if code in hidden else list_url(member, year, "came", type=code))
            for (code, label, unit), count in counts.items()
        ],
        records=[record(row, row.activity_id in seen, CREDITED) for row in rows[:LATEST]],
    )


def figures(rows: list[Attendance], member: Member, year: int, open_to_user: bool) -> list[Figure]:
    counts = tally(rows)
    came = sum(counts[state] for state in CAME)
    shown = [("到场", came, "came"), ("应到", len(rows), "")]
    shown += [
        (state.label, counts[state], state.value)
        for state in (AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.LEAVE, AttendanceState.ABSENT)
        if counts[state]
    ]
    return [
        Figure(label, value, "次", list_url(member, year, attended) if open_to_user else "")
        for label, value, attended in shown
    ]


def list_url(member: Member, year: int, attended: str = "", **more: str) -> str:
    """The activities behind a figure; `attended` is a state of attendance, `came`, or empty for all."""
    query = {"member": member.pk, "from": f"{year}-01-01", "to": f"{year}-12-31", "counted": "1", **more}
    if attended:
        query["attended"] = attended
    return f"{reverse('activity_list')}?{urlencode(query)}"


#: Nobody attends what is only written down.
CREDITED = "已登记"


def record(row: Attendance, visible: bool, stands: str = "") -> Record:
    activity = row.activity
    cells = (activity.title, activity.type.label, cn_date(activity.starts_at), stands or row.get_state_display())
    return Record(cells, url=activity.get_absolute_url() if visible else "")


def install() -> None:
    """Called once by the app's configuration."""
    columns = ("活动", "类型", "日期", "出席情况")
    register(DossierSection("activities", "活动出席", columns, content, order=20, icon="calendar-event"))
    register(
        DossierSection("records", "其他履职记录", (*columns[:-1], "情况"), credited, order=45, icon="journal-check")
    )
