"""What became of a promise (跟踪办理)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import StoredFile
from handling.enums import PromiseState, ReportState
from handling.models.replies import ReplyItem


class FollowUpReport(models.Model):
    """A unit's report on a promised item: kept, or not kept with the reason and a new date. Rows are added.

    The office accepts it or sends it back; only an accepted one settles the promise. `new_date` of an accepted one
    starts the next round: the first promise stays as it was given.
    """

    item = models.ForeignKey(ReplyItem, on_delete=models.PROTECT, related_name="reports")
    outcome = models.CharField("情况", max_length=8, choices=PromiseState.choices)
    text = models.TextField("落实情况")
    day = models.DateField("落实日期", null=True, blank=True)
    new_date = models.DateField("新的计划日期", null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.REPORTED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField("退回的理由", blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=PromiseState.values), name="follow_up_outcome_declared"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="follow_up_state_declared"),
            models.CheckConstraint(condition=~Q(outcome="kept") | Q(day__isnull=False), name="follow_up_kept_has_day"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="reported"), name="follow_up_one_open"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def get_absolute_url(self) -> str:
        return reverse("promise_detail", args=[self.item_id])

    @property
    def tone(self) -> str:
        return {"reported": "info", "accepted": "success", "sent_back": "warning"}[self.state]
