"""Key proposals (重点提案) and how a leader supervises each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from core.clock import today
from core.models import Stateful, StoredFile, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import Committee, Office
from organisation.selectors import grants
from proposals.models import Proposal
from supervision.enums import KEY_TONES, KeyState


class KeyCaseQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> KeyCaseQuerySet:
        """Staff and leaders of the receiving and of the home office, and the leader who supervises it."""
        where = grants(user).where(Can.VIEW_PROPOSALS)
        led = Q(leader_id=user.pk) & ~Q(state=KeyState.DROPPED)
        return self.filter(Q(office_id__in=where) | Q(proposal__home_office_id__in=where) | led)


class KeyCase(Stateful, Versioned):
    """One proposal as a key proposal of one year.

    `leader`: the account of the supervising leader, when there is one; `leader_name` is always said. `committee`
    organises the supervision.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="受理机构")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="key_cases", verbose_name="提案")
    year = models.PositiveSmallIntegerField("年度")
    topic = models.CharField("督办主题", max_length=120, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="督办领导账号",
    )  # fmt: skip
    leader_name = models.CharField("督办领导", max_length=40, blank=True)
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="组织督办的专委会"
    )
    result = models.TextField("督办结果", blank=True)
    confirmed_at = models.DateTimeField("确定时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KeyCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "proposal__case_no", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "year"], name="key_case_once_a_year"),
            models.CheckConstraint(condition=Q(state__in=KeyState.values), name="key_case_state_declared"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "finished"]) | Q(confirmed_at__isnull=False),
                name="key_case_confirmed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(finished_at__isnull=False), name="key_case_finished_has_date"
            ),
        ]

    def __str__(self) -> str:
        return self.topic or str(self.proposal)

    def get_absolute_url(self) -> str:
        return reverse("key_case", args=[self.pk])

    @property
    def state_label(self) -> str:
        return KeyState(self.state).label

    @property
    def tone(self) -> str:
        return KEY_TONES[KeyState(self.state)]


class KeyTask(models.Model):
    """What is to be done in the supervision, by whom, until when."""

    case = models.ForeignKey(KeyCase, on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField("任务", max_length=200)
    who = models.CharField("责任人（单位）", max_length=60)
    until = models.DateField("完成期限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        """Nobody is late any more once the supervision is over."""
        overdue = self.done_on is None and self.until is not None and self.until < today()
        return overdue and self.case.state == KeyState.CONFIRMED


class KeyRecord(models.Model):
    """What happened in the supervision. `way` is a code of supervision_way; `is_instruction`: the leader's word."""

    case = models.ForeignKey(KeyCase, on_delete=models.CASCADE, related_name="records")
    day = models.DateField("日期")
    way = models.CharField("方式", max_length=40, blank=True)
    text = models.TextField("内容")
    is_instruction = models.BooleanField("领导要求", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.text[:20]}"


class KeyFile(models.Model):
    """A photo (with its thumbnail) or a document of a record."""

    record = models.ForeignKey(KeyRecord, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.file.original_name
