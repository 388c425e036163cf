"""Collections of proposals with an opening and a closing time (征集)."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.models import Versioned
from organisation.models import Office


class Batch(Versioned):
    """One collection. The server's clock decides; `grace_minutes` is how long late ones are still taken."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="proposal_batches", verbose_name="受理机构"
    )
    name = models.CharField("名称", max_length=80)
    topics = models.TextField("参考选题", blank=True)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")
    grace_minutes = models.PositiveSmallIntegerField("宽限分钟", default=0)
    in_plenary = models.BooleanField("会议期间的提案", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-closes_at", "-id"]
        indexes = [models.Index(fields=["office", "-closes_at"], name="proposal_batch_office")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="proposal_batch_times"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("batch_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Now, by the server's clock, the grace included."""
        return self.opens_at <= timezone.now() < self.closes_at + timedelta(minutes=self.grace_minutes)
