"""The year in one go: a plan's text becomes a board, an item an activity, twenty members check in, the target moves."""

from __future__ import annotations

import io
import re
import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from activities import door
from activities.models import Activity
from plans.models import AnnualPlan
from tests import factories as make
from tests.chromium import PHONE
from tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.stands_alone, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year
MEMBERS, PHOTOS = 20, 12
TEXT = f"""南门街道政协委员联络组{YEAR}年工作计划

今年，联络组把服务发展、改善民生和改进作风作为主要任务，带领委员知街情、建实言、办实事。

一、边学边干
采取集中学习、走访参观等形式，全年组织委员集中学习四次，请委员列席街道的情况通报会。

二、围绕中心议政建言
联络组围绕街道经济、城市建设和群众关心的事开展视察调研，年内组织视察不少于2次，每名委员提交一件以上提案。
4月中旬，组织委员视察河滨步道建设进展，推动工程按期完成。6月下旬，召开街情通报会，请委员了解上半年工作。
9月上旬，组织委员视察社区食堂运行情况。11月中旬，召开企业家座谈会，为企业发展出主意。

三、密切联系群众
加强与困难群众的结对帮扶，走访困难家庭不少于30户。
"""


@pytest.fixture
def world():
    world = build()
    street, term = world.offices["street"], world["session"].term
    for _ in range(MEMBERS - 1):
        user = make.PostingFactory(office=street, role="member").user
        make.MemberFactory(office=street, term=term, name=user.name, user=user)
    return world


def test_from_a_text_to_a_target_that_moves(world, visit):
    clerk, chief = visit(world.people["other_staff"]), visit(world.people["county_head"])
    began = time.monotonic()
    plan = board_from_text(clerk)
    assert time.monotonic() - began < 300  # five minutes of clicks
    approve(chief, plan)
    assert inspections(clerk, plan) == "0"
    activity = activity_from_item(clerk)
    check_in(clerk, activity, visit)
    add_photos(clerk, activity)
    write_up(clerk, activity)
    assert inspections(clerk, plan) == "1"
    assert [clerk.complaints, chief.complaints] == [[], []]


# --- the plan --------------------------------------------------------------------------------------------------------
def board_from_text(clerk) -> AnnualPlan:
    """Paste, look, save: what was read is right as it stands."""
    page = clerk.go("/plans/")
    page.get_by_role("link", name="从文本生成").first.click()
    page.get_by_label("年度").fill(str(YEAR))
    page.get_by_label(re.compile("粘贴")).fill(TEXT)
    page.get_by_role("button", name="读取计划").click()
    expect(page.locator(".reading-source").filter(has_text="视察不少于2次").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^保存")).first.click()
    plan = AnnualPlan.objects.get(office__code="T03", year=YEAR)
    for topic in ("河滨步道", "街情通报", "社区食堂", "企业家座谈"):
        expect(page.locator("main").get_by_text(re.compile(topic)).first).to_be_visible()
    assert (plan.items.count(), plan.sections.count()) == (4, 3) and plan.targets.count() >= 4
    page.get_by_role("button", name="提交审批").click()
    return plan


def approve(chief, plan: AnnualPlan) -> None:
    chief.go(plan.get_absolute_url()).get_by_role("button", name="批准执行").click()
    plan.refresh_from_db()
    assert plan.state == "approved"


def inspections(clerk, plan: AnnualPlan) -> str:
    """What the plan's page says was done of the inspections."""
    card = clerk.go(plan.get_absolute_url()).locator(".target").filter(has_text="视察").first
    return card.locator(".goal-figure .num").first.inner_text().strip()


# --- the activity ----------------------------------------------------------------------------------------------------
def activity_from_item(clerk) -> Activity:
    page = clerk.go(f"/activities/from-plan/?year={YEAR}")
    page.locator("li").filter(has_text="河滨步道").last.get_by_role("link", name="生成活动").click()
    page.fill("#id_starts_at", timezone.localtime().strftime("%Y-%m-%dT%H:%M"))
    page.fill("#id_place", "河滨步道三号入口")
    page.fill("#id_responsible", "何主任")
    page.get_by_role("button", name="保存").last.click()
    activity = Activity.objects.get(title__contains="河滨步道")
    page = clerk.go(f"{activity.get_absolute_url()}participants/")
    page.get_by_role("button", name=re.compile("加入全部")).click()
    assert activity.attendances.count() == MEMBERS
    return activity


def check_in(clerk, activity: Activity, visit) -> None:
    """Twenty members one after the other on two phones; on the second one the network is away for the last of them."""
    wall = clerk.go(f"{activity.get_absolute_url()}checkin/wall/")
    people = [row.member.user for row in activity.attendances.select_related("member__user")]
    phones = [visit(user, screen=PHONE) for user in people[:2]]
    for place, user in enumerate(people[:-1]):
        page = scanned(phones[place % 2], user, activity)
        page.get_by_role("button", name="签到", exact=True).click()
        page.get_by_text("签到成功").wait_for()
    page = scanned(phones[1], people[-1], activity)
    phones[1].context.set_offline(True)
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text("1 条待上传").wait_for()
    phones[1].context.set_offline(False)
    page.get_by_text("签到成功").wait_for()
    expect(wall.locator("[data-came]")).to_have_text(str(MEMBERS), timeout=15_000)
    assert set(activity.attendances.values_list("state", flat=True)) == {"present"}


def scanned(phone, user, activity: Activity):
    """The phone in this member's hand, at the address the wall shows."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.clear_cookies()
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": phone.address}])
    since = door.shown_since(timezone.now(), door.terms(activity).seconds)
    return phone.go(reverse("checkin_scan", args=[activity.pk, door.token(activity, since)]))


def add_photos(clerk, activity: Activity) -> None:
    page = clerk.go(f"{activity.get_absolute_url()}photos/")
    page.get_by_label("添加照片").set_input_files(
        [{"name": f"现场{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(n)} for n in range(PHOTOS)]
    )
    page.get_by_role("button", name="上传").click()
    expect(page.locator("img[src*=thumbnail]")).to_have_count(PHOTOS, timeout=60_000)


def picture(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (20 * number, 120, 90)).save(buffer, "JPEG")
    return buffer.getvalue()


def write_up(clerk, activity: Activity) -> None:
    clerk.go(activity.get_absolute_url()).get_by_role("button", name="登记为已开展").click()
    page = clerk.go(f"{activity.get_absolute_url()}minutes/")
    page.get_by_label("活动记录").fill("委员察看三处工地，提出四条意见，街道当场答复。")
    page.get_by_role("button", name="保存").last.click()
    clerk.go(activity.get_absolute_url()).get_by_role("button", name="完成总结").click()
    activity.refresh_from_db()
    assert (activity.state, activity.photos.count()) == ("summarised", PHOTOS)
