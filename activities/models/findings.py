"""Findings of an activity, the instructions on them, and what became of them (跟踪问效)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from activities.enums import (
    FINDING_OPEN,
    FINDING_TONES,
    Adoption,
    FindingState,
    Progress,
)
from activities.models.activity import Activity, held_by
from core.clock import today
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import HandlingUnit
from organisation.selectors import grants


class FindingQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> FindingQuerySet:
        """Those of activities of the offices the user looks into; joint ones included."""
        offices = grants(user).where(Can.VIEW_ACTIVITIES)
        return self.filter(held_by(offices, "activity__"))

    def overdue(self) -> FindingQuerySet:
        """Followed up past the day by which they were to be settled."""
        return self.filter(state__in=FINDING_OPEN, due_on__lt=today())


class Finding(Stateful, Versioned):
    """One problem found, opinion heard or suggestion made at an activity. `kind` is a code of finding_kind.

    The days say when it passed a stage and stay when it moves on; every figure counts by them. `unit` or
    `unit_name` is whom it concerns, later who settles it by `due_on`.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField("类别", max_length=40)
    text = models.TextField("内容")
    proposed = models.TextField("建议措施", blank=True)
    unit = models.ForeignKey(HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("涉及单位", max_length=60, blank=True)
    noted_on = models.DateField("提出日期")
    sent_to = models.CharField("报送对象", max_length=60, blank=True)
    sent_on = models.DateField("报送日期", null=True, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    instructed_on = models.DateField("批示日期", null=True, blank=True)
    due_on = models.DateField("办结期限", null=True, blank=True)
    resolved_on = models.DateField("落实日期", null=True, blank=True)
    result = models.TextField("办理结果", blank=True)
    adoption = models.CharField("采纳情况", max_length=12, choices=Adoption.choices, default=Adoption.OPEN)
    adopted_on = models.DateField("答复采纳日期", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_on", "order", "id"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="finding_state_due"),
            models.Index(fields=["noted_on"], name="finding_noted"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_declared"),
            models.CheckConstraint(condition=Q(adoption__in=Adoption.values), name="finding_adoption_declared"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 40 else f"{self.text[:39]}…"

    def get_absolute_url(self) -> str:
        return reverse("finding_detail", args=[self.pk])

    @property
    def office(self) -> Any:
        """Whose act it is, for the audit trail."""
        return self.activity.office

    @property
    def target(self) -> str:
        """Whom it concerns, in words."""
        return self.unit.name if self.unit else self.unit_name

    @property
    def is_overdue(self) -> bool:
        return self.state in FINDING_OPEN and self.due_on is not None and self.due_on < today()

    @property
    def state_text(self) -> str:
        return "逾期未办结" if self.is_overdue else FindingState(self.state).label

    @property
    def tone(self) -> str:
        return "danger" if self.is_overdue else FINDING_TONES[FindingState(self.state)]


class Instruction(models.Model):
    """What a leader wrote on a finding (批示). `restricted`: only for the own office and leaders (限阅)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="instructions")
    leader = models.CharField("批示人", max_length=40)
    duty = models.CharField("职务", max_length=60, blank=True)
    on = models.DateField("批示日期")
    text = models.TextField("批示内容")
    restricted = models.BooleanField("限阅", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.leader} {self.on}"


class FollowUp(models.Model):
    """One entry about how a finding is being settled."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="follow_ups")
    on = models.DateField("日期")
    progress = models.CharField("进展", max_length=12, choices=Progress.choices)
    text = models.TextField("情况")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="follow_up_progress_declared")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_progress_display()}"
