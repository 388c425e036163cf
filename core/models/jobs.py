"""A job as the database knows it. The broker only rings the bell."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models.files import StoredFile


class Job(models.Model):
    """Long work asked for by a person. `key` makes a second click find the first job.

    `like` names jobs that take about as long as each other when their `size` (records, or pages) is the same.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        CANCELLED = "cancelled", "已取消"

    class Queue(models.TextChoices):
        QUICK = "quick", "即办"
        HEAVY = "heavy", "大件"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    # Null once the next job of the same key has begun; until then a job that is tried again keeps its place.
    key = models.CharField(max_length=160, unique=True, null=True)  # noqa: DJ001
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="jobs")
    queue = models.CharField(max_length=12, choices=Queue.choices, default=Queue.QUICK)
    like = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(null=True, help_text="null until the work has counted it")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    heartbeat = models.DateTimeField(null=True)
    stage = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="0 while the stage cannot be counted")
    unit = models.CharField(max_length=8, blank=True, help_text="what `done` and `total` count")
    message = models.CharField(max_length=300, blank=True)
    result = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(default=timezone.now, help_text="since when it waits; again after a retry")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "created_at"], name="job_state_created"),
            models.Index(fields=["owner", "-created_at"], name="job_owner_created"),
            models.Index(fields=["like", "-finished_at"], name="job_like_finished"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kept_until(self) -> datetime | None:
        """Until when its file can be fetched here; None without one."""
        if self.result_id is None or self.finished_at is None:
            return None
        return self.finished_at + timedelta(days=settings.JOB_RESULT_DAYS)

    @property
    def seconds(self) -> int | None:
        """How long the work took; None unless it is over."""
        if self.started_at is None or self.finished_at is None:
            return None
        return max(0, round((self.finished_at - self.started_at).total_seconds()))

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}
