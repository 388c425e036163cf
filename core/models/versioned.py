"""Optimistic locking: who saved last, and how often the row has been saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Versioned(models.Model):
    """Saved through `core.versions.editing`, which compares `version` with what the form was opened with."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
