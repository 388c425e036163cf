"""Who came through the door of the latest activities and how: phones, the desk, a few on paper."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from accounts.models import User
from activities.enums import CAME, ActivityState, AttendanceState, CheckInMethod, Direction
from activities.models import Activity, Attendance
from activities.services.checkin import Claim, check_in_other
from dashboard.demo import past
from dashboard.demo.setting import OFFICES, Setting

MOST = 2  # activities of each office
METHODS = (CheckInMethod.WALL_CODE, CheckInMethod.CODE, CheckInMethod.MEMBER_CODE, CheckInMethod.STAFF,
           CheckInMethod.PAPER)  # fmt: skip
OFTEN = (60, 8, 12, 15, 5)


def build(setting: Setting) -> None:
    """Held activities whose minutes are still missing: their sheets show the hour of every arrival."""
    chance = setting.chance("check-in")
    for office in OFFICES:
        held = Activity.objects.filter(office=setting.offices[office], state=ActivityState.HELD)
        for activity in held.order_by("-starts_at", "-pk")[:MOST]:
            receive(activity, setting.staff(office), chance)


def receive(activity: Activity, by: User, chance: Random) -> None:
    for row in activity.attendances.filter(state__in=CAME).order_by("pk"):
        late = row.state == AttendanceState.LATE
        minutes = chance.randint(12, 35) if late else -chance.randint(2, 25)
        enter(activity, row, by, minutes, chance.choices(METHODS, OFTEN)[0])
        if row.state == AttendanceState.LEFT_EARLY and activity.ends_at:
            length = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
            enter(activity, row, by, length - chance.randint(20, 40), CheckInMethod.STAFF, Direction.OUT)


def enter(
    activity: Activity, row: Attendance, by: User, minutes: int, method: CheckInMethod, way: Direction = Direction.IN
) -> None:
    """So many minutes after the start."""
    with past.on(activity.starts_at + timedelta(minutes=minutes)) as moment:
        check_in_other(by=by, activity=activity, attendance=row.pk, claim=Claim(moment, way, method))
