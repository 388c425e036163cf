"""Annual plans: ordered prose, targets that are counted from records, and what is scheduled for which month."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.roles import Can
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import LiaisonGroup, Office
from organisation.selectors import grants
from plans.enums import EDITABLE, PUBLISHED, ItemState, Metric, Operator, PartOfMonth, Period, PlanState, Scope
from plans.times import Time


class PlanQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> PlanQuerySet:
        """Staff and leaders: plans of the offices they look into. Members: what their own office has approved."""
        held = grants(user)
        own = held.home_ids if "member" in held.roles else ()
        published = Q(office_id__in=own, state__in=PUBLISHED)
        return self.filter(Q(office_id__in=held.where(Can.VIEW_PLANS)) | published)

    def in_force(self) -> PlanQuerySet:
        """The approved version of each office and year."""
        return self.filter(state=PlanState.APPROVED)


class AnnualPlan(Stateful, Versioned):
    """One version of an office's plan for a year. Approving an amendment supersedes the version before it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="plans", verbose_name="办公室")
    year = models.PositiveSmallIntegerField("年度")
    revision = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("标题", max_length=120)
    foreword = models.TextField("前言", blank=True)
    amends = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by")
    approved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "office__code", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "revision"], name="plan_revision_once"),
            models.UniqueConstraint(fields=["office", "year"], condition=Q(state="approved"), name="one_plan_in_force"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_declared"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="plan_year_sane"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_open(self) -> bool:
        """Still on its way to approval."""
        return self.state not in PUBLISHED

    @property
    def state_label(self) -> str:
        return PlanState(self.state).label


class PlanPart(models.Model):
    """An ordered row of a plan. `lineage` stays the same through amendments, so records keep their link."""

    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        abstract = True
        ordering = ["order", "id"]


class PlanSection(PlanPart):
    """A heading and its prose. Level 1 prints as 一、, level 2 as （一）."""

    plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="sections")
    level = models.PositiveSmallIntegerField("层级", choices=[(1, "一级标题"), (2, "二级标题")], default=1)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", blank=True)

    class Meta(PlanPart.Meta):
        constraints = [models.CheckConstraint(condition=Q(level__in=[1, 2]), name="section_level_declared")]

    def __str__(self) -> str:
        return self.title


class Target(PlanPart):
    """A number the year is measured by. Its actual is computed from records by `plans.progress`, never stored.

    `measure` names an entry of `plans.measures.measures`; `filters` narrows its records ({"type": "inspection"}).
    An empty `amount` is a target still to be set. `alternatives` are other subjects that count as well (一个项目或一笔
    资金), each {"measure", "filters", "metric"}. `coverage_goal`: with 每名委员 and 每个联络组, how many per cent of
    them have to reach the amount; empty means all.
    """

    plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="targets")
    text = models.CharField("目标", max_length=200)
    measure = models.CharField("统计内容", max_length=40)
    filters = models.JSONField(default=dict, blank=True)
    metric = models.CharField("统计方式", max_length=16, choices=Metric.choices, default=Metric.RECORDS)
    operator = models.CharField("要求", max_length=10, choices=Operator.choices, default=Operator.AT_LEAST)
    amount = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField("上限", max_digits=12, decimal_places=2, null=True, blank=True)
    period = models.CharField("周期", max_length=12, choices=Period.choices, default=Period.YEAR)
    scope = models.CharField("范围", max_length=12, choices=Scope.choices, default=Scope.OFFICE)
    alternatives = models.JSONField("或者", default=list, blank=True)
    coverage_goal = models.DecimalField("覆盖面（%）", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta(PlanPart.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="target_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=(~Q(operator="range") & Q(amount_max__isnull=True))
                | Q(operator="range", amount_max__gte=F("amount")),
                name="target_range_has_maximum",
            ),
            models.CheckConstraint(
                condition=Q(coverage_goal__isnull=True) | Q(coverage_goal__gt=0, coverage_goal__lte=100),
                name="target_coverage_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ScheduledItem(PlanPart):
    """What is to happen when: a month, a third of it (旬), a span of months, or during the plenary.

    `until_month` ends a span; `part_of_month` then belongs to that last month. Only an item during the plenary may
    be without `month`: its days are those of the session. What became of it since the approval (moved, cancelled)
    is no part of the item: see `Adjustment`. Items of one recurring arrangement share `series`.
    """

    plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="items")
    month = models.PositiveSmallIntegerField("月份", null=True, blank=True)
    until_month = models.PositiveSmallIntegerField("至几月", null=True, blank=True)
    part_of_month = models.CharField("旬", max_length=8, choices=PartOfMonth.choices, default=PartOfMonth.WHOLE)
    kind = models.CharField("类型", max_length=40, blank=True, help_text="activity type code")
    form = models.CharField("协商形式", max_length=40, blank=True, help_text="code of the list consultation_form")
    topic = models.CharField("主题", max_length=200)
    content = models.TextField("内容", blank=True)
    participants = models.CharField("参加人员", max_length=300, blank=True)
    organisers = models.CharField("组织单位", max_length=300, blank=True)
    group = models.ForeignKey(
        LiaisonGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="联络组"
    )
    series = models.UUIDField(null=True, blank=True, editable=False)

    class Meta(PlanPart.Meta):
        ordering = [F("month").asc(nulls_first=True), "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12) | Q(month__isnull=True, part_of_month="plenary"),
                name="item_month_in_year",
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("month"), until_month__lte=12),
                name="item_span_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("plan_item", args=[self.pk])

    @property
    def time(self) -> Time:
        """When the plan says it is."""
        return Time(self.month, self.until_month, self.part_of_month)

    @property
    def organiser_list(self) -> list[str]:
        return [name for name in re.split("[、，,;；]", self.organisers) if name.strip()]


class Adjustment(Stateful):
    """What was decided about an item of the plan in force without amending the plan: moved, merged, cancelled.

    It lies on top of the item and is known by its lineage, so the approved text stays as it was approved and an
    amendment takes the decision along. `month`, `until_month`, `part_of_month` are the new time of a moved item,
    `into` is the lineage of the item a merged one went into; `reason` is the last one given, `plans.workflow` has all.
    """

    lineage = models.UUIDField(unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    until_month = models.PositiveSmallIntegerField(null=True, blank=True)
    part_of_month = models.CharField(max_length=8, choices=PartOfMonth.choices, default=PartOfMonth.WHOLE)
    into = models.UUIDField(null=True, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="adjustment_state_declared"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="adjustment_month_in_year"
            ),
            models.CheckConstraint(
                condition=~Q(state="moved") | Q(month__isnull=False) | Q(part_of_month="plenary"),
                name="moved_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False) | (~Q(state="merged") & Q(into__isnull=True)),
                name="merged_item_names_the_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_label}（{self.office}{self.year}年）"

    @property
    def state_label(self) -> str:
        return ItemState(self.state).label

    @property
    def time(self) -> Time:
        return Time(self.month, self.until_month, self.part_of_month)
