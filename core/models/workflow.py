"""The state of an object and the log of how it got there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class StatefulQuerySet(models.QuerySet):
    """Refuses the side door: a state is changed by the workflow only."""

    def update(self, **values: Any) -> int:
        if "state" in values:
            raise RuntimeError("the state is changed by the workflow only")
        return super().update(**values)


class Stateful(models.Model):
    """An object with a `state` that only `Workflow.step` may change."""

    state = models.CharField("状态", max_length=24, db_index=True)

    objects = StatefulQuerySet.as_manager()

    class Meta:
        abstract = True

    stored_state: str | None = None  # as the database has it; None before the first save
    #: The version the actor's page was opened with, set by core.steps; `Workflow.step` compares it. None: unknown.
    seen_version: int | None = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.stored_state is not None and self.state != self.stored_state:
            raise RuntimeError("the state is changed by the workflow only")
        super().save(*args, **kwargs)
        self.stored_state = self.state

    @classmethod
    def from_db(cls, db: str | None, field_names: list[str], values: list[Any]) -> Stateful:
        instance = super().from_db(db, field_names, values)
        instance.stored_state = instance.__dict__.get("state")
        return instance


class WorkflowEvent(models.Model):
    """One transition of one object. Rows are added, never changed (a database trigger holds that)."""

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="workflow_event_subject")]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.label} {self.from_state}→{self.to_state}"
