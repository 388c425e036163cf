"""Check-in: the log row first, then what follows from the log for the member's line of the list.

Nothing here locks the activity: the log row takes its share of it before the line is locked, in the same order as the
sheet does, so that five hundred members and the sheet never wait for each other in a circle.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from redis.exceptions import RedisError

from activities import door, permissions, reach
from activities.enums import ActivityState, AttendanceState, CheckInMethod, Direction
from activities.models import Activity, Attendance, CheckIn
from audit.services import record
from core.errors import Denied, DomainError

log = logging.getLogger(__name__)
GUESSING_SECONDS = 600


@dataclass(frozen=True)
class Claim:
    """What a device says: `key` is its own number for this act, so that sending it twice records it once."""

    happened_at: datetime
    direction: Direction = Direction.IN
    method: CheckInMethod = CheckInMethod.STAFF
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Outcome:
    """What became of it. `held`: staff has registered something else, which stays."""

    row: Attendance
    direction: Direction
    happened_at: datetime
    held: bool

    @property
    def text(self) -> str:
        """签到成功 9:02, or what is different."""
        when = door.shown(self.happened_at)
        if self.direction == Direction.VOID:
            return "已撤销"
        if self.held:
            state = AttendanceState(self.row.state).label
            return f"{self.direction.label}时间 {when} 已记录；工作人员登记为“{state}”，如有出入请联系工作人员"
        state = AttendanceState(self.row.state)
        note = "" if state == AttendanceState.PRESENT else f"（{state.label}）"
        return f"{self.direction.label}成功 {when}{note}"


# --- who ---------------------------------------------------------------------------------------------------------
def check_in_self(*, by: Any, activity: Activity, direction: Direction, key: UUID, proof: door.Proof) -> Outcome:
    """A member's own coming or going. Raises Denied for those not on the list, DomainError for a code that proves
    nothing and outside the hours."""
    found, now = door.terms(activity), timezone.now()
    with transaction.atomic():
        row = own_line(by, activity, found)
        if known := sent_before(row, key):
            return known
        refuse_closed(activity)
        if proof.code:
            refuse_guessing(by, activity, found)
        moment = door.proven(proof, activity, by, found, now)
        method = CheckInMethod.CODE if proof.code else CheckInMethod.WALL_CODE
        return noted(by, activity, row, Claim(moment, direction, method, key), found)


def refuse_closed(activity: Activity) -> None:
    """What staff is told about reopening is no use to a member. Raises DomainError."""
    if activity.state == ActivityState.CANCELLED:
        raise DomainError("活动已取消，不用签到。")
    if not permissions.is_open(activity):
        raise DomainError("活动已总结，不能再签到。如有遗漏请联系工作人员。")


def refuse_guessing(by: Any, activity: Activity, found: door.Terms) -> None:
    """Counts the codes one member types for one activity. Raises DomainError when they become too many.

    Without the cache nobody is held up: a code is one of a million and gone in a minute.
    """
    key = f"checkin.typed:{activity.pk}:{by.pk}"
    try:
        cache.add(key, 0, GUESSING_SECONDS)
        count = cache.incr(key)
    except (RedisError, ValueError):
        log.warning("codes are not counted: the cache is away")
        return
    if count > found.tries:
        raise DomainError("输入次数太多，请过 10 分钟再试，或请工作人员登记。")


def own_line(by: Any, activity: Activity, found: door.Terms) -> Attendance:
    """The member's line of the list; where the office takes walk-ins, a new one for a member the activity is for."""
    row = activity.attendances.filter(member__user_id=by.pk).first()
    if row is not None:
        return row
    member = reach.may_join(activity).filter(user_id=by.pk).first() if found.walk_in else None
    if member is None:
        raise Denied(f"您不在“{activity.title}”的参加人员名单中，请联系现场工作人员。")
    row, created = Attendance.objects.get_or_create(activity=activity, member=member)
    if created:
        record("activity.walk_in", activity, by=by, detail={"members": [member.pk]})
    return row


def check_in_other(*, by: Any, activity: Activity, attendance: int, claim: Claim) -> Outcome:
    """Staff at the door register somebody, or take it back. Raises Denied, DomainError."""
    permissions.can_invite(by, activity).require()
    with transaction.atomic():
        row = activity.attendances.filter(pk=attendance).first()
        if row is None:
            raise DomainError("这位委员已不在参加人员名单中，请刷新页面。")
        found = door.terms(activity)
        door.require_recent(claim.happened_at, found, timezone.now())
        return sent_before(row, claim.key) or noted(by, activity, row, claim, found)


