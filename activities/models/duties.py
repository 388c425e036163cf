"""Reports an activity owes to somebody (上报材料)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from activities.models.records import Material
from core.clock import today


class ReportDuty(models.Model):
    """What is to be sent to whom by when, and when it was. `material` is the file that was sent."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="duties")
    addressee = models.CharField("报送对象", max_length=60)
    due_on = models.DateField("报送期限")
    sent_on = models.DateField("报送日期", null=True, blank=True)
    material = models.ForeignKey(Material, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    note = models.CharField("备注", max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["sent_on", "due_on"], name="duty_sent_due")]

    def __str__(self) -> str:
        return f"报送{self.addressee}"

    @property
    def title(self) -> str:
        """What was sent, in words."""
        return self.material.title if self.material else f"{self.activity.title}报告"

    @property
    def is_overdue(self) -> bool:
        return self.sent_on is None and self.due_on < today()

    @property
    def late_days(self) -> int:
        """Days after the due day on which it was sent, or that have passed until today."""
        return max(0, ((self.sent_on or today()) - self.due_on).days)

    @staticmethod
    def overdue() -> Q:
        return Q(sent_on__isnull=True, due_on__lt=today())
