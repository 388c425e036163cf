"""The month page, calendar files parsed with the library, and links that stop working when they should."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from activities import services
from activities.models import FeedLink
from activities.services import calendar
from core.logs import mask
from core.throttle import within
from tests.factories import ActivityFactory, AttendanceFactory, OfficeFactory, PostingFactory, activity_type, moment

pytestmark = pytest.mark.django_db
APP = Client()  # one for all: a new one loads every middleware again
LONG = "组织委员视察全镇农村饮水安全工程建设管理情况并召开座谈会听取沿线各村群众代表意见"


@pytest.fixture
def planned(office):
    return ActivityFactory(
        office=office, state="preparing", title=LONG, starts_at=moment(11, 25), ends_at=moment(11, 25, 11),
        place="镇文化站，二楼；会议室", responsible="李站长", type=activity_type("inspection"),
    )  # fmt: skip


@pytest.fixture
def invited(planned, as_member):
    AttendanceFactory(activity=planned, member=as_member[0], state="invited")
    return planned


def address(user, office=None):
    return reverse("calendar_feed", args=[calendar.make_link(by=user, office=office)])


def fetched(path, **headers):
    """As a calendar app does it: without signing in."""
    return APP.get(path, headers=headers)


def events(path):
    return list(Calendar.from_ical(fetched(path).content).walk("VEVENT"))


# --- the file ----------------------------------------------------------------------------------------------------
def test_the_file_opens_right_in_common_calendars(invited, as_member):
    answer = fetched(address(as_member[1]))
    lines = answer.content.split(b"\r\n")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and lines[-1] == b""
    assert all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines)
    [line.decode() for line in lines]  # no character is torn apart by a fold
    names = [part.name for part in Calendar.from_ical(answer.content).walk()]
    assert names == ["VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"]


def test_an_event_says_when_where_and_what(invited, as_member):
    (event,) = events(address(as_member[1]))
    assert event.decoded("dtstart") == datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    assert (str(event["summary"]), str(event["location"])) == (LONG, "镇文化站，二楼；会议室")
    assert str(event["url"]).endswith(invited.get_absolute_url()) and "还没有答复" in event["description"]


def test_the_zone_of_the_file_is_the_one_the_events_use(invited, as_member):
    file = Calendar.from_ical(fetched(address(as_member[1])).content)
    zone = file.walk("VTIMEZONE")[0]
    assert zone["tzid"] == "Asia/Shanghai" and zone.to_tz().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=8)


def test_no_names_of_people_leave_the_portal(invited, as_member):
    text = fetched(address(as_member[1])).content.replace(b"\r\n ", b"").decode()
    assert "李站长" not in text and as_member[0].name not in text
    assert not {"ATTENDEE", "ORGANIZER", "VALARM"} & {part.split(":")[0].split(";")[0] for part in text.split("\r\n")}


def test_a_change_keeps_the_identity_and_raises_the_sequence(invited, as_member, clerk):
    path = address(as_member[1])
    (before,) = events(path)
    services.step(by=clerk, activity=invited, action="cancel", reason="天气原因")
    (after,) = events(path)
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]
    assert after["status"] == "CANCELLED" and str(after["summary"]).startswith("（已取消）")


def test_without_an_end_the_rule_gives_one(invited, as_member):
    invited.ends_at = None
    invited.save()
    (event,) = events(address(as_member[1]))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=120)
    assert "结束时间未定" in event["description"]


def test_hostile_text_makes_no_lines_of_its_own(invited, as_member):
    invited.title = "学习\r\nBEGIN:VALARM\nATTENDEE:mailto:a@b.c;x,y\\z"
    invited.save()
    file = Calendar.from_ical(fetched(address(as_member[1])).content)
    assert not file.walk("VALARM") and "ATTENDEE" not in file.walk("VEVENT")[0]


def test_one_activity_as_a_file(invited, as_member, browser):
    answer = browser(as_member[1]).get(reverse("activity_ics", args=[invited.pk]))
    assert "attachment" in answer["Content-Disposition"]
    assert str(Calendar.from_ical(answer.content).walk("VEVENT")[0]["summary"]) == LONG


# --- what stands in whose calendar -------------------------------------------------------------------------------
def test_the_own_calendar_has_what_one_takes_part_in(invited, office, as_member, clerk):
    other = ActivityFactory(office=office, state="preparing", title="没有邀请我", starts_at=moment(11, 26))
    _, user = as_member
    assert [str(event["summary"]) for event in events(address(user))] == [LONG]
    assert {str(event["summary"]) for event in events(address(clerk))} == {LONG, other.title}
    assert {str(event["summary"]) for event in events(address(user, office))} == {LONG, other.title}
    invited.attendances.update(state="leave")
    assert events(address(user)) == []


def test_a_joint_activity_is_in_both_offices_calendars(planned, clerk):
    partner = PostingFactory(office=OfficeFactory(), role="staff").user
    path = address(partner, partner.postings.get().office)
    assert events(path) == []
    planned.partner_offices.add(partner.postings.get().office)
    assert len(events(path)) == 1


def test_a_calendar_of_many_costs_as_much_as_of_one(office, clerk):
    path, costs = address(clerk, office), []
    for count in (1, 10):
        ActivityFactory.create_batch(count, office=office, starts_at=moment(11, 20))
        fetched(path)
        with CaptureQueriesContext(connection) as captured:
            fetched(path)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 10


# --- links -------------------------------------------------------------------------------------------------------
def test_only_a_digest_is_kept_and_the_address_is_shown_once(clerk, browser):
    client = browser(clerk)
    page = client.post(reverse("calendar_link_make"), {"office": ""}, follow=True)
    token = page.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) == 43 and token in page.content.decode()
    assert token not in client.get(reverse("calendar_links")).content.decode()
    assert token not in str(FeedLink.objects.values().get())


def test_a_link_in_a_log_line_is_masked(clerk):
    path = address(clerk)
    assert mask(f"Not Found: {path}") == "Not Found: /calendar/feed/****.ics"


def test_a_new_address_and_a_revocation_end_the_old_one(clerk):
    first, second = address(clerk), address(clerk)
    assert (fetched(first).status_code, fetched(second).status_code) == (404, 200)
    services_link = FeedLink.objects.get(revoked_at__isnull=True)
    calendar.revoke_link(by=clerk, link=services_link)
    assert fetched(second).status_code == 404


def test_nobody_revokes_somebody_elses_link(clerk, colleague, browser):
    path = address(clerk)
    link = FeedLink.objects.get()
    assert browser(colleague).post(reverse("calendar_link_revoke", args=[link.pk])).status_code == 404
    assert fetched(path).status_code == 200


def test_rights_are_asked_at_every_fetch(planned, office, clerk):
    own, of_office = address(clerk), address(clerk, office)
    clerk.postings.update(ends=timezone.localdate() - timedelta(days=1))
    assert (fetched(own).status_code, fetched(of_office).status_code) == (404, 404)
    clerk.postings.update(ends=None)
    assert fetched(own).status_code == 200
    clerk.is_active = False
    clerk.save()
    assert fetched(own).status_code == 404


def test_a_calendar_that_has_not_changed_is_not_sent_again(invited, as_member, clerk):
    path = address(as_member[1])
    first = fetched(path)
    assert first["Cache-Control"] == "private, no-cache" and first["ETag"] == fetched(path)["ETag"]
    by_tag, by_date = {"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}
    assert [fetched(path, **headers).status_code for headers in (by_tag, by_date)] == [304, 304]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5), tick=False):
        invited.attendances.all().delete()  # what leaves the calendar is a change too
        assert [fetched(path, **headers).status_code for headers in (by_tag, by_date)] == [200, 200]


def test_when_a_link_was_last_used_is_known(clerk, browser):
    fetched(address(clerk))
    assert FeedLink.objects.get().last_used_at is not None
    assert "最近使用" in browser(clerk).get(reverse("calendar_links")).content.decode()


def test_too_many_fetches_of_one_link_are_put_off(clerk, monkeypatch):
    monkeypatch.setattr("activities.views.calendar.MOST_FETCHES", 2)
    path = address(clerk)
    assert [fetched(path).status_code for _ in range(3)] == [200, 200, 429]
    assert fetched(path)["Retry-After"] == "600"


def test_the_throttle_forgets():
    key = f"test:{timezone.now().timestamp()}"
    assert [within(key, times=2, seconds=60) for _ in range(3)] == [True, True, False]
    cache.delete(f"throttle:{key}")
    assert within(key, times=2, seconds=60)


NOBODY_THERE = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
}


@override_settings(CACHES=NOBODY_THERE)
def test_calendars_work_while_the_cache_is_away(clerk):
    assert fetched(address(clerk)).status_code == 200


# --- the month page ----------------------------------------------------------------------------------------------
def days(client, query="?month=2026-11"):
    month = client.get(reverse("calendar") + query).context["month"]
    return {day.day.day: [item.title for item in day.items] for day in month.days if day.inside and day.items}


def test_the_month_shows_each_day_of_an_activity(office, clerk, browser):
    ActivityFactory(office=office, title="外出考察", starts_at=moment(11, 29), ends_at=moment(12, 2))
    assert days(browser(clerk)) == {29: ["外出考察"], 30: ["外出考察"]}
    assert days(browser(clerk), "?month=2026-12") == {1: ["外出考察"], 2: ["外出考察"]}


def test_the_month_is_narrowed_by_type_and_to_the_own(invited, office, as_member, browser):
    ActivityFactory(office=office, title="集中学习", starts_at=moment(11, 26), type=activity_type("study"))
    client = browser(as_member[1])
    assert days(client) == {25: [LONG], 26: ["集中学习"]}
    assert days(client, "?month=2026-11&type=study") == {26: ["集中学习"]}
    assert days(client, "?month=2026-11&mine=1") == {25: [LONG]}


@pytest.mark.parametrize("month", ["", "2026-13", "0000-01", "x", "2026-11-01", "9999999-1", "²-１"])
def test_a_month_nobody_can_have_meant_is_this_one(clerk, browser, month):
    page = browser(clerk).get(reverse("calendar"), {"month": month})
    assert page.context["month"].asked.first == timezone.localdate().replace(day=1)


def test_a_hostile_address_is_no_error(clerk, browser):
    hostile = {"office": "9" * 40, "type": "a\x00'--", "mine": "%00", "month": "\x00"}
    assert browser(clerk).get(reverse("calendar"), hostile).status_code == 200


def test_the_steps_keep_what_was_chosen(clerk, browser):
    page = browser(clerk).get(reverse("calendar") + "?month=2026-12&type=study")
    assert "month=2027-01&amp;type=study" in page.content.decode()


def test_a_cancelled_activity_says_so(office, clerk, browser):
    ActivityFactory(office=office, state="cancelled", starts_at=moment(11, 25))
    assert "已取消" in browser(clerk).get(reverse("calendar") + "?month=2026-11").content.decode()


def test_a_full_month_costs_as_much_as_an_empty_one(office, clerk, browser):
    costs, client = [], browser(clerk)
    for count in (0, 1, 20):
        ActivityFactory.create_batch(count, office=office, starts_at=moment(11, 25))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("calendar") + "?month=2026-11")
        costs.append(len(captured))
    assert costs[1] == costs[2] <= 15
