"""Which unit handles which proposal in which role: one row per unit."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from handling.enums import ANSWERING, ASSIGNMENT_TONES, SENT, AskState, AssignmentRole, AssignmentState
from organisation.models import HandlingUnit
from organisation.selectors import grants
from proposals.models import Proposal


class AssignmentQuerySet(StatefulQuerySet):
    def live(self) -> AssignmentQuerySet:
        """Without those that were taken back."""
        return self.exclude(state=AssignmentState.REVOKED)

    def of_units(self, user: Any) -> AssignmentQuerySet:
        """What was dispatched to a unit the user works for."""
        return self.filter(unit_id__in=grants(user).unit_ids, state__in=SENT)

    def visible_to(self, user: Any) -> AssignmentQuerySet:
        """Those of the proposals the user sees; a unit sees its colleagues' rows on the same proposal."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))


class Assignment(Stateful, Versioned):
    """One unit's part in a proposal. The proposal's own state follows from these rows (`services.standing`).

    `leader` (分管领导) and `handler` (承办人) are named by the unit when it signs for it.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="assignments", verbose_name="提案")
    unit = models.ForeignKey(
        HandlingUnit, on_delete=models.PROTECT, related_name="assignments", verbose_name="承办单位"
    )
    role = models.CharField("办理方式", max_length=8, choices=AssignmentRole.choices, default=AssignmentRole.SINGLE)
    note = models.TextField("交办要求", blank=True)
    dispatched_at = models.DateTimeField("交办时间", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    replied_at = models.DateTimeField("答复时间", null=True)
    done_at = models.DateTimeField("办结时间", null=True)
    leader = models.CharField("分管领导", max_length=40, blank=True)
    handler = models.CharField("承办人", max_length=40, blank=True)
    handler_phone = models.CharField("承办人电话", max_length=30, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["proposal_id", "id"]
        indexes = [
            models.Index(fields=["unit", "state", "-dispatched_at"], name="assignment_unit_list"),
            models.Index(fields=["proposal", "state"], name="assignment_proposal"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_declared"),
            models.CheckConstraint(condition=Q(role__in=AssignmentRole.values), name="assignment_role_declared"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "revoked"]) | Q(dispatched_at__isnull=False),
                name="assignment_sent_has_date",
            ),
            models.UniqueConstraint(
                fields=["proposal", "unit"], condition=~Q(state="revoked"), name="assignment_unit_once"
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(role__in=["single", "lead"]) & ~Q(state="revoked"),
                name="assignment_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}（{self.get_role_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("assignment_detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        if self.is_coop and self.state == AssignmentState.REPLIED:
            return "已出会办意见"
        return AssignmentState(self.state).label

    @property
    def tone(self) -> str:
        return ASSIGNMENT_TONES[AssignmentState(self.state)]

    @property
    def is_coop(self) -> bool:
        return self.role == AssignmentRole.COOP

    @property
    def answers(self) -> bool:
        """Does this unit reply to the proposers?"""
        return self.role in ANSWERING


class ReassignRequest(models.Model):
    """A unit says that the proposal is not its business (申请改办). The office decides; every row stays."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reassign_requests")
    reason = models.TextField("理由")
    wished_unit = models.ForeignKey(
        HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="建议改由"
    )
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.REQUESTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField("答复", blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="reassign_state_declared"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(state="requested"), name="reassign_one_open"),
        ]

    def __str__(self) -> str:
        return f"申请改办：{self.get_state_display()}"
