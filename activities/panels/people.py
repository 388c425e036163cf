"""Who is invited and who came."""

from __future__ import annotations

from dataclasses import dataclass

from activities import selectors
from activities.enums import ATTENDANCE_TONES, CAME, SHEET_ORDER, AttendanceState
from activities.models import Attendance
from activities.panels import Check, Panel, Part, Sight, register
from core.pages import Link


def links(sight: Sight) -> list[Link]:
    return [
        Link("参加人员", sight.edit_url("activity_participants"), icon="people"),
        Link("登记出席", sight.edit_url("activity_attendance"), icon="check2-square"),
    ]


def checks(sight: Sight) -> list[Check]:
    rows = expected(sight)
    asked = len(sight.rows)
    listed = f"{len(rows)} 人" if rows else f"已邀请 {asked} 人，还没有人报名" if asked else "还没有选择"
    return [
        Check("参加人员", bool(sight.rows), listed, sight.edit_url("activity_participants")),
        attendance_check(rows, sight.edit_url("activity_attendance")),
    ]


def expected(sight: Sight) -> list[Attendance]:
    """Without those who could have signed up and did not."""
    return [row for row in sight.rows if row.is_expected]


def attendance_check(rows: list[Attendance], url: str) -> Check:
    open_rows = sum(row.state == AttendanceState.INVITED for row in rows)
    if not rows:
        return Check("出席登记", False, "还没有参加的人员", url)
    return Check("出席登记", not open_rows, f"还有 {open_rows} 人未登记" if open_rows else "已全部登记", url)


def panels(sight: Sight) -> list[Panel]:
    rows = expected(sight)
    groups = by_state(rows)
    came = sum(row.state in CAME for row in rows)
    people = {"groups": groups, "came": came, "due": len(rows)}
    return [Panel("activities/_people.html", people)] if groups else []


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


def install() -> None:
    register(Part("people", 60, links=links, checks=checks, panels=panels))
