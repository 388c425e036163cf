"""Elections (评优): outstanding proposals and model handling units."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import HandlingUnit, Office
from organisation.selectors import grants
from proposals.models import Proposal
from supervision.enums import ELECTION_TONES, ElectionKind, ElectionState, QuotaKind, VotingWay


class ElectionQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ElectionQuerySet:
        """Staff and leaders of the office and of those above it, and the judges."""
        where = grants(user).where(Can.VIEW_PROPOSALS)
        judged = Election.judges.through.objects.filter(user_id=user.pk).values("election_id")
        return self.filter(Q(office_id__in=where) | Q(pk__in=judged))


class Election(Stateful, Versioned):
    """One election of a year. `quota` is a number of places, or per cent of what may be chosen from."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    kind = models.CharField("评选", max_length=12, choices=ElectionKind.choices)
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=80)
    procedure = models.TextField("评选办法", blank=True)
    quota_kind = models.CharField("名额方式", max_length=8, choices=QuotaKind.choices, default=QuotaKind.NUMBER)
    quota = models.PositiveSmallIntegerField("名额（件、家）或百分比")
    quota_text = models.CharField("名额依据", max_length=200, blank=True)
    voting = models.CharField("投票方式", max_length=10, choices=VotingWay.choices, default=VotingWay.BALLOTS)
    judges = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="评委")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("批准时间", null=True)
    published_at = models.DateTimeField("公布时间", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ElectionState.values), name="election_state_declared"),
            models.CheckConstraint(condition=Q(kind__in=ElectionKind.values), name="election_kind_declared"),
            models.CheckConstraint(condition=Q(quota_kind__in=QuotaKind.values), name="election_quota_declared"),
            models.CheckConstraint(condition=Q(voting__in=VotingWay.values), name="election_voting_declared"),
            models.CheckConstraint(condition=Q(quota__gte=1), name="election_has_places"),
            models.CheckConstraint(
                condition=~Q(quota_kind="percent") | Q(quota__lte=100), name="election_per_cent_of_all"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, approved_at__isnull=False, approved_by__isnull=False),
                name="election_published_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("election", args=[self.pk])

    @property
    def state_label(self) -> str:
        return ElectionState(self.state).label

    @property
    def tone(self) -> str:
        return ELECTION_TONES[ElectionState(self.state)]

    @property
    def of_proposals(self) -> bool:
        return self.kind == ElectionKind.PROPOSALS


class Nomination(models.Model):
    """A proposal or a unit put forward. `votes`: recorded at a meeting; with ballots they are counted instead."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="nominations")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations", verbose_name="提案"
    )
    unit = models.ForeignKey(
        HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations",
        verbose_name="承办单位",
    )  # fmt: skip
    reason = models.TextField("推荐理由")
    votes = models.PositiveSmallIntegerField("得票", null=True, blank=True)
    elected = models.BooleanField("入选", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["election", "proposal"], name="nominated_proposal_once"),
            models.UniqueConstraint(fields=["election", "unit"], name="nominated_unit_once"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=True, unit__isnull=False) | Q(proposal__isnull=False, unit__isnull=True),
                name="nominated_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal or self.unit)


class Ballot(models.Model):
    """One judge's vote for one nomination."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="ballots")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "judge"], name="election_ballot_once")]

    def __str__(self) -> str:
        return f"{self.judge_id} → {self.nomination_id}"
