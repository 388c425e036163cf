"""Calls for submissions (征文、大会发言…), what members submit, scores and prizes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from calls.enums import ANNOUNCED, CALL_TONES, ENTRY_TONES, RECEIVED, CallState, EntryState, Presented
from core.models import Stateful, StoredFile, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import Office
from organisation.selectors import grants


class CallQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> CallQuerySet:
        """Those of the offices the user looks into; members: what their office or one above it has sent out."""
        held = grants(user)
        shown = Q(office_id__in=held.where(Can.VIEW_CALLS))
        if held.holds(Can.WRITE_CALLS) and held.home:
            shown |= sent_down_to(held.home) & ~Q(state=CallState.DRAFT)
        return self.filter(shown)


def sent_down_to(home: Office) -> Q:
    """Of this office, of the one above it and of the one above that: no tree is deeper, and it costs no query."""
    top = Office.objects.filter(pk=home.parent_id).values("parent_id")
    return Q(office_id__in=[home.pk, home.parent_id or home.pk]) | Q(office_id__in=top)


class Call(Stateful, Versioned):
    """One call. `kind` is a code of the list “call_kind”; word limits only warn; `closes_at` is what is announced,
    `grace_minutes` how long the server takes late ones (fixed on opening from the rule call.grace_minutes).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="calls", verbose_name="办公室")
    kind = models.CharField("类型", max_length=40)
    title = models.CharField("名称", max_length=120)
    brief = models.TextField("征集要求", blank=True)
    eligible = models.CharField("谁可以提交", max_length=200, blank=True)
    words_min = models.PositiveIntegerField("字数下限", null=True, blank=True)
    words_max = models.PositiveIntegerField("字数上限", null=True, blank=True)
    opens_at = models.DateTimeField("开始时间", null=True, blank=True)
    closes_at = models.DateTimeField("截止时间", null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField("公布时间", null=True)
    judges = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="评委")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-id"]
        indexes = [models.Index(fields=["office", "-closes_at"], name="call_office_list")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_declared"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="call_open_has_times",
            ),
            models.CheckConstraint(
                condition=Q(words_min__isnull=True) | Q(words_max__isnull=True) | Q(words_max__gte=F("words_min")),
                name="call_words_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("call_detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        is_over = self.state == CallState.OPEN and self.is_over
        return "已到截稿时间" if is_over else CallState(self.state).label

    @property
    def tone(self) -> str:
        return CALL_TONES[CallState(self.state)]

    @property
    def takes_entries(self) -> bool:
        """Now, by the server's clock, the grace included."""
        now = timezone.now()
        if self.state != CallState.OPEN or self.opens_at > now:
            return False
        return now < self.closes_at + timedelta(minutes=self.grace_minutes)

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_announced(self) -> bool:
        return self.state in ANNOUNCED


class EntryQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> EntryQuerySet:
        """Authors: their own. Offices: what was received by them or written by a member they look after."""
        where = grants(user).where(Can.VIEW_CALLS)
        received = Q(state__in=RECEIVED) & (Q(call__office_id__in=where) | Q(office_id__in=where))
        mine = EntryAuthor.objects.filter(member__user_id=user.pk).values("entry_id")
        return self.filter(received | Q(pk__in=mine))


class Entry(Stateful, Versioned):
    """One text submitted to a call. `office` is the author's liaison office, `kind` that of the call.

    `prize` is a code of the list “prize_level”. `collective`: in whose name, when not only in the authors' own.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="entries", verbose_name="征集")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="call_entries", verbose_name="联络处")
    kind = models.CharField("类型", max_length=40)
    title = models.CharField("题目", max_length=120)
    body = models.TextField("正文", blank=True)
    collective = models.CharField("集体名义", max_length=80, blank=True)
    attachment = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    prize = models.CharField("奖项", max_length=40, blank=True)
    presented = models.CharField("会上交流", max_length=10, choices=Presented.choices, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_at = models.DateTimeField("处理时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["call", "state"], name="call_entry_call_state"),
            models.Index(fields=["office", "-submitted_at", "-id"], name="call_entry_office_list"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="call_entry_state_declared"),
            models.CheckConstraint(condition=Q(presented__in=Presented.values), name="call_entry_presented_declared"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="call_entry_submitted_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected"]) | Q(decided_at__isnull=False),
                name="call_entry_decided_has_date",
            ),
            models.CheckConstraint(
                condition=Q(prize="") | Q(state__in=["submitted", "accepted"]), name="call_entry_prize_in_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "（还没有写题目）"

    def get_absolute_url(self) -> str:
        return reverse("entry_detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        return EntryState(self.state).label

    @property
    def tone(self) -> str:
        return ENTRY_TONES[EntryState(self.state)]

    @property
    def receipt_no(self) -> str:
        """Number on the receipt: the day of submission and the record's own number."""
        return f"ZJ{timezone.localtime(self.submitted_at):%Y%m%d}-{self.pk:05}" if self.submitted_at else ""


class EntryAuthor(models.Model):
    """A member's part in a submission; the first one writes and submits."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="authors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="call_entry_rows")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "member"], name="call_entry_author_once")]

    def __str__(self) -> str:
        return self.member.name


class Score(models.Model):
    """One judge's points for one submission."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="scores")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField("分数", max_digits=5, decimal_places=1)
    remark = models.CharField("评语", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "judge"], name="call_score_judge_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="call_score_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.points)


class GroupPrize(models.Model):
    """A prize for a group or an organisation, by its name."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="group_prizes")
    name = models.CharField("获奖单位", max_length=80)
    prize = models.CharField("奖项", max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["prize", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "prize", "name"], name="call_group_prize_once")]

    def __str__(self) -> str:
        return self.name
