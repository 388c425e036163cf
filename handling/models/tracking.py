"""What became of a promise (跟踪办理)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from handling.enums import PromiseState
from handling.models.replies import ReplyItem


class FollowUpReport(models.Model):
    """A unit's report on a promised item: kept, or not kept with the reason and a new date. Rows are added."""

    item = models.ForeignKey(ReplyItem, on_delete=models.PROTECT, related_name="reports")
    outcome = models.CharField("情况", max_length=8, choices=PromiseState.choices)
    text = models.TextField("落实情况")
    day = models.DateField("落实日期", null=True, blank=True)
    new_date = models.DateField("新的计划日期", null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=PromiseState.values), name="follow_up_outcome_declared"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
