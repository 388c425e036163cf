"""Scores of units (民主评议): criteria and units of one activity, sheets counted by staff, ballots of members.

Nothing ties a member to a score: a ballot says only that the member has voted, the points are sums.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from members.models import Member
from organisation.models import HandlingUnit


class ScoreCriterion(models.Model):
    """What is scored: 服务态度, 办事效率… with the most points one scorer can give."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="criteria")
    label = models.CharField("评议项目", max_length=40)
    top = models.PositiveSmallIntegerField("满分", default=100)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "label"], name="criterion_once"),
            models.CheckConstraint(condition=Q(top__gte=1), name="criterion_top_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class ScoredUnit(models.Model):
    """A unit that is appraised, what was said about it, and its rectification (整改)."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="scored_units")
    unit = models.ForeignKey(HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("被评议单位", max_length=60)
    sheets = models.PositiveIntegerField("测评表份数", default=0)
    ballots = models.PositiveIntegerField("网上评议人数", default=0)
    opinions = models.TextField("评议意见", blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成日期", null=True, blank=True)
    rectification = models.TextField("整改情况", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "name"], name="scored_unit_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scorers(self) -> int:
        return self.sheets + self.ballots


class UnitScore(models.Model):
    """Sums of points for one unit and criterion: from the sheets staff counted, and from ballots."""

    unit = models.ForeignKey(ScoredUnit, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(ScoreCriterion, on_delete=models.CASCADE, related_name="scores")
    sheet_points = models.DecimalField("测评表得分合计", max_digits=10, decimal_places=1, default=Decimal(0))
    ballot_points = models.DecimalField("网上得分合计", max_digits=10, decimal_places=1, default=Decimal(0))

    class Meta:
        ordering = ["unit", "criterion"]
        constraints = [models.UniqueConstraint(fields=["unit", "criterion"], name="unit_score_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.criterion}"


class ScoreBallot(models.Model):
    """This member has scored at this activity; what, nobody can tell."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="ballots")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="ballot_once")]

    def __str__(self) -> str:
        return str(self.member)
