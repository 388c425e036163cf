"""签到表 to sign, and 考勤表: the five states of everybody who was to come, with totals."""

from __future__ import annotations

from typing import Any

from activities import permissions, sheet
from activities.enums import CAME, COUNTED, SHEET_ORDER, ActivityState, AttendanceState
from activities.models import Activity, Attendance
from activities.panels.basics import from_to
from activities.selectors import tally
from core import breakdown
from core.pdf.blocks import Column, Paragraph, Present, Signers, Table
from reports.documents import Composition
from reports.papers import Making, PaperKind, register
from reports.papers.activities import expected, load, newest_of, sees_after

FIVE = [state for state in SHEET_ORDER if state != AttendanceState.INVITED]
MARK = "√"


# --- 签到表 ----------------------------------------------------------------------------------------------------------
def sees_sheet(user: Any, activity: Activity) -> bool:
    """Who works on the list, as long as the activity is to come or under way."""
    held = activity.state != ActivityState.CANCELLED and not activity.type.is_record
    return held and bool(permissions.can_print_sheet(user, activity))


def compose_sheet(activity: Activity, making: Making) -> Composition:
    """Room to sign before it has taken place, what was registered afterwards."""
    blank = activity.state == ActivityState.PREPARING
    found = Composition(f"{activity.title}{sheet.TITLE}", "", head=sheet.head(activity))
    found.add(*sheet.blocks(activity, blank=blank))
    return found


def newest_sheet() -> tuple[int, int] | None:
    return newest_of(attendances__isnull=False)


register(PaperKind("attendance_sheet", "签到表", load, sees_sheet, compose_sheet, newest_sheet))


# --- 考勤表 ----------------------------------------------------------------------------------------------------------
def compose_table(activity: Activity, making: Making) -> Composition:
    rows = expected(activity)
    found = Composition(f"{activity.title}考勤表", activity.office.name)
    found.add(Present("时间", from_to(activity)))
    if activity.place:
        found.add(Present("地点", activity.place))
    found.add(Table(columns(), [*lines(rows), totals(rows)]), told(found, activity, rows), Signers(sheet.SIGNERS))
    return found


def columns() -> list[Column]:
    states = [Column(state.label, 7, "center") for state in FIVE]
    return [Column("序号", 8, "center"), Column("姓名", 15, "center"), Column("联络组", 25, "center"), *states,
            Column("事由", 17)]  # fmt: skip


def lines(rows: list[Attendance]) -> list[tuple[Any, ...]]:
    return [
        (number, row.member.name, sheet.group(row), *(MARK if row.state == state else "" for state in FIVE), row.reason)
        for number, row in enumerate(rows, 1)
    ]


def totals(rows: list[Attendance]) -> tuple[Any, ...]:
    counts = tally(rows)
    return ("合计", f"{len(rows)}人", "", *(counts[state] or "" for state in FIVE), "")


def told(found: Composition, activity: Activity, rows: list[Attendance]) -> Paragraph:
    counts, url = tally(rows), activity.get_absolute_url()
    came = sum(counts[state] for state in CAME)
    runs: list[Any] = ["应到", found.figure("due", len(rows), "人", "应到", url), "，实到",
                       found.figure("came", came, "人", "实到", url)]  # fmt: skip
    if rows:
        runs += ["，出席率", found.figure("rate", f"{breakdown.rate(came, len(rows)):g}", "%", "出席率", url)]
    unknown = counts[AttendanceState.INVITED]
    return Paragraph([*runs, f"，尚有{unknown}人未登记。" if unknown else "。"])


def newest_table() -> tuple[int, int] | None:
    return newest_of(state__in=COUNTED, attendances__isnull=False)


register(PaperKind("activity_attendance", "考勤表", load, sees_after, compose_table, newest_table))
