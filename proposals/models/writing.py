"""What belongs to the text: attachments. Versions of the text itself are `core.textversions`."""

from __future__ import annotations

from django.db import models

from core.models import StoredFile
from proposals.models.proposal import Proposal


class Attachment(models.Model):
    """A file added to a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.file.original_name
