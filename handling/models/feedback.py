"""What each proposer thinks of a reply (满意度), in two questions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from handling.enums import FeedbackVia, Satisfaction
from handling.models.replies import Reply, ReplyItem
from proposals.models import Proposer


class Feedback(models.Model):
    """One answer. Rows are added, never changed; the newest of a proposer for a reply (or for a promised item of it)
    counts.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="feedback")
    item = models.ForeignKey(ReplyItem, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback")
    proposer = models.ForeignKey(Proposer, on_delete=models.PROTECT, related_name="feedback")
    handling = models.CharField("办理工作", max_length=12, choices=Satisfaction.choices)
    result = models.CharField("办理结果", max_length=12, choices=Satisfaction.choices)
    text = models.TextField("意见", blank=True)
    via = models.CharField(max_length=8, choices=FeedbackVia.choices, default=FeedbackVia.PAGE)
    sheet = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["reply", "proposer", "-id"], name="feedback_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(handling__in=Satisfaction.values, result__in=Satisfaction.values),
                name="feedback_answers_declared",
            ),
            models.CheckConstraint(condition=Q(via__in=FeedbackVia.values), name="feedback_via_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.get_handling_display()} / {self.get_result_display()}"
