"""Versions of texts: what was written when, by whom."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class TextVersion(models.Model):
    """The texts of one object as they were saved once: {field: text}. Rows are added, never changed (a trigger).

    `number` counts from 1 per object. `note` says why when it was no plain saving, e.g. a restored version.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    note = models.CharField(max_length=80, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "number"], name="text_version_number_once")
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"
