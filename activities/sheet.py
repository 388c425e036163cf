"""The attendance sheet on paper: blank for signatures, or as registered. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from activities import door, selectors
from activities.enums import CAME, AttendanceState, CheckInMethod
from activities.models import Activity, Attendance, CheckIn
from activities.panels.basics import from_to
from core.pdf.blocks import Block, Column, Paragraph, SheetHead, Signers, Table

TITLE = "签到表"
TEMPLATE = "documents/attendance_sheet.html"
SPARE_ROWS = 6  # of a blank sheet, for those who come without being on the list
SIGNERS = ("登记人", "审核人", "日期")
OWN_ACCOUNTS = "注：“本人扫码”“本人输码”是委员在现场用本人账号签到的记录。"
OWN = frozenset({CheckInMethod.WALL_CODE, CheckInMethod.CODE})
SIGNED = {
    CheckInMethod.WALL_CODE: "本人扫码签到",
    CheckInMethod.CODE: "本人输码签到",
    CheckInMethod.MEMBER_CODE: "本人出示签到码",
    CheckInMethod.PAPER: "见纸质签到表",
}
COLUMNS = [
    Column("序号", 8, "center"),
    Column("姓名", 16, "center"),
    Column("联络组", 20, "center"),
    Column("签名", 22, "center"),
    Column("签到时间", 16, "center"),
    Column("备注", 18, "center"),
]


def head(activity: Activity) -> SheetHead:
    return SheetHead(activity.office.name, from_to(activity), activity.place)


def blocks(activity: Activity, *, blank: bool) -> list[Block]:
    """The sheet below its head: everybody who is to come, what was registered, who signs for it."""
    rows = [row for row in selectors.roll(activity) if row.is_expected]
    how = {} if blank else door.comings(activity)
    lines = [
        [number, row.member.name, group(row), signed(how.get(row.member_id)), *registered(row, blank)]
        for number, row in enumerate(rows, 1)
    ]
    if blank:
        lines += [[len(rows) + number, "", "", "", "", ""] for number in range(1, SPARE_ROWS + 1)]
    own = any(each.method in OWN for each in how.values())
    return [
        Table(COLUMNS, lines),
        *([] if blank else [Paragraph(summary(rows), indent=False)]),
        *([Paragraph(OWN_ACCOUNTS, indent=False)] if own else []),
        Signers(SIGNERS),
    ]


def group(row: Attendance) -> str:
    return row.member.group.name if row.member.group else ""


def signed(came: CheckIn | None) -> str:
    """What stands where others sign: how the member checked in; nothing where staff ticked, so that there is room."""
    return SIGNED.get(came.method, "") if came else ""


def registered(row: Attendance, blank: bool) -> tuple[str, str]:
    """(time, remark) of one member; a blank sheet says only who is on leave."""
    state = AttendanceState(row.state)
    if blank:
        return "", state.label if state == AttendanceState.LEAVE else ""
    remark = "" if state == AttendanceState.INVITED else state.label
    return clock(row), f"{remark}（{row.reason}）" if row.reason else remark


def clock(row: Attendance) -> str:
    """09:02, 09:02—11:30, or —11:30 for somebody of whom only the leaving is known."""
    came, left = (f"{timezone.localtime(each):%H:%M}" if each else "" for each in (row.arrived_at, row.left_at))
    return f"{came}—{left}" if left else came


def summary(rows: Sequence[Attendance]) -> str:
    """应到20人，实到18人，请假1人。"""
    parts = [f"应到{len(rows)}人", f"实到{sum(row.state in CAME for row in rows)}人"]
    for state in (AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.LEAVE, AttendanceState.ABSENT):
        if count := sum(row.state == state for row in rows):
            parts.append(f"{state.label}{count}人")
    return f"{'，'.join(parts)}。"
