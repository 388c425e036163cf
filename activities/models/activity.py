"""Activities of every type, what they came to, and who was there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from activities.enums import COUNTED, STATE_TONES, ActivityState, AttendanceState, Joining, Reply
from core.clock import Span
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import LiaisonGroup, Office
from organisation.selectors import Grants, grants, home_line
from plans.models import ScheduledItem


class ActivityType(models.Model):
    """A type of activity, as data: 视察, 专题调研, 集中学习… `code` is what targets and scheduled items refer to.

    `is_record`: no event but something written down (心得体会, 宣传报道), counted only where its type is asked for.
    `unit` is the measure word. `invitees_min`, `invitees_max`, `notice_days`: how many members an invitation is for
    and how many days before it goes out (主席约谈: 4—6 人, 提前两周); empty means the type has no such rule.
    """

    code = models.CharField("代码", max_length=40, unique=True)
    label = models.CharField("名称", max_length=40)
    unit = models.CharField("单位", max_length=8, default="次")
    is_record = models.BooleanField("只作登记，不算活动次数", default=False)
    invitees_min = models.PositiveSmallIntegerField("邀请委员至少（人）", null=True, blank=True)
    invitees_max = models.PositiveSmallIntegerField("邀请委员至多（人）", null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField("提前几天通知", null=True, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invitees_min__isnull=True)
                | Q(invitees_max__isnull=True)
                | Q(invitees_max__gte=F("invitees_min")),
                name="type_invitees_range",
            )
        ]

    def __str__(self) -> str:
        return self.label


class ActivityQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ActivityQuerySet:
        """Those of the offices the user looks into or belongs to, those the user is invited to or may sign up for."""
        held = grants(user)
        shown = held_by(offices_in_sight(held))
        if "member" in held.roles:
            shown |= Q(pk__in=Attendance.objects.filter(member__user_id=user.pk).values("activity_id"))
            shown |= Q(open_to_all=True) & held_by(home_line(user))
        return self.filter(shown)

    def counted(self) -> ActivityQuerySet:
        """Those that took place: what every figure is made of."""
        return self.filter(state__in=COUNTED)

    def events(self) -> ActivityQuerySet:
        """Without plain records (心得体会, 宣传报道): what “activities” means where no type is named."""
        return self.filter(type__is_record=False)

    def within(self, span: Span) -> ActivityQuerySet:
        first, end = span.moments
        return self.filter(starts_at__gte=first, starts_at__lt=end)


def held_by(offices: Collection[int], prefix: str = "") -> Q:
    """Activities these offices hold, alone or with others; `prefix` leads from other rows to one (activity__)."""
    joint = Activity.partner_offices.through.objects.filter(office_id__in=offices).values("activity_id")
    return Q(**{f"{prefix}office_id__in": offices}) | Q(**{f"{prefix}id__in": joint})


def offices_in_sight(held: Grants) -> frozenset[int]:
    """Offices whose activities these grants show: those looked into, and a member's own."""
    return held.where(Can.VIEW_ACTIVITIES) | frozenset(held.home_ids if "member" in held.roles else ())


class Activity(Stateful, Versioned):
    """One event. `item_lineage` ties it to the scheduled item of the plan, whatever version; empty means 计划外.

    `hours`, `households`, `copies` and `amount` (yuan) are quantities targets may sum; what else an activity came to
    is a row of ActivityQuantity. `partner_offices` hold it together with `office`, which keeps the record (联片活动).
    With `joining` by sign-up, `capacity` and `sign_up_until` say how many and until when; empty means no limit.
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
    place_kind = models.CharField(
        "场所（对象）类别", max_length=40, blank=True, help_text="code of the list place_kind"
    )
    audience = models.CharField("参加对象", max_length=40, blank=True, help_text="code of the list audience")
    level = models.CharField("级别", max_length=40, blank=True, help_text="code of the list activity_level")
    joining = models.CharField("参加方式", max_length=12, choices=Joining.choices, default=Joining.MUST_ATTEND)
    capacity = models.PositiveIntegerField("名额", null=True, blank=True)
    sign_up_until = models.DateTimeField("报名截止时间", null=True, blank=True)
    open_to_all = models.BooleanField("全体委员都可以报名", default=False)
    partner_offices = models.ManyToManyField(
        Office, blank=True, related_name="joint_activities", verbose_name="联办办公室"
    )
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
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="activity_capacity_sane"
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
    def takes_sign_ups(self) -> bool:
        """Whether members who were not invited may still sign up."""
        closed = self.has_begun or (self.sign_up_until is not None and self.sign_up_until < timezone.now())
        return self.open_to_all and self.state == ActivityState.PREPARING and not closed

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


class ActivityQuantity(models.Model):
    """One thing an activity came to, in numbers: 13 对结对. `kind` is a code of the list activity_quantity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="quantities")
    kind = models.CharField("成果", max_length=40)
    value = models.DecimalField("数量", max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind"], name="quantity_kind_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="quantity_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class AttendanceQuerySet(models.QuerySet):
    def expected(self) -> AttendanceQuerySet:
        """应到: everybody on the list; where one signs up, who has a place and whom the office registered."""
        not_bound = Q(activity__joining=Joining.SIGN_UP, state=AttendanceState.INVITED)
        has_place = Q(reply=Reply.ACCEPTED) | Q(reply=Reply.NONE, asked_again_at__isnull=False)
        return self.filter(~not_bound | has_place)


class Attendance(models.Model):
    """One member at one activity. The activity's office registers; five states and 未登记.

    `reply` is what the member answered to the invitation, `read_at` when the member first opened it as it stands;
    `asked_again_at`: time or place changed after the answer, so it counts as a wish until confirmed. `arrived_at` and
    `left_at` come from check-in and tell lateness from punctuality.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(
        "出席情况", max_length=12, choices=AttendanceState.choices, default=AttendanceState.INVITED
    )
    reason = models.CharField("事由", max_length=120, blank=True)
    reply = models.CharField("答复", max_length=12, choices=Reply.choices, default=Reply.NONE)
    answered_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField("签到时间", null=True)
    left_at = models.DateTimeField("签退时间", null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["member__name_pinyin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="attendance_once"),
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="attendance_state_declared"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="attendance_reply_declared"),
        ]
        indexes = [models.Index(fields=["member", "state"], name="attendance_member_state")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_state_display()}"

    @property
    def is_expected(self) -> bool:
        """One row of AttendanceQuerySet.expected."""
        asked_again = self.reply == Reply.NONE and self.asked_again_at is not None
        bound = self.activity.joining != Joining.SIGN_UP or self.state != AttendanceState.INVITED
        return bound or self.reply == Reply.ACCEPTED or asked_again
