"""What is coming: a notice members have read or not, answers, a sign-up that is full, a request for leave."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from activities import services
from activities.enums import ActivityState, Joining
from activities.models import Activity
from activities.services import BASICS
from dashboard.demo import past
from dashboard.demo.setting import OFFICES, Setting

PLACES = 6
AGENDA = "一、集合签到\n二、介绍情况\n三、座谈交流"
LEAVE = "单位有会议，时间冲突"
#: Of a hundred who opened the notice so many have answered.
OPENED, ANSWERED = 70, 75


def build(setting: Setting) -> None:
    """On the first of the month: of what each office prepares, the first is announced, the last is for signing up."""
    chance = setting.chance("invitations")
    with past.on(past.moment(setting.year, setting.month, 1, 9, 30)):
        for office in OFFICES:
            prepared = Activity.objects.filter(office=setting.offices[office], state=ActivityState.PREPARING)
            coming = list(prepared.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk"))
            if coming:
                announce(coming[0], setting.staff(office), chance)
            if len(coming) > 1:
                offer(coming[-1], setting.staff(office), chance)


def announce(activity: Activity, by: User, chance: Random) -> None:
    body = f"请准时参加“{activity.title}”。收到通知后请在平台上答复；不能参加的，请提前申请请假。"
    services.publish_notice(by=by, activity=activity, version=0, body=body, agenda=AGENDA)
    rows = list(activity.attendances.select_related("member__user").order_by("member__member_no"))
    readers = [row.member.user for row in rows if row.member.user_id and chance.random() * 100 < OPENED]
    for user in readers:
        services.note_opened(by=user, activity=activity)
    for place, user in enumerate(readers):
        if place == 1:
            services.ask_leave(by=user, activity=activity, reason=LEAVE)
        elif chance.random() * 100 < ANSWERED:
            services.accept(by=user, activity=activity)


def offer(activity: Activity, by: User, chance: Random) -> None:
    """More want to come than there are places."""
    values = {name: getattr(activity, name) for name in BASICS}
    values |= {"joining": Joining.SIGN_UP, "capacity": PLACES, "sign_up_until": activity.starts_at - timedelta(days=2)}
    services.update(by=by, activity=activity, version=None, values=values, groups=activity.groups.all())
    users = [row.member.user for row in activity.attendances.select_related("member__user").order_by("member__member_no")
             if row.member.user_id]  # fmt: skip
    for user in chance.sample(users, min(len(users), PLACES + 3)):
        services.accept(by=user, activity=activity)
