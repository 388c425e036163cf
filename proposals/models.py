"""Proposals (提案), their proposers and the gapless case numbers of a session."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.casenumbers import Counter
from core.clock import chinese_number
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import Office, Session
from organisation.selectors import grants
from proposals.enums import RECEIVED, ProposalKind, ProposalState


class ProposalQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Proposers: their own. Staff and leaders: what their office received, and what members of theirs submitted."""
        offices = grants(user).where(Can.VIEW_PROPOSALS)
        received = Q(state__in=RECEIVED) & (Q(office_id__in=offices) | Q(home_office_id__in=offices))
        mine = Proposer.objects.filter(member__user_id=user.pk).values("proposal_id")
        return self.filter(received | Q(pk__in=mine))


class Proposal(Stateful, Versioned):
    """One matter, one proposal (一事一案): background, analysis, suggestions.

    `office` is the committee's office that receives and files it, `home_office` the liaison office of the lead
    proposer. `submitted_at`, `session` and `in_plenary` are decided at the first submission and stay as they are when
    a returned proposal comes back. `case_no` is given at filing, counts from 1 in each session without gaps and is
    never used twice.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="proposals", verbose_name="受理机构")
    home_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="联络处")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals", verbose_name="届次"
    )
    kind = models.CharField("类别", max_length=12, choices=ProposalKind.choices, default=ProposalKind.INDIVIDUAL)
    case_no = models.PositiveIntegerField("案号", null=True, blank=True)
    subject = models.CharField("案由", max_length=80)
    category = models.CharField("分类", max_length=40, blank=True)
    background = models.TextField("情况", blank=True)
    analysis = models.TextField("分析", blank=True)
    suggestions = models.TextField("建议", blank=True)
    wished_units = models.CharField("建议承办单位", max_length=120, blank=True)
    may_publish = models.BooleanField("同意公开", default=True)
    in_plenary = models.BooleanField("会议期间提交", default=False)
    submitted_at = models.DateTimeField("提交时间", null=True)
    filed_at = models.DateTimeField("立案时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["office", "-submitted_at", "-id"], name="proposal_office_list"),
            models.Index(fields=["home_office", "-submitted_at", "-id"], name="proposal_home_list"),
            models.Index(fields=["-submitted_at", "-id"], name="proposal_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "case_no"], name="case_no_once_per_session"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_declared"),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(case_no__isnull=False, filed_at__isnull=False),
                name="filed_proposal_has_case_no",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, session__isnull=False),
                name="proposal_submitted_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "（还没有写案由）"

    def get_absolute_url(self) -> str:
        return reverse("proposal_detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        return ProposalState(self.state).label

    @property
    def case_label(self) -> str:
        """第12号, or empty before filing."""
        return f"第{self.case_no}号" if self.case_no else ""

    @property
    def full_case_label(self) -> str:
        """十届五次会议第12号, or empty before filing. Needs the session and its term."""
        if not self.case_no or self.session is None:
            return ""
        term, number = chinese_number(self.session.term.number), chinese_number(self.session.number)
        return f"{term}届{number}次会议{self.case_label}"

    @property
    def receipt_no(self) -> str:
        """Number on the receipt: the day of submission and the record's own number. It is no case number."""
        return f"TA{timezone.localtime(self.submitted_at):%Y%m%d}-{self.pk:05}" if self.submitted_at else ""


class Proposer(models.Model):
    """A member's part in a proposal. The first in order leads."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="proposers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposer_rows")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "member"], name="proposer_once"),
            models.UniqueConstraint(fields=["proposal", "order"], name="proposer_order_once"),
        ]

    def __str__(self) -> str:
        return self.member.name


class CaseCounter(Counter):
    """The last case number given in a session."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="case_counter")

    def __str__(self) -> str:
        return f"{self.session}: {self.last}"
