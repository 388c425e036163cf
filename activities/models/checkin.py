"""The log of check-in: who came and went when, and how it became known."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from activities.enums import CheckInMethod, Direction
from activities.models.activity import Activity
from members.models import Member


class CheckIn(models.Model):
    """One coming or going of one member. Rows are added, never changed (a database trigger holds that).

    `happened_at` is the moment at the door, `received_at` when the server heard of it: far apart after a break of
    the network. `key` is given by the device, so that sending twice records once. Attendance.arrived_at, left_at and
    state follow from these rows, in whatever order they arrive (activities.services.checkin).
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="checkins")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="checkins")
    direction = models.CharField("方向", max_length=4, choices=Direction.choices, default=Direction.IN)
    method = models.CharField("方式", max_length=12, choices=CheckInMethod.choices)
    happened_at = models.DateTimeField("时间")
    received_at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["happened_at", "id"]
        indexes = [models.Index(fields=["activity", "member", "happened_at"], name="checkin_of_member")]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="checkin_direction_declared"),
            models.CheckConstraint(condition=Q(method__in=CheckInMethod.values), name="checkin_method_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.get_direction_display()}"
