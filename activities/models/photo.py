"""Photos of an activity."""

from __future__ import annotations

from django.db import models

from activities.models.activity import Activity
from core.models import StoredFile


class Photo(models.Model):
    """A re-encoded picture without metadata, with its thumbnail.

    `source_sha256` is of the bytes as they were sent: the same picture a second time is known by it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=80, blank=True)
    use_in_report = models.BooleanField("用于报告", default=False)
    # Null for photos from before: several of them may be without.
    source_sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "source_sha256"], name="photo_bytes_once")]

    def __str__(self) -> str:
        return self.caption or self.file.original_name
