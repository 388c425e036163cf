"""States of an activity and of a member's attendance."""

from django.db import models


class ActivityState(models.TextChoices):
    PREPARING = "preparing", "筹备中"
    HELD = "held", "已开展"
    SUMMARISED = "summarised", "已总结"
    CANCELLED = "cancelled", "已取消"


#: What counts towards a target.
COUNTED = frozenset({ActivityState.HELD, ActivityState.SUMMARISED})


class AttendanceState(models.TextChoices):
    INVITED = "invited", "未登记"
    PRESENT = "present", "出席"
    LATE = "late", "迟到"
    LEFT_EARLY = "left_early", "早退"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"


#: Who was there, however long.
CAME = frozenset({AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY})
