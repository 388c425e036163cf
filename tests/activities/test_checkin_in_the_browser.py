"""The rotating code on two phones, one of which loses the network between opening the page and pressing the button."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from activities import door
from activities.models import CheckIn
from tests.chromium import PHONE
from tests.factories import ActivityFactory, AttendanceFactory, PostingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(office):
    return ActivityFactory(office=office, state="preparing", title="协商会", starts_at=timezone.now())


@pytest.fixture
def phones(meeting, office, members, visit):
    """Two invited members, each with a phone."""
    found = []
    for member in members(2):
        member.user = PostingFactory(office=office, role="member", user__name=member.name).user
        member.save()
        AttendanceFactory(activity=meeting, member=member, state="invited")
        found.append(visit(member.user, screen=PHONE))
    return found


def scan(wall, activity):
    """The address behind the code the wall shows at this moment, which its digits confirm."""
    since = door.shown_since(timezone.now(), door.terms(activity).seconds)
    expect(wall.locator("[data-digits]")).to_have_text(
        f"{door.digits(activity, since)[:3]} {door.digits(activity, since)[3:]}"
    )
    return reverse("checkin_scan", args=[activity.pk, door.token(activity, since)])


def test_two_phones_one_without_a_network(meeting, clerk, visit, phones):
    wall = visit(clerk).go(f"/activities/{meeting.pk}/checkin/wall/")
    first, second = (phone.go(scan(wall, meeting)) for phone in phones)
    phones[1].context.set_offline(True)
    for page in (first, second):
        page.get_by_role("button", name="签到", exact=True).click()
    first.get_by_text("签到成功").wait_for()
    second.get_by_text("1 条待上传").wait_for()
    assert CheckIn.objects.count() == 1
    phones[1].context.set_offline(False)
    second.get_by_text("签到成功").wait_for()
    expect(wall.locator("[data-came]")).to_have_text("2", timeout=10_000)
    assert sorted(meeting.attendances.values_list("state", flat=True)) == ["present", "present"]
    assert CheckIn.objects.count() == 2 and phones[0].complaints == []


def test_the_desk_goes_on_without_a_network(meeting, clerk, visit, phones):
    """Three taps offline, one of them taken back; what is left is registered once when the network returns."""
    visitor = visit(clerk, screen=PHONE)
    desk = visitor.go(f"/activities/{meeting.pk}/checkin/desk/")
    visitor.context.set_offline(True)
    names = [row.member.name for row in meeting.attendances.select_related("member")]
    for name in names:
        desk.get_by_role("button", name=f"{name}签到", exact=True).click()
    desk.get_by_role("button", name=f"撤销{names[0]}的签到").click()
    desk.get_by_text("3 条待上传").wait_for()
    visitor.context.set_offline(False)
    desk.get_by_text("已撤销").first.wait_for()
    states = [meeting.attendances.get(member__name=name).state for name in names]
    assert states == ["invited", "present"] and CheckIn.objects.count() == 3
