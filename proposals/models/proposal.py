"""Proposals (提案)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.clock import chinese_number
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from core.registry import Registry
from members.models import Member
from organisation.models import Office, Session
from organisation.selectors import grants
from proposals.enums import NUMBERED, RECEIVED, SIGNING, TONES, UNSENT, InvitationState, ProposalKind, ProposalState
from proposals.models.batches import Batch

#: Who else sees which proposals: name → (user) -> Q. Apps above add theirs (handling units: what was assigned to them).
others_see: Registry[Callable[[Any], Q]] = Registry("further readers of proposals")
#: Invited and not answered with no.
INVITED = (InvitationState.PENDING, InvitationState.ACCEPTED)


class ProposalQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Proposers: their own; those asked to sign: while they are asked. Staff and leaders: what their office
        received, and what members of theirs submitted. Further readers: what their app says (`others_see`).
        """
        offices = grants(user).where(Can.VIEW_PROPOSALS)
        seen = own_of(user) | Q(state__in=RECEIVED) & (Q(office_id__in=offices) | Q(home_office_id__in=offices))
        for further in others_see:
            seen |= further(user)
        return self.filter(seen)


def own_of(user: Any) -> Q:
    """What the member wrote, signed, is asked to sign as a co-signer, or is to sign as convenor."""
    mine = Proposal.objects.filter(proposers__member__user_id=user.pk).values("pk")
    asked = Proposal.objects.filter(
        state__in=SIGNING, invitations__member__user_id=user.pk, invitations__state__in=INVITED
    ).values("pk")
    convened = Proposal.objects.filter(convenor__user_id=user.pk).exclude(state=ProposalState.DRAFT).values("pk")
    return Q(pk__in=mine) | Q(pk__in=asked) | Q(pk__in=convened)


class Proposal(Stateful, Versioned):
    """One matter, one proposal (一事一案): background, analysis, suggestions.

    `office` is the committee's office that receives and files it, `home_office` the liaison office of the lead
    proposer. `submitted_at`, `session` and `in_plenary` are decided at the first submission and stay as they are when
    a returned proposal comes back. `serial_no` is given at the first submission, `case_no` at filing; both count from
    1 in each session without gaps and are never used twice. A collective proposal names its kind (code list
    collective_kind) and is signed by its convenor. `leftover`: what was not recognised in an uploaded document; empty
    before it is submitted. `merged_into`: answered together with that one, to its own
    proposers. `not_filed_reason` is a code of proposal_not_filed_reason; `became` what a proposal not filed was
    turned into, in words, `became_url` where that is.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="proposals", verbose_name="受理机构")
    home_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="联络处")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals", verbose_name="届次"
    )
    kind = models.CharField("类别", max_length=12, choices=ProposalKind.choices, default=ProposalKind.INDIVIDUAL)
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals", verbose_name="征集"
    )
    collective_kind = models.CharField("集体类型", max_length=40, blank=True)
    collective_name = models.CharField("集体名称", max_length=80, blank=True)
    convenor = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="convened_proposals",
        verbose_name="召集人",
    )
    signed_at = models.DateTimeField("签署时间", null=True)
    serial_no = models.PositiveIntegerField("流水号", null=True, blank=True)
    case_no = models.PositiveIntegerField("案号", null=True, blank=True)
    subject = models.CharField("案由", max_length=80)
    category = models.CharField("分类", max_length=40, blank=True)
    background = models.TextField("情况", blank=True)
    analysis = models.TextField("分析", blank=True)
    suggestions = models.TextField("建议", blank=True)
    leftover = models.TextField("没有认出的文字", blank=True)
    wished_units = models.CharField("建议承办单位", max_length=120, blank=True)
    may_publish = models.BooleanField("同意公开", default=True)
    unpublish_reason = models.CharField("不同意公开的理由", max_length=200, blank=True)
    in_plenary = models.BooleanField("会议期间提交", default=False)
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_at = models.DateTimeField("审查决定时间", null=True)
    filed_at = models.DateTimeField("立案时间", null=True)
    not_filed_reason = models.CharField("不予立案的理由", max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", verbose_name="并入"
    )
    became = models.CharField("转为", max_length=80, blank=True)
    became_url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["office", "-submitted_at", "-id"], name="proposal_office_list"),
            models.Index(fields=["home_office", "-submitted_at", "-id"], name="proposal_home_list"),
            models.Index(fields=["-submitted_at", "-id"], name="proposal_newest"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="proposal_state_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "case_no"], name="case_no_once_per_session"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_declared"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(NUMBERED)) | Q(case_no__isnull=False, filed_at__isnull=False),
                name="filed_proposal_has_case_no",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNSENT)) | Q(submitted_at__isnull=False, session__isnull=False),
                name="proposal_submitted_has_date",
            ),
            models.UniqueConstraint(fields=["session", "serial_no"], name="proposal_serial_once"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="merged_proposal_says_where"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="proposal_not_into_itself"),
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
    def number_label(self) -> str:
        """What the office calls it: 第12号 once it is filed, before that the serial number, 流水35."""
        return self.case_label or (f"流水{self.serial_no}" if self.serial_no else "")

    @property
    def full_case_label(self) -> str:
        """十届五次会议第12号, or empty before filing. Needs the session and its term."""
        if not self.case_no or self.session is None:
            return ""
        term, number = chinese_number(self.session.term.number), chinese_number(self.session.number)
        return f"{term}届{number}次会议{self.case_label}"

    @property
    def tone(self) -> str:
        return TONES[ProposalState(self.state)]

    @property
    def proposers_label(self) -> str:
        """Whose it is, in words: the body for a collective one, else the names. Needs proposers with members."""
        names = [row.member.name for row in self.proposers.all()]
        if self.kind == ProposalKind.COLLECTIVE:
            return self.collective_name or "、".join(names)
        return "、".join(names)

    @property
    def short_proposers_label(self) -> str:
        """The same for a table: the first and how many."""
        names = [row.member.name for row in self.proposers.all()]
        if self.kind == ProposalKind.COLLECTIVE or len(names) < 3:
            return self.proposers_label
        return f"{names[0]}等{len(names)}人"

    @property
    def receipt_no(self) -> str:
        """Number on the receipt: the day of submission and the serial number of the session. It is no case number."""
        return f"TA{timezone.localtime(self.submitted_at):%Y%m%d}-{self.serial_no or 0:04}" if self.submitted_at else ""
