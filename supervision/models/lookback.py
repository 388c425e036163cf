"""Look-back rounds (回头看): is what the replies said still so?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from core.models import Stateful, StoredFile, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import Office
from organisation.selectors import grants
from proposals.models import Proposal
from supervision.enums import ROUND_TONES, RoundState


class RoundQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> RoundQuerySet:
        """Staff and leaders of the office that looks back and of those above it."""
        return self.filter(office_id__in=grants(user).where(Can.VIEW_PROPOSALS))


class LookBackRound(Stateful, Versioned):
    """One round. `scope` says in words which proposals are looked at."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=80)
    scope = models.CharField("范围", max_length=200, blank=True)
    summary = models.TextField("总结", blank=True)
    closed_at = models.DateTimeField("总结时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="look_back_state_declared"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="look_back_closed_has_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("look_back", args=[self.pk])

    @property
    def state_label(self) -> str:
        return RoundState(self.state).label

    @property
    def tone(self) -> str:
        return ROUND_TONES[RoundState(self.state)]


class LookBackCase(models.Model):
    """One proposal in a round. `finding` is a code of look_back_finding, empty until somebody has looked."""

    round = models.ForeignKey(LookBackRound, on_delete=models.CASCADE, related_name="cases")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="look_backs", verbose_name="提案")
    finding = models.CharField("情况", max_length=40, blank=True)
    text = models.TextField("说明", blank=True)
    day = models.DateField("回看日期", null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["proposal__case_no", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "proposal"], name="look_back_once"),
            models.CheckConstraint(condition=Q(finding="") | Q(day__isnull=False), name="look_back_found_has_day"),
        ]

    def __str__(self) -> str:
        return str(self.proposal)
