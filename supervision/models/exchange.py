"""Exchange with a government's own handling system: what went out, what came in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from handling.models import Assignment
from organisation.models import Office
from supervision.enums import Direction


class Exchange(models.Model):
    """One file that was made or taken in. `report`: the rows of an import as they were judged."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    form = models.CharField("格式", max_length=4)
    count = models.PositiveIntegerField("条数", default=0)
    refused = models.PositiveIntegerField("未导入", default=0)
    applied_at = models.DateTimeField(null=True)
    report = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="exchange_direction_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.file.original_name}"


class ExternalKey(models.Model):
    """An answer that was taken in: its key in the other system, so that it is taken in once."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="external_keys")
    batch = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="keys")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="external_key_once")]

    def __str__(self) -> str:
        return self.key
