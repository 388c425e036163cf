"""Contacts before the reply (面商), replies with their items, and co-handling opinions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.roles import Can
from core.models import Stateful, StoredFile, Versioned
from core.models.workflow import StatefulQuerySet
from handling.enums import ANSWERING, REPLY_TONES, AssignmentRole, ItemKind, PromiseState, ReplyState
from handling.models.assignments import Assignment
from organisation.selectors import grants
from proposals.models import Proposal

#: The unit still writes on it.
WRITABLE = frozenset({ReplyState.DRAFT, ReplyState.SENT_BACK})
#: The office has received it; what the unit drafts before is its own affair.
RECEIVED = frozenset({ReplyState.SENT, ReplyState.SENT_BACK, ReplyState.PASSED})
#: It has left the unit and nobody sent it back.
OUT = frozenset({ReplyState.SENT, ReplyState.PASSED})


class Contact(models.Model):
    """The unit spoke with the proposers before it replied. `way` is a code of contact_way."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="contacts")
    day = models.DateField("日期")
    way = models.CharField("方式", max_length=40)
    persons = models.CharField("参加人员", max_length=200)
    note = models.TextField("情况", blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.persons}"


class ReplyQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ReplyQuerySet:
        """A unit: its own in every state, opinions that helpers sent it as the lead, and what was delivered on the
        same proposal. The office and leaders: from the day it was sent. Proposers, also of merged proposals: what was
        delivered to them.
        """
        held = grants(user)
        mine = Assignment.objects.of_units(user)
        delivered = Q(state=ReplyState.PASSED, assignment__role__in=ANSWERING)
        opinions = Q(state__in=OUT, assignment__role=AssignmentRole.COOP)
        leads = mine.filter(role__in=ANSWERING).values("proposal_id")
        own = Proposal.objects.filter(proposers__member__user_id=user.pk)
        answered = Q(assignment__proposal__in=own.values("pk")) | Q(assignment__proposal__in=own.values("merged_into"))
        offices = held.where(Can.VIEW_PROPOSALS)
        received = Q(assignment__proposal__office_id__in=offices) | Q(assignment__proposal__home_office_id__in=offices)
        return self.filter(
            Q(assignment__in=mine.values("pk"))
            | opinions & Q(assignment__proposal__in=leads)
            | delivered & Q(assignment__proposal__in=mine.values("proposal_id"))
            | delivered & answered
            | Q(state__in=RECEIVED) & received
        )


class Reply(Stateful, Versioned):
    """A unit's reply of one round; a co-handling unit's is its opinion to the lead. Earlier rounds stay.

    `category` is a code of reply_category (A, B, C…). `signatory` signed it, `doc_no` is its number with the unit.
    `sent_at`: the last time it was sent; `passed_at`: delivered to the proposers, never of an opinion.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="replies", verbose_name="承办")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    category = models.CharField("答复类别", max_length=40, blank=True)
    body = models.TextField("正文", blank=True)
    doc_no = models.CharField("发文字号", max_length=60, blank=True)
    checked_by_name = models.CharField("核稿人", max_length=40, blank=True)
    signatory = models.CharField("签发人", max_length=40, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    sent_at = models.DateTimeField("送出时间", null=True)
    passed_at = models.DateTimeField("送达时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["assignment_id", "round", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReplyState.values), name="reply_state_declared"),
            models.UniqueConstraint(fields=["assignment", "round"], name="reply_once_per_round"),
            models.CheckConstraint(
                condition=~Q(state="passed") | Q(passed_at__isnull=False), name="reply_passed_has_date"
            ),
        ]

    def __str__(self) -> str:
        word = "会办意见" if self.is_opinion else "答复"
        return f"第{self.round}次{word}" if self.round > 1 else word

    def get_absolute_url(self) -> str:
        return reverse("reply_detail", args=[self.pk])

    @property
    def is_opinion(self) -> bool:
        """Of a co-handling unit, for the lead."""
        return self.assignment.is_coop

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def state_label(self) -> str:
        if self.is_opinion and self.state in OUT:
            return "已送主办单位"
        return ReplyState(self.state).label

    @property
    def tone(self) -> str:
        return "success" if self.is_opinion and self.state in OUT else REPLY_TONES[ReplyState(self.state)]


def overtaken(path: str) -> Exists:
    """Whether a later round was delivered after the reply at this path: what it promised no longer counts."""
    later = {"assignment": OuterRef(f"{path}assignment"), "round__gt": OuterRef(f"{path}round")}
    return Exists(Reply.objects.filter(state=ReplyState.PASSED, **later))


class ReplyItem(models.Model):
    """One point of a reply: done, promised with its date, or not adopted with the reason.

    A promised item is `open` until a follow-up settles it; `settled_on` is that day.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField("情况", max_length=12, choices=ItemKind.choices)
    text = models.TextField("事项")
    promised_on = models.DateField("计划落实日期", null=True, blank=True)
    reason = models.TextField("未采纳的理由", blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=PromiseState.choices, blank=True)
    settled_on = models.DateField("落实日期", null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["state", "promised_on"], name="reply_item_promised")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="reply_item_kind_declared"),
            models.CheckConstraint(
                condition=~Q(kind="promised") | Q(promised_on__isnull=False, state__in=PromiseState.values),
                name="reply_promise_has_date",
            ),
            models.CheckConstraint(condition=~Q(kind="not_adopted") | ~Q(reason=""), name="reply_refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return self.text


class ReplyFile(models.Model):
    """A file that goes with a reply: the sealed letter, tables, photos."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.file.original_name
