"""Activities of every type, who came, minutes and photos."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities.enums import COUNTED, STATE_TONES, ActivityState, AttendanceState
from core.clock import Span
from core.models import Stateful, StoredFile, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import LiaisonGroup, Office
from organisation.selectors import Grants, grants
from plans.models import ScheduledItem


class ActivityType(models.Model):
    """A type of activity, as data: 视察, 专题调研, 集中学习… `code` is what targets and scheduled items refer to."""

    code = models.CharField("代码", max_length=40, unique=True)
    label = models.CharField("名称", max_length=40)
    order = models.PositiveSmallIntegerField("排序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label


class ActivityQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ActivityQuerySet:
        """Those of the offices the user looks into or belongs to, and those the user is invited to."""
        held = grants(user)
        shown = Q(office_id__in=offices_in_sight(held))
        if "member" in held.roles:
            shown |= Q(pk__in=Attendance.objects.filter(member__user_id=user.pk).values("activity_id"))
        return self.filter(shown)

    def counted(self) -> ActivityQuerySet:
        """Those that took place: what every figure is made of."""
        return self.filter(state__in=COUNTED)

    def within(self, span: Span) -> ActivityQuerySet:
        first, end = span.moments
        return self.filter(starts_at__gte=first, starts_at__lt=end)


def offices_in_sight(held: Grants) -> frozenset[int]:
    """Offices whose activities these grants show: those looked into, and a member's own."""
    return held.where(Can.VIEW_ACTIVITIES) | frozenset(held.home_ids if "member" in held.roles else ())


class Activity(Stateful, Versioned):
    """One event. `item_lineage` ties it to the scheduled item of the plan, whatever version; empty means 计划外.

    `hours`, `households`, `copies` and `amount` (yuan) are quantities targets may sum.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="activities", verbose_name="办公室")
    type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="activities", verbose_name="类型")
    item_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField("名称", max_length=120)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    content = models.TextField("内容", blank=True)
    responsible = models.CharField("责任人", max_length=60, blank=True)
    guests = models.CharField("其他参加人员", max_length=200, blank=True)
    groups = models.ManyToManyField(LiaisonGroup, blank=True, related_name="activities", verbose_name="参加联络组")
    hours = models.DecimalField("时长（小时）", max_digits=6, decimal_places=1, null=True, blank=True)
    households = models.PositiveIntegerField("走访户数", null=True, blank=True)
    copies = models.PositiveIntegerField("资料份数", null=True, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    minutes = models.TextField("活动记录", blank=True)
    outcome = models.TextField("成效与建议", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["office", "-starts_at", "-id"], name="activity_office_list"),
            models.Index(fields=["-starts_at", "-id"], name="activity_newest"),
            models.Index(fields=["type", "starts_at"], name="activity_type_date"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_declared"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="activity_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity_detail", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.item_lineage is not None

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_overdue(self) -> bool:
        """Its time has passed and nobody has registered what became of it."""
        return self.state == ActivityState.PREPARING and self.has_begun

    @property
    def state_text(self) -> str:
        return "待登记" if self.is_overdue else ActivityState(self.state).label

    @property
    def tone(self) -> str:
        return "danger" if self.is_overdue else STATE_TONES[ActivityState(self.state)]

    def scheduled_item(self) -> ScheduledItem | None:
        """The item in the plan version in force, or in any version."""
        rows = ScheduledItem.objects.filter(lineage=self.item_lineage).select_related("plan")
        return rows.order_by("-plan__revision").first() if self.item_lineage else None


class Attendance(models.Model):
    """One member at one activity. The activity's office registers; five states and 未登记."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(
        "出席情况", max_length=12, choices=AttendanceState.choices, default=AttendanceState.INVITED
    )
    reason = models.CharField("事由", max_length=120, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["member__name_pinyin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="attendance_once"),
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="attendance_state_declared"),
        ]
        indexes = [models.Index(fields=["member", "state"], name="attendance_member_state")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_state_display()}"


class Photo(models.Model):
    """A re-encoded picture without metadata, with its thumbnail."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=80, blank=True)
    use_in_report = models.BooleanField("用于报告", default=False)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.caption or self.file.original_name
