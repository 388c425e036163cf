"""Some types are announced so many days before (主席约谈: two weeks, domain.md H19): a line of the checklist."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from activities.enums import ActivityState
from activities.models import Activity
from activities.panels import Check, Part, Sight, register
from core.clock import today


def announced_on(activity: Activity) -> date | None:
    """The day of the first notice; a later version only corrects it."""
    first = activity.notices.order_by("number").values_list("published_at", flat=True).first()
    return timezone.localtime(first).date() if first else None


def latest_day(activity: Activity) -> date:
    """The last day on which the type's rule is still kept."""
    return timezone.localtime(activity.starts_at).date() - timedelta(days=activity.type.notice_days or 0)


def checks(sight: Sight) -> list[Check]:
    """For types with such a rule, as long as the activity is not over or when a notice was published."""
    activity = sight.activity
    if not activity.type.notice_days or not sight.staff:
        return []
    announced, latest = announced_on(activity), latest_day(activity)
    if announced is None and activity.state != ActivityState.PREPARING:
        return []
    url = reverse("activity_invitations", args=[activity.pk]) if sight.staff else ""
    kept = announced is not None and announced <= latest
    return [Check("通知时间", kept, words(activity, announced, latest), url)]


def words(activity: Activity, announced: date | None, latest: date) -> str:
    rule = f"“{activity.type.label}”提前 {activity.type.notice_days} 天通知"
    last = f"{latest.month}月{latest.day}日"
    if announced is None:
        late = today() > latest
        return f"{rule}，{'已经晚于' if late else '请在'}{last}{'，请尽快发布' if late else '前发布'}"
    when = f"{announced.month}月{announced.day}日已通知"
    return when if announced <= latest else f"{when}，晚于{last}（{rule}）"


def install() -> None:
    register(Part("notice_rule", 21, checks=checks))
