"""Clocks: each stage has its own, with its extensions, pauses and reminders."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.workdays import Unit
from handling.enums import AskState, Outcome, ReminderKind, Stage
from handling.models.assignments import Assignment
from proposals.models import Proposal


class ClockQuerySet(models.QuerySet):
    def running(self) -> ClockQuerySet:
        return self.filter(stopped_on__isnull=True)


class Clock(models.Model):
    """The time one stage may take. Runs while `stopped_on` is empty.

    `amount` and `unit` are the rule as it was when the clock began. `due_on` is computed from start, length,
    extensions, pauses and the calendar by `services.clocks` and stored for lists; how it came about is computed anew
    when shown. `subject_id`: what in particular has to be done (a promised item of a reply), empty otherwise.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="clocks")
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="clocks")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    stage = models.CharField("环节", max_length=12, choices=Stage.choices)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    started_on = models.DateField("起算日")
    amount = models.PositiveSmallIntegerField("期限")
    unit = models.CharField("单位", max_length=10, choices=Unit.choices, default=Unit.WORKDAYS)
    due_on = models.DateField("到期日")
    stopped_on = models.DateField("结束日", null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["stopped_on", "due_on"], name="clock_running_due"),
            models.Index(fields=["assignment", "stage"], name="clock_assignment"),
            models.Index(fields=["proposal", "stage"], name="clock_proposal"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="clock_stage_declared"),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="clock_due_after_start"),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, outcome="")
                | Q(stopped_on__isnull=False, outcome__in=Outcome.values),
                name="clock_stopped_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.due_on}"


class Extension(models.Model):
    """More time: asked for by the unit with a reason, decided by the office. Granted ones add up."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    amount = models.PositiveSmallIntegerField("延长")
    unit = models.CharField("单位", max_length=10, choices=Unit.choices, default=Unit.MONTHS)
    reason = models.TextField("理由")
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.REQUESTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField("答复", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="extension_state_declared"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="extension_has_length"),
            models.UniqueConstraint(fields=["clock"], condition=Q(state="requested"), name="extension_one_open"),
        ]

    def __str__(self) -> str:
        return f"延期{self.amount}{self.get_unit_display()}"


class Pause(models.Model):
    """The clock stands still from `first` to `last` (both included; empty: still standing). `reason` is a code of
    pause_reason.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    first = models.DateField("从")
    last = models.DateField("到", null=True, blank=True)
    reason = models.CharField("原因", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="clock_pause_order"),
            models.UniqueConstraint(fields=["clock"], condition=Q(last__isnull=True), name="clock_one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"{self.first} 暂停"


class Reminder(models.Model):
    """A reminder that was sent. Automatic ones: once of each kind and due date, so an extension arms them again."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind.choices)
    due_on = models.DateField()
    text = models.CharField("内容", max_length=200, blank=True)
    recipients = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "kind", "due_on"], condition=~Q(kind="by_hand"), name="reminder_once_automatic"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
