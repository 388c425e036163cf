"""What is kept of an activity besides its own fields: materials."""

from __future__ import annotations

from django.db import models

from activities.models.activity import Activity
from core.models import StoredFile


class Material(models.Model):
    """A file of an activity: notice, agenda, report, signed sheet… `kind` is a code of the list material_kind.

    `shared`: the members who see the activity may read it too; else only offices that look into it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="materials")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=40)
    title = models.CharField("标题", max_length=120)
    shared = models.BooleanField("委员可以查看", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["activity", "kind"], name="material_activity_kind")]

    def __str__(self) -> str:
        return self.title
