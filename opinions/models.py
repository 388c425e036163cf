"""Social-opinion submissions (社情民意信息) and their authors."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from opinions.enums import RECEIVED, OpinionState
from organisation.models import Office
from organisation.selectors import grants


class OpinionQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> OpinionQuerySet:
        """Authors: their own. Staff and leaders: what the offices they look into received."""
        received = Q(state__in=RECEIVED, office_id__in=grants(user).where(Can.VIEW_OPINIONS))
        mine = OpinionAuthor.objects.filter(member__user_id=user.pk).values("opinion_id")
        return self.filter(received | Q(pk__in=mine))


class OpinionReport(Stateful, Versioned):
    """One matter reported by a member to their liaison office (一事一报): situation and suggestions.

    `category` holds the code of the list “opinion_category”. `origin` says in words what it was made from, and
    `origin_url` where that is. `is_converted`: the text was handed in as something else already and is counted there
    as a submission; here it counts only when it is accepted (domain.md, section b: 不重复计分).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="opinions", verbose_name="联络处")
    title = models.CharField("标题", max_length=80)
    category = models.CharField("分类", max_length=40, blank=True)
    situation = models.TextField("情况反映", blank=True)
    suggestions = models.TextField("意见建议", blank=True)
    is_urgent = models.BooleanField("急报", default=False)
    submitted_at = models.DateTimeField("报送时间", null=True)
    decided_at = models.DateTimeField("处理时间", null=True)
    origin = models.CharField("来源", max_length=200, blank=True)
    origin_url = models.CharField(max_length=200, blank=True)
    is_converted = models.BooleanField("转来", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["office", "-submitted_at", "-id"], name="opinion_office_list"),
            models.Index(fields=["-submitted_at", "-id"], name="opinion_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OpinionState.values), name="opinion_state_declared"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="opinion_submitted_has_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "（还没有写标题）"

    def get_absolute_url(self) -> str:
        return reverse("opinion_detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        return OpinionState(self.state).label

    @property
    def receipt_no(self) -> str:
        """Number on the receipt: the day of submission and the record's own number."""
        return f"SQ{timezone.localtime(self.submitted_at):%Y%m%d}-{self.pk:05}" if self.submitted_at else ""


class OpinionAuthor(models.Model):
    """A member's part in a submission."""

    opinion = models.ForeignKey(OpinionReport, on_delete=models.CASCADE, related_name="authors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="opinion_rows")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["opinion", "member"], name="opinion_author_once")]

    def __str__(self) -> str:
        return self.member.name