def check_in_paper(
    *, by: Any, activity: Activity, attendances: Collection[int], direction: Direction, moment: datetime
) -> int:
    """What a signed sheet of paper says, after the activity has begun; how many. Raises Denied, DomainError."""
    permissions.can_invite(by, activity).require()
    if moment > timezone.now():
        raise DomainError("时间还没有到，请填写签到表上的时间。", field="moment")
    found = door.terms(activity)
    found.require_open(moment)
    with transaction.atomic():
        rows = list(activity.attendances.filter(pk__in=attendances).order_by("pk"))
        for row in rows:
            noted(by, activity, row, Claim(moment, direction, CheckInMethod.PAPER), found)
    return len(rows)


# --- what --------------------------------------------------------------------------------------------------------
def sent_before(row: Attendance, key: UUID) -> Outcome | None:
    """The first answer, for a device that never heard it. Raises DomainError for a key used for somebody else."""
    known = CheckIn.objects.filter(key=key).first()
    if known is None:
        return None
    if (known.activity_id, known.member_id) != (row.activity_id, row.member_id):
        raise DomainError("这次签到的编号已被使用，请刷新页面后再试。")
    return Outcome(row, Direction(known.direction), known.happened_at, held=not follows(row))


def noted(by: Any, activity: Activity, row: Attendance, claim: Claim, found: door.Terms) -> Outcome:
    """The log row, the member's line, the audit row. Raises DomainError outside the hours."""
    permissions.is_open(activity).require()
    now = timezone.now()
    moment = min(claim.happened_at, now)
    if claim.direction != Direction.VOID:
        found.require_open(moment)
    logged, created = logged_once(
        CheckIn(activity=activity, member_id=row.member_id, direction=claim.direction, method=claim.method,
                happened_at=moment, key=claim.key, by=by)
    )  # fmt: skip
    share_the_activity()
    locked = Attendance.objects.select_for_update().get(pk=row.pk)
    before = locked.state
    held = not settle(locked, found)
    if created:
        detail = {str(row.member_id): [before, locked.state], "method": claim.method, "direction": claim.direction}
        record("activity.checkin", activity, by=by, detail=detail)
    return Outcome(locked, Direction(logged.direction), logged.happened_at, held)


def logged_once(row: CheckIn) -> tuple[CheckIn, bool]:
    """The row of this key and whether it is new; of two sent at the same moment one waits for the other."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return CheckIn.objects.get(key=row.key), False
    return row, True


def share_the_activity() -> None:
    """Foreign keys are checked now and not at the end: the log row's share of the activity comes before the line.

    The sheet locks in that order too; the other way round the two would wait for each other.
    """
    connection.check_constraints()


def settle(row: Attendance, found: door.Terms) -> bool:
    """Puts what follows from the log on a locked line; whether the state followed too.

    The times always do. The state does unless staff has registered one by hand (follows).
    """
    rows = list(CheckIn.objects.filter(activity_id=row.activity_id, member_id=row.member_id))
    valid = door.valid(rows)
    row.arrived_at, row.left_at = door.arrived_and_left(valid)
    if free := follows(row) or gives_way(row, rows):
        row.state = door.state_of(found, row.arrived_at, row.left_at)
        row.recorded_at = row.recorded_by = None
        row.reason = ""
    row.save(update_fields=["arrived_at", "left_at", "state", "reason", "recorded_at", "recorded_by"])
    return free


def settle_again(activity: Activity) -> None:
    """After the activity's hours were changed: who came late to the old ones need not have to the new. The caller
    holds the activity."""
    checked_in = Q(arrived_at__isnull=False) | Q(left_at__isnull=False)
    found = door.terms(activity)
    for row in activity.attendances.select_for_update().filter(checked_in).order_by("pk"):
        settle(row, found)


def follows(row: Attendance) -> bool:
    """Nobody has registered this line by hand."""
    return row.recorded_at is None


def gives_way(row: Attendance, rows: Iterable[CheckIn]) -> bool:
    """A mark made by hand before anybody checked in: emptied lines and leave yield to somebody who came after all."""
    if row.state == AttendanceState.INVITED:
        return True
    return row.state == AttendanceState.LEAVE and all(each.received_at > row.recorded_at for each in rows)
