"""What makes a form safe: drafts kept on the server, and one result per submission."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """Unsubmitted input of one person in one form, as the browser sent it: {field: [values]}."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    data = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.key


class Submission(models.Model):
    """A form that was accepted once. A second post with the same key is sent to the first one's result."""

    key = models.UUIDField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_result_per_submission")]

    def __str__(self) -> str:
        return str(self.key)
