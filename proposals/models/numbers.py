"""Gapless numbers of a session: the serial number (流水号) at submission, the case number (案号) at filing."""

from __future__ import annotations

from django.db import models

from core.casenumbers import Counter
from organisation.models import Session


class CaseCounter(Counter):
    """The last case number given in a session."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="case_counter")

    def __str__(self) -> str:
        return f"{self.session}: {self.last}"


class SerialCounter(Counter):
    """The last serial number given in a session."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="serial_counter")

    def __str__(self) -> str:
        return f"{self.session}: {self.last}"
