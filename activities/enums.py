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


REPLY_TONES = {
    Reply.NONE: "neutral",
    Reply.ACCEPTED: "success",
    Reply.DECLINED: "neutral",
    Reply.LEAVE_ASKED: "warning",
    Reply.WAITING: "info",
}


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


class Direction(models.TextChoices):
    """Coming or going. VOID takes back what was recorded before it: a wrong tick, somebody who was not there."""

    IN = "in", "签到"
    OUT = "out", "签退"
    VOID = "void", "撤销"


class CheckInMethod(models.TextChoices):
    """How a check-in became known. CODE: the six digits on the wall, typed."""

    WALL_CODE = "wall_code", "扫码"
    CODE = "code", "输入签到码"
    MEMBER_CODE = "member_code", "出示签到码"
    STAFF = "staff", "工作人员登记"
    PAPER = "paper", "纸质签到表"


# --- records of an activity --------------------------------------------------------------------------------------
class TypePart(models.TextChoices):
    """Further pages a type of activity has (domain.md h5: T06, T08, T11, T28)."""

    FINDINGS = "findings", "问题与建议"
    SCORES = "scores", "评议打分"
    PROJECTS = "projects", "督查项目"


class FindingState(models.TextChoices):
    """How far a finding is (跟踪问效)."""

    NOTED = "noted", "已记录"
    SENT_UP = "sent_up", "已报送"
    INSTRUCTED = "instructed", "已批示"
    FOLLOWING = "following", "办理中"
    IMPLEMENTED = "implemented", "已落实"
    PARTLY = "partly", "部分落实"
    NOT_DONE = "not_done", "未落实"
    CLOSED = "closed", "已结束"


#: Somebody still has to settle it.
FINDING_OPEN = frozenset({FindingState.FOLLOWING, FindingState.PARTLY, FindingState.NOT_DONE})
FINDING_TONES = {
    FindingState.NOTED: "neutral",
    FindingState.SENT_UP: "info",
    FindingState.INSTRUCTED: "info",
    FindingState.FOLLOWING: "warning",
    FindingState.IMPLEMENTED: "success",
    FindingState.PARTLY: "warning",
    FindingState.NOT_DONE: "danger",
    FindingState.CLOSED: "neutral",
}


class FindingStage(models.TextChoices):
    """What a target counts and by which day."""

    NOTED = "noted", "提出"
    SENT_UP = "sent_up", "报送"
    INSTRUCTED = "instructed", "获得批示"
    RESOLVED = "resolved", "已落实"
    ADOPTED = "adopted", "被采纳"


class Adoption(models.TextChoices):
    """Whether the unit or leaders took it up."""

    OPEN = "open", "未答复"
    ADOPTED = "adopted", "采纳"
    DECLINED = "declined", "未采纳"


class Progress(models.TextChoices):
    """What one entry of the follow-up says."""

    GOING = "going", "推进中"
    DONE = "done", "已完成"
    STUCK = "stuck", "有困难"


class ProjectState(models.TextChoices):
    """How a supervised project stands."""

    GOING = "going", "推进中"
    SLOW = "slow", "进度偏慢"
    STUCK = "stuck", "停滞"
    DONE = "done", "已完成"
