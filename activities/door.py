"""The arithmetic of check-in: its rules, the codes that prove a moment at the door, what comes of coming and going.

Nothing here writes. A code on the wall is a short HMAC over the activity and the moment it was shown, so whoever has
it was at the door then, also when the network brings it here much later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from activities.enums import AttendanceState, Direction
from activities.models import Activity, Attendance, CheckIn
from activities.rules.door import CODE, CODE_KEY, MINUTES, MINUTES_KEY, WALK_IN_KEY
from core.clock import Span
from core.errors import DomainError
from organisation.selectors import rules

SALT = "activities.door"
#: Without the letters i, l, o and u: a code is also read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
MOMENT_LENGTH, SEAL_LENGTH = 7, 9
#: How far a phone's clock, corrected when its page was opened, may be out.
SLACK = timedelta(minutes=2)
EXPIRED = "这个签到码已经过期，请扫描屏幕上最新的二维码。"
WRONG = "签到码不对或已经过期，请输入屏幕上现在显示的 6 位数字。"


# --- rules -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Terms:
    """When an activity can be checked in to, and for how long a code holds."""

    opens: datetime
    closes: datetime
    late_after: datetime
    early_before: datetime | None
    offline: timedelta
    seconds: int
    steps: int
    tries: int
    walk_in: bool

    @property
    def holds(self) -> timedelta:
        """A code is taken while it and the ones before it are shown."""
        return timedelta(seconds=self.seconds * self.steps)

    def require_open(self, moment: datetime) -> None:
        """Raises DomainError with the hour that is missed."""
        if moment < self.opens:
            raise DomainError(f"签到从 {shown(self.opens)} 开始，现在还不能签到。")
        if moment > self.closes:
            raise DomainError(f"签到已于 {shown(self.closes)} 结束，请联系工作人员登记。")

    def is_open(self, moment: datetime) -> bool:
        return self.opens <= moment <= self.closes


def terms(activity: Activity) -> Terms:
    """The office's rules in force on the activity's day, as moments of this activity."""
    day = timezone.localdate(activity.starts_at)
    values = rules((MINUTES_KEY, CODE_KEY, WALK_IN_KEY), activity.office, day)
    minutes = {name: timedelta(minutes=value) for name, value in {**MINUTES, **values[MINUTES_KEY]}.items()}
    code = {**CODE, **values[CODE_KEY]}
    ends = activity.ends_at
    return Terms(
        opens=activity.starts_at - minutes["opens_before"],
        closes=(ends or Span(day, day).moments[1]) + minutes["closes_after"],
        late_after=activity.starts_at + minutes["grace"],
        early_before=ends - minutes["leave_before"] if ends else None,
        offline=minutes["offline"],
        seconds=max(5, code["seconds"]),
        steps=max(1, code["steps"]),
        tries=code["tries"],
        walk_in=bool(values[WALK_IN_KEY]),
    )


def shown(moment: datetime) -> str:
    """09:05, with the day when it is not today's."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local.month}月{local.day}日 {local:%H:%M}"


# --- codes -------------------------------------------------------------------------------------------------------
def seal(*parts: Any, length: int = SEAL_LENGTH) -> str:
    digest = salted_hmac(SALT, ":".join(map(str, parts)), algorithm="sha256").digest()
    return written(int.from_bytes(digest[:8]), length)


def written(number: int, length: int) -> str:
    """The last `length` digits of a number, to the base of 32."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def shown_since(moment: datetime, seconds: int) -> int:
    """Since when the code of this moment is on the wall, in seconds since 1970."""
    return int(moment.timestamp()) // seconds * seconds


def token(activity: Activity, since: int) -> str:
    """What the wall's address ends with: the moment and its seal, 16 characters."""
    return written(since, MOMENT_LENGTH) + seal("wall", activity.pk, since)


def digits(activity: Activity, since: int) -> str:
    """The same for those who type."""
    return f"{number(seal('digits', activity.pk, since)) % 1_000_000:06}"


def number(text: str) -> int:
    """Raises ValueError."""
    found = 0
    for character in text:
        found = found * 32 + ALPHABET.index(character)
    return found


def token_moment(activity: Activity, text: str) -> datetime | None:
    """Since when this code was on this activity's wall; None for one that never was."""
    try:
        since = number(text[:MOMENT_LENGTH])
    except ValueError:
        return None
    genuine = constant_time_compare(text, token(activity, since))
    return datetime.fromtimestamp(since, UTC) if genuine else None


def scanned(activity: Activity, text: str, found: Terms, now: datetime) -> datetime:
    """The moment of a scan that reaches the server at once. Raises DomainError for a false or an old code."""
    since = token_moment(activity, text)
    if since is None or not since <= now < since + found.holds:
        raise DomainError(EXPIRED)
    return now


