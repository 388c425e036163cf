"""What the pages at the door show. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from activities import door, permissions
from activities.enums import ATTENDANCE_TONES, CAME, AttendanceState, CheckInMethod, Direction
from activities.models import Activity, Attendance, CheckIn
from activities.pages.heads import HOME, crumbs, part_page
from activities.permissions import followup as record_rights
from core import qr
from core.pages import Link, Page

#: How far ahead the wall knows its codes: as long as it may be without a network.
AHEAD = timedelta(minutes=10)
#: Heard of so much later, a check-in is shown as uploaded afterwards.
LATER = timedelta(minutes=2)


# --- the member's own page ---------------------------------------------------------------------------------------
def own(activity: Activity, row: Attendance | None, user: Any, scan: datetime | None, address: str) -> dict[str, Any]:
    """`row` None: a walk-in not yet on the list. `scan`: when the wall was scanned; `address`: of the desk."""
    found, now = door.terms(activity), timezone.now()
    phase = phase_of(activity, found, now)
    return {
        "page": Page("签到", f"{activity.title} · {door.shown(activity.starts_at)}", crumbs(activity, "签到")),
        "activity": activity,
        "row": row,
        "phase": phase,
        "opens": found.opens,
        "wall_path": reverse("checkin_scan", args=[activity.pk, "x"])[:-1],
        "ticket": door.ticket(activity, scan, user) if scan else "",
        "early": bool(found.early_before and now < found.early_before),
        "key": uuid4(),
        "key_out": uuid4(),
        "now": milliseconds(now),
        "code": qr.drawn(f"{address}?code={door.member_code(row)}") if row else None,
        "digits": spaced(door.member_digits(row)) if row else "",
    }


def phase_of(activity: Activity, found: door.Terms, now: datetime) -> str:
    """early, soon (later today: the page may be opened while there still is a network), open or over."""
    if now > found.closes or not permissions.is_open(activity):
        return "over"
    if now >= found.opens:
        return "open"
    return "soon" if timezone.localdate(found.opens) == timezone.localdate(now) else "early"


def spaced(digits: str) -> str:
    return f"{digits[:3]} {digits[3:]}"


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


# --- the desk ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DeskLine:
    """One member at the desk: what is known, and what can be done."""

    row: Attendance
    code: str
    note: str
    tone: str
    done: bool

    @property
    def search(self) -> str:
        """What a typed piece is looked for in: name, pinyin, initials, code."""
        member = self.row.member
        parts = (member.name, member.name_pinyin, member.name_initials, self.code.split("-")[1])
        return " ".join(parts).lower()


def desk(activity: Activity, direction: Direction, query: str, scanned: str) -> dict[str, Any]:
    """`query`: a piece of a name or a code; `scanned`: a member's code read by the phone's own camera."""
    rows = list(activity.attendances.select_related("member__group", "recorded_by"))
    how = door.comings(activity)
    here = [row for row in rows if direction == Direction.IN or row.arrived_at or row.state in CAME]
    lines = [desk_line(row, direction, how.get(row.member_id)) for row in here]
    lines.sort(key=lambda line: line.done)
    shown = [line for line in lines if query.lower() in line.search] if query else lines
    if scanned:
        shown = [line for line in lines if line.code == scanned]
    return {
        "page": desk_page(activity),
        "activity": activity,
        "lines": shown,
        "direction": direction,
        "scanned": scanned,
        "query": query,
        "came": sum(row.state in CAME for row in rows),
        "due": sum(row.is_expected for row in rows),
        "now": milliseconds(timezone.now()),
    }


def desk_page(activity: Activity) -> Page:
    links = [
        Link("签到大屏", reverse("checkin_wall", args=[activity.pk]), "primary", "qr-code"),
        Link("纸质签到表", reverse("checkin_paper", args=[activity.pk]), icon="file-earmark-text"),
        Link("登记出席", reverse("activity_attendance", args=[activity.pk]), icon="check2-square"),
    ]
    return part_page(activity, "现场签到", links)


def sheet_links(user: Any, activity: Activity) -> list[Link]:
    """The sheet as PDF: for signatures, as registered, and kept with the activity."""
    kinds = [("blank", "空白签到表", "printer"), ("filled", "签到表 PDF", "file-earmark-pdf")]
    if record_rights.can_supplement(user, activity) and activity.has_begun:
        kinds.append(("filed", "签到表存入材料", "archive"))
    return [
        Link(label, reverse("checkin_sheet", args=[activity.pk, kind]), icon=icon, post=True)
        for kind, label, icon in kinds
    ]


def materials_url(user: Any, activity: Activity) -> str:
    """Where the signed original is uploaded, empty for those who may not."""
    allowed = record_rights.can_supplement(user, activity)
    return reverse("activity_materials", args=[activity.pk]) if allowed else ""


def desk_line(row: Attendance, direction: Direction, came: CheckIn | None) -> DeskLine:
    state = AttendanceState(row.state)
    done = bool(row.left_at if direction == Direction.OUT else row.arrived_at or state in CAME)
    note = "" if state == AttendanceState.INVITED else state.label
    told = times(row, came)
    return DeskLine(row, door.member_code(row), " · ".join(filter(None, [note, told])), ATTENDANCE_TONES[state], done)


def times(row: Attendance, came: CheckIn | None) -> str:
    """09:02 到（扫码，补传） 11:30 离开."""
    parts = []
    if row.arrived_at:
        parts.append(f"{door.shown(row.arrived_at)} 到{how_known(came)}")
    if row.left_at:
        parts.append(f"{door.shown(row.left_at)} 离开")
    return "，".join(parts)


def told(activity: Activity, rows: list[Attendance]) -> dict[int, str]:
    """Attendance id → when and how they came and went, of those who did."""
    how = door.comings(activity)
    here = [row for row in rows if row.arrived_at or row.left_at]
    return {row.pk: times(row, how.get(row.member_id)) + corrected(row) for row in here}


def corrected(row: Attendance) -> str:
    """By whom the state was set by hand, whatever the times say."""
    if row.recorded_by is None or row.recorded_at is None:
        return ""
    return f"；{row.recorded_by.name}{door.shown(row.recorded_at)}登记为“{row.get_state_display()}”"


def how_known(came: CheckIn | None) -> str:
    if came is None:
        return ""
    later = "，补传" if came.received_at - came.happened_at > LATER and came.method != CheckInMethod.PAPER else ""
    return f"（{CheckInMethod(came.method).label}{later}）"


# --- the wall ----------------------------------------------------------------------------------------------------
def wall(activity: Activity, address: str) -> dict[str, Any]:
    found, now = door.terms(activity), timezone.now()
    since = door.shown_since(now, found.seconds)
    return {
        "page": Page(activity.title, breadcrumbs=[HOME]),
        "activity": activity,
        "opens": found.opens,
        "to_come": now < found.opens,
        "closes_at": milliseconds(found.closes),
        "first": wall_code(activity, since, found.seconds, address),
        "seconds": found.seconds,
        **head_count(activity),
    }


def wall_feed(activity: Activity, address: str, known: int) -> dict[str, Any]:
    """Codes of the next minutes that the wall does not have yet (`known`: milliseconds its last one ends), counts."""
    found, now = door.terms(activity), timezone.now()
    first = max(door.shown_since(now, found.seconds), known // 1000)
    last = door.shown_since(now + AHEAD, found.seconds)
    moments = range(first - first % found.seconds, last + 1, found.seconds)
    codes = [wall_code(activity, since, found.seconds, address) for since in moments]
    return {"now": milliseconds(now), "codes": codes, **head_count(activity)}


def wall_code(activity: Activity, since: int, seconds: int, address: str) -> dict[str, Any]:
    """One code: until when it is shown, its drawing and its digits."""
    drawing = qr.drawn(address.replace("CODE", door.token(activity, since)))
    digits = spaced(door.digits(activity, since))
    return {"from": since * 1000, "until": (since + seconds) * 1000, "size": drawing.size, "path": drawing.path,
            "digits": digits}  # fmt: skip


def head_count(activity: Activity) -> dict[str, int]:
    """Who is in, who is expected, who of these is on leave; one query."""
    came, leave = Q(state__in=CAME), Q(state=AttendanceState.LEAVE)
    expected = activity.attendances.expected().order_by()
    return expected.aggregate(came=Count("pk", filter=came), due=Count("pk"), leave=Count("pk", filter=leave))
