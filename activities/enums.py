"""States of an activity and of a member's attendance."""

from django.db import models


class ActivityState(models.TextChoices):
    PREPARING = "preparing", "筹备中"
    HELD = "held", "已开展"
    SUMMARISED = "summarised", "已总结"
    CANCELLED = "cancelled", "已取消"


#: What counts towards a target.
COUNTED = frozenset({ActivityState.HELD, ActivityState.SUMMARISED})
#: What may still be written to; a summarised activity is reopened first.
OPEN = frozenset({ActivityState.PREPARING, ActivityState.HELD})
#: Colour of the state's tag (core.components.TONES).
STATE_TONES = {
    ActivityState.PREPARING: "info",
    ActivityState.HELD: "warning",
    ActivityState.SUMMARISED: "success",
    ActivityState.CANCELLED: "neutral",
}


class AttendanceState(models.TextChoices):
    INVITED = "invited", "未登记"
    PRESENT = "present", "出席"
    LATE = "late", "迟到"
    LEFT_EARLY = "left_early", "早退"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"


class Joining(models.TextChoices):
    """How a member comes to an activity."""

    MUST_ATTEND = "must_attend", "必须参加"
    SIGN_UP = "sign_up", "报名参加"


class Reply(models.TextChoices):
    """What a member answered to the invitation. WAITING: signed up when all places were taken."""

    NONE = "none", "未答复"
    ACCEPTED = "accepted", "参加"
    DECLINED = "declined", "不参加"
    LEAVE_ASKED = "leave_asked", "申请请假"
    WAITING = "waiting", "候补"


class LeaveState(models.TextChoices):
    """What became of a member's request for leave."""

    ASKED = "asked", "待审批"
    GRANTED = "granted", "已准假"
    REFUSED = "refused", "未获准"
    WITHDRAWN = "withdrawn", "已撤回"


LEAVE_TONES = {
    LeaveState.ASKED: "warning",
    LeaveState.GRANTED: "success",
    LeaveState.REFUSED: "danger",
    LeaveState.WITHDRAWN: "neutral",
}
#: Who was there, however long.
CAME = frozenset({AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY})
#: What may be registered before the activity begins.
BEFOREHAND = frozenset({AttendanceState.INVITED, AttendanceState.LEAVE})
#: As the sheet offers them: the five states, then the empty one.
SHEET_ORDER = (
    AttendanceState.PRESENT,
    AttendanceState.LATE,
    AttendanceState.LEFT_EARLY,
    AttendanceState.LEAVE,
    AttendanceState.ABSENT,
    AttendanceState.INVITED,
)
ATTENDANCE_TONES = {
    AttendanceState.INVITED: "neutral",
    AttendanceState.PRESENT: "success",
    AttendanceState.LATE: "warning",
    AttendanceState.LEFT_EARLY: "warning",
    AttendanceState.LEAVE: "info",
    AttendanceState.ABSENT: "danger",
}