def scanned_offline(activity: Activity, text: str, found: Terms, claimed: datetime, now: datetime) -> datetime:
    """The moment of a scan heard of later: what the device claims, as far as the code bears it out.

    Raises DomainError for a false code, for one that was not on the wall then (an old photo scanned now), and for a
    scan older than the office waits.
    """
    since = token_moment(activity, text)
    if since is None or since > now or not since - SLACK <= claimed <= since + found.holds + SLACK:
        raise DomainError(EXPIRED)
    moment = min(max(claimed, since), since + found.holds, now)
    return require_recent(moment, found, now)


def typed(activity: Activity, text: str, found: Terms, claimed: datetime, now: datetime) -> datetime:
    """The moment the six digits were typed: the device's, if they were on the wall then. Raises DomainError."""
    moment = require_recent(min(claimed, now), found, now)
    newest = shown_since(moment, found.seconds)
    known = [digits(activity, newest - step * found.seconds) for step in range(-1, found.steps + 1)]
    if not any(constant_time_compare(text, each) for each in known):
        raise DomainError(WRONG)
    return moment


def require_recent(moment: datetime, found: Terms, now: datetime) -> datetime:
    if now - moment > found.offline:
        minutes = int(found.offline.total_seconds() // 60)
        raise DomainError(f"这次签到在 {minutes} 分钟内没有上传，请联系工作人员登记。")
    return moment


# --- tickets: a scan remembered through sign-in and through a break of the network ------------------------------------
def ticket(activity: Activity, moment: datetime, user: Any = None) -> str:
    """Proof of a scan; one with a user serves nobody else."""
    return signing.dumps([activity.pk, int(moment.timestamp()), user.pk if user else 0], salt=SALT)


def ticket_moment(activity: Activity, text: str, user: Any = None) -> datetime | None:
    """When the ticket's scan was; None for a false one, one of another activity or another user."""
    try:
        pk, seconds, owner = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (pk, owner) != (activity.pk, user.pk if user else 0):
        return None
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True)
class Proof:
    """What a member's device shows for having been at the door; one of the three. `claimed`: its own clock's moment."""

    claimed: datetime
    ticket: str = ""
    code: str = ""
    token: str = ""


def proven(proof: Proof, activity: Activity, user: Any, found: Terms, now: datetime) -> datetime:
    """The moment at the door. Raises DomainError with what to do instead."""
    if proof.code:
        return typed(activity, proof.code, found, proof.claimed, now)
    if proof.token:
        return scanned_offline(activity, proof.token, found, proof.claimed, now)
    moment = ticket_moment(activity, proof.ticket, user)
    if moment is None:
        raise DomainError(EXPIRED)
    return require_recent(moment, found, now)


# --- a member's own code -----------------------------------------------------------------------------------------
def member_digits(attendance: Attendance) -> str:
    """Six digits a member shows or says at the door: of this activity and this member."""
    return f"{number(seal('member', attendance.activity_id, attendance.member_id)) % 1_000_000:06}"


def member_code(attendance: Attendance) -> str:
    return f"{attendance.pk}-{member_digits(attendance)}"


# --- what comes of it --------------------------------------------------------------------------------------------
def valid(rows: Iterable[CheckIn]) -> list[CheckIn]:
    """Comings and goings by the hour they happened; what was taken back is left out."""
    kept: list[CheckIn] = []
    for row in sorted(rows, key=lambda each: each.pk):
        kept = [] if row.direction == Direction.VOID else [*kept, row]
    return sorted(kept, key=lambda each: (each.happened_at, each.pk))


def comings(activity: Activity) -> dict[int, CheckIn]:
    """Member → the coming that counts; one query."""
    by_member: dict[int, list[CheckIn]] = {}
    for each in activity.checkins.all():
        by_member.setdefault(each.member_id, []).append(each)
    found = {member: valid(rows) for member, rows in by_member.items()}
    return {member: rows[0] for member, rows in found.items() if rows}


def arrived_and_left(rows: list[CheckIn]) -> tuple[datetime | None, datetime | None]:
    """The first coming and the last going; whoever came back has not left."""
    arrived = next((row.happened_at for row in rows if row.direction == Direction.IN), None)
    left = rows[-1].happened_at if rows and rows[-1].direction == Direction.OUT else None
    return arrived, left


def state_of(found: Terms, arrived: datetime | None, left: datetime | None) -> AttendanceState:
    """Late and left early is 早退: the times beside it tell the rest."""
    if arrived is None and left is None:
        return AttendanceState.INVITED
    if left and found.early_before and left < found.early_before:
        return AttendanceState.LEFT_EARLY
    if arrived and arrived > found.late_after:
        return AttendanceState.LATE
    return AttendanceState.PRESENT
