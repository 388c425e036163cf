"""What passes between an office and those it invites: notices, receipts, leave; and links of calendars."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from activities.enums import LEAVE_TONES, LeaveState
from activities.models.activity import Activity, held_by
from core.models import Stateful
from core.models.workflow import StatefulQuerySet
from members.models import Member
from organisation.models import Office
from organisation.selectors import grants


class ActivityNotice(models.Model):
    """One published version of the notice of an activity; the highest `number` is in force. Rows are never edited."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="notices")
    number = models.PositiveSmallIntegerField("版次")
    body = models.TextField("通知正文")
    agenda = models.TextField("议程", blank=True)
    starts_at = models.DateTimeField("当时的活动时间", null=True)
    place = models.CharField("当时的活动地点", max_length=120, blank=True)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="notice_number_once")]

    def __str__(self) -> str:
        return f"{self.activity} 通知第{self.number}版"

    def is_outdated(self, activity: Activity) -> bool:
        """The activity was moved after the notice came out."""
        return self.starts_at is not None and (self.starts_at, self.place) != (activity.starts_at, activity.place)

    @property
    def heading(self) -> str:
        return f"通知（第{self.number}版）"

    @property
    def version(self) -> int:
        """What a form that starts from this version compares with."""
        return self.number


class NoticeReceipt(models.Model):
    """A member opened this version of the notice for the first time. Rows are added, never changed."""

    notice = models.ForeignKey(ActivityNotice, on_delete=models.CASCADE, related_name="receipts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [models.UniqueConstraint(fields=["notice", "member"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.read_at:%Y-%m-%d %H:%M}"


class LeaveRequestQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> LeaveRequestQuerySet:
        """Own requests, and those of activities the user's offices hold or look into; no other member's."""
        offices = grants(user).where(Can.VIEW_ACTIVITIES)
        return self.filter(held_by(offices, "activity__") | Q(member__user_id=user.pk))


class LeaveRequest(Stateful):
    """A member asks not to come (请假). Kept when the member is taken off the list: it is history."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="leave_requests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="leave_requests")
    reason = models.CharField("请假事由", max_length=120)
    created_at = models.DateTimeField("申请时间", auto_now_add=True)
    decided_at = models.DateTimeField("办理时间", null=True)

    objects = LeaveRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LeaveState.values), name="leave_state_declared"),
            models.UniqueConstraint(
                fields=["activity", "member"], condition=Q(state=LeaveState.ASKED), name="leave_open_once"
            ),
        ]
        indexes = [models.Index(fields=["member", "created_at"], name="leave_member_created")]

    def __str__(self) -> str:
        return f"{self.member}请假：{self.activity}"

    @property
    def office(self) -> Office:
        """Whose audit trail it belongs to."""
        return self.activity.office

    def get_absolute_url(self) -> str:
        return reverse("leave_detail", args=[self.pk])

    @property
    def state_text(self) -> str:
        return LeaveState(self.state).label

    @property
    def tone(self) -> str:
        return LEAVE_TONES[LeaveState(self.state)]


class FeedLink(models.Model):
    """A secret address under which a calendar app fetches activities; only its digest is kept.

    `office` empty: what the owner takes part in; else the calendar of that office, as far as the owner may see it.
    `content` is the digest of what was last handed out and `changed_at` since when it is so: both answer
    “has it changed?” rightly also when something left the calendar.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed_links")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    last_used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "office"], condition=Q(revoked_at__isnull=True), name="feed_one_in_use",
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return "日历订阅" if self.office_id is None else f"日历订阅（{self.office.short_name}）"
