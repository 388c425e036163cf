"""Surveys: questions, who is asked, answer sheets.

An anonymous sheet has no way back to the person: it knows no member, no moment and no sequence (random keys), and
closing the survey writes all sheets anew in random order. Who has answered is known from the seats alone.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.clock import today
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import LiaisonGroup, Office
from organisation.selectors import grants
from surveys.enums import Audience, Kind, SurveyState


class SurveyQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> SurveyQuerySet:
        """Those of the offices the user looks into, and those the user is asked to answer."""
        asked = Seat.objects.filter(member__user_id=user.pk).values("survey_id")
        looked_into = Q(office_id__in=grants(user).where(Can.VIEW_SURVEYS))
        return self.filter(looked_into | Q(pk__in=asked, state__in=[SurveyState.OPEN, SurveyState.CLOSED]))

    def running(self) -> SurveyQuerySet:
        """Those that take answers at this moment by the server's clock."""
        now = timezone.now()
        return self.filter(state=SurveyState.OPEN, opens_at__lte=now, closes_at__gt=now)


class Survey(Stateful, Versioned):
    """A questionnaire. `purpose` is a code of the list “survey_purpose”; `held_on` is the day its result stands for.

    `token` is the secret part of the link for the public, filled on opening.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="surveys", verbose_name="办公室")
    title = models.CharField("名称", max_length=120)
    intro = models.TextField("说明", blank=True)
    purpose = models.CharField("用途", max_length=40, blank=True)
    is_anonymous = models.BooleanField("匿名", default=True)
    audience = models.CharField("填写人", max_length=10, choices=Audience.choices, default=Audience.MEMBERS)
    groups = models.ManyToManyField(LiaisonGroup, blank=True, related_name="surveys", verbose_name="联络组")
    chosen = models.ManyToManyField(Member, blank=True, related_name="+", verbose_name="指定的委员")
    opens_at = models.DateTimeField("开始填写", null=True, blank=True)
    closes_at = models.DateTimeField("截止时间", null=True, blank=True)
    held_on = models.DateField("测评日期", null=True, blank=True)
    token = models.CharField(max_length=43, null=True, unique=True, editable=False)  # noqa: DJ001 - unique, so null
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["office", "-created_at"], name="survey_office_list"),
            models.Index(fields=["state", "held_on"], name="survey_state_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SurveyState.values), name="survey_state_declared"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="survey_audience_declared"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="survey_open_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(audience="public") | Q(is_anonymous=True), name="survey_public_is_anonymous"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("survey_detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def has_begun(self) -> bool:
        return self.opens_at is not None and self.opens_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """The closing time has passed, whatever the state says."""
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def takes_answers(self) -> bool:
        return self.state == SurveyState.OPEN and self.has_begun and not self.is_over

    @property
    def state_text(self) -> str:
        if self.state == SurveyState.OPEN and not self.has_begun:
            return "等待开始"
        return "已到截止时间" if self.state == SurveyState.OPEN and self.is_over else SurveyState(self.state).label

    @property
    def day(self) -> date:
        """The day whose lists and rules hold for this survey."""
        return self.held_on or (timezone.localtime(self.opens_at).date() if self.opens_at else today())


class Question(models.Model):
    """One question. `lineage` knows it again while the draft is edited."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField("题型", max_length=10, choices=Kind.choices)
    text = models.CharField("题目", max_length=200)
    is_required = models.BooleanField("必答", default=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="question_kind_declared")]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("选项", max_length=120)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Seat(models.Model):
    """One member, or one browser of the public, that may answer once. Carries no time: it must not tell which sheet
    is whose.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="survey_seats")
    browser = models.CharField(max_length=64, null=True, help_text="digest of the cookie")  # noqa: DJ001
    answered = models.BooleanField("已填写", default=False)

    class Meta:
        ordering = ["member__name_pinyin", "id"]
        indexes = [models.Index(fields=["member", "answered"], name="seat_member_answered")]
        constraints = [
            models.UniqueConstraint(fields=["survey", "member"], name="seat_member_once"),
            models.UniqueConstraint(fields=["survey", "browser"], name="seat_browser_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=True, browser__isnull=False) | Q(member__isnull=False, browser__isnull=True),
                name="seat_member_or_browser",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or "群众")


class Sheet(models.Model):
    """One set of answers. `member` and `answered_at` are filled in named surveys only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="survey_sheets")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "member"], name="sheet_member_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=True, answered_at__isnull=True)
                | Q(member__isnull=False, answered_at__isnull=False),
                name="sheet_named_or_timeless",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or "匿名答卷")


class Answer(models.Model):
    """What a sheet says to one question; a multiple choice has a row per tick."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    choice = models.ForeignKey(Choice, null=True, on_delete=models.PROTECT, related_name="answers")
    grade = models.CharField(max_length=40, blank=True, help_text="code of the list “satisfaction_grade”")
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text or self.grade or str(self.number or self.choice or "")


class SurveyTemplate(models.Model):
    """Questions to start from. `office` null: shipped. `questions` holds [{kind, text, required, choices}]."""

    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    intro = models.TextField("说明", blank=True)
    purpose = models.CharField("用途", max_length=40, blank=True)
    is_anonymous = models.BooleanField("匿名", default=True)
    questions = models.JSONField(default=list)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["office_id", "id"]

    def __str__(self) -> str:
        return self.title
