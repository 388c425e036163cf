"""The clerk with a phone at the door: attendance, photos, and a key pressed by mistake."""

import re

import pytest

from activities.models import Attendance, Photo
from tests.activities.test_photos import heic, jpeg, phone_exif
from tests.chromium import PHONE
from tests.factories import ActivityFactory, AttendanceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(office, members):
    """A held activity with three members still to be registered."""
    activity = ActivityFactory(office=office, title="视察河道治理")
    for name in ("安然", "白露", "程远"):
        AttendanceFactory(activity=activity, member=members(1, name=name)[0], state="invited")
    return activity


def states():
    rows = Attendance.objects.order_by("member__name_pinyin")
    return [(row.state, row.reason) for row in rows]


def choose(page, name, state):
    page.get_by_role("radiogroup", name=name).get_by_label(state, exact=True).check()


def test_enter_in_a_reason_saves_only_what_was_ticked(sheet, clerk, visit):
    visitor = visit(clerk, screen=PHONE)
    page = visitor.go(f"/activities/{sheet.pk}/attendance/")
    choose(page, "安然", "请假")
    page.get_by_label("安然的事由").fill("住院")
    page.get_by_label("安然的事由").press("Enter")
    page.get_by_text("出席情况已保存").wait_for()
    assert states() == [("leave", "住院"), ("invited", ""), ("invited", "")]
    assert visitor.complaints == []


def test_one_button_for_everybody_else(sheet, clerk, visit):
    page = visit(clerk, screen=PHONE).go(f"/activities/{sheet.pk}/attendance/")
    choose(page, "白露", "缺席")
    page.get_by_role("button", name="未登记的全部记为出席").click()
    page.get_by_text("出席情况已保存").wait_for()
    assert [state for state, _ in states()] == ["present", "absent", "present"]


def test_two_clerks_at_one_door(sheet, clerk, colleague, visit):
    first, second = (visit(user).go(f"/activities/{sheet.pk}/attendance/") for user in (clerk, colleague))
    choose(first, "安然", "出席")
    choose(second, "安然", "迟到")
    choose(second, "程远", "出席")
    for page in (first, second):
        page.get_by_role("button", name=re.compile("^保存$")).click()
        page.wait_for_load_state()
    assert "周文" in second.content() and "现在登记的是“出席”" in second.content()
    second.get_by_role("button", name=re.compile("^保存$")).click()
    second.get_by_text("出席情况已保存").wait_for()
    assert [state for state, _ in states()] == ["late", "invited", "present"]


def test_photos_straight_from_the_phone(sheet, clerk, visit):
    visitor = visit(clerk, screen=PHONE)
    page = visitor.go(f"/activities/{sheet.pk}/photos/")
    files = [("一.jpg", jpeg(exif=phone_exif())), ("二.heic", heic()), ("三.jpg", b"<html>")]
    page.get_by_label("添加照片").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files]
    )
    page.get_by_role("button", name="上传").click()
    page.get_by_text("共 3 张，已完成 2 张，1 张不能保存").wait_for()
    assert page.get_by_text("“三.jpg”不是有效的照片").is_visible()
    page.locator("img").first.scroll_into_view_if_needed()
    page.locator(".photos img").first.evaluate("image => image.decode()")  # fails for a broken picture
    assert Photo.objects.count() == 2 and visitor.complaints == []


def test_twelve_photos_though_the_network_breaks(sheet, clerk, visit):
    page = visit(clerk, screen=PHONE).go(f"/activities/{sheet.pk}/photos/")
    broken = iter([True, True])
    page.route("**/photos/one/", lambda route: route.abort() if next(broken, False) else route.continue_())
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg((60 + n, 40))} for n in range(12)]
    page.get_by_label("添加照片").set_input_files(files)
    page.get_by_text("共 12 张，已完成 12 张。").wait_for()
    assert page.locator("#photo-list li").count() == Photo.objects.count() == 12
    page.get_by_label("选中", exact=True).first.check()
    page.get_by_role("button", name="选中的用于报告").click()
    page.get_by_text("照片说明已保存").wait_for()
    assert Photo.objects.filter(use_in_report=True).count() == 1
