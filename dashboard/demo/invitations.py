"""What is coming: a notice members have read or not, answers, a full sign-up of two offices, leave."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from activities import services
from activities.enums import ActivityState, Joining
from activities.models import Activity, ActivityType
from dashboard.demo import past
from dashboard.demo.setting import OFFICES, Setting

PLACES = 6
AGENDA = "一、集合签到\n二、介绍情况\n三、座谈交流"
LEAVE = "单位有会议，时间冲突"
#: Of a hundred who opened the notice so many have answered.
OPENED, ANSWERED = 70, 75


def build(setting: Setting) -> None:
    """On the first of the month: each office announces what comes first, and two offices plan a tour together."""
    chance = setting.chance("invitations")
    with past.on(past.moment(setting.year, setting.month, 1, 9, 30)):
        for office in OFFICES:
            prepared = Activity.objects.filter(office=setting.offices[office], state=ActivityState.PREPARING)
            first = prepared.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk").first()
            if first is not None:
                announce(first, setting.staff(office), chance)
        tour(setting, chance)


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


def tour(setting: Setting, chance: Random) -> None:
    """More want to come than there are places."""
    year, month = (setting.year, setting.month + 1) if setting.month < 12 else (setting.year + 1, 1)
    starts = past.moment(year, month, 10, 8)
    values = {
        "type": ActivityType.objects.get(code="study_tour"), "title": "赴邻县考察特色农业", "place": "邻县特色农业园",
        "starts_at": starts, "ends_at": starts + timedelta(hours=9), "content": "看三家合作社，了解品牌和销售渠道。",
        "responsible": "许秋实", "guests": "", "item_lineage": None, "joining": Joining.SIGN_UP, "capacity": PLACES,
        "sign_up_until": starts - timedelta(days=3), "open_to_all": True,
    }  # fmt: skip
    by, partner = setting.staff("town"), setting.offices["street"]
    activity = services.create(by=by, office=setting.offices["town"], values=values, partners=[partner])
    for user in chance.sample(accounts(setting, "town"), PLACES) + chance.sample(accounts(setting, "street"), 3):
        services.accept(by=user, activity=activity)


def accounts(setting: Setting, office: str) -> list[User]:
    """Members of the office who can sign in, by number; not the visitor's own account, which still has to answer."""
    rows = [member for member in setting.members[office] if member.user_id and member.user.username != "member"]
    return [member.user for member in sorted(rows, key=lambda member: member.member_no)]
