"""Who is invited and who came: the list, the sheet, two people at one sheet, 200 members."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities import reach, services
from activities.enums import AttendanceState
from activities.models import Attendance
from activities.services import Mark
from audit.models import AuditEntry
from core.errors import Conflict, Denied, DomainError
from notices.models import Notice
from tests.factories import AttendanceFactory, GroupFactory, MemberFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def upcoming(activity):
    activity.starts_at = timezone.now() + timedelta(days=20)
    activity.save()
    return activity


def invited(activity, members):
    return [AttendanceFactory(activity=activity, member=each, state="invited") for each in members]


def opened(rows):
    return {row.pk: Mark(row.state, row.reason) for row in rows}


def save(activity, by, rows, **states):
    """Saves the sheet as opened with `rows`, the first rows set to the given states in order."""
    marks = opened(rows) | {row.pk: mark for row, mark in zip(rows, states["marks"], strict=False)}
    return services.save_roll(by=by, activity=activity, opened=opened(rows), marks=marks)


# --- the list ----------------------------------------------------------------------------------------------------
def test_an_invited_member_gets_one_notice(upcoming, clerk, as_member, members):
    people = [as_member[0], *members(2)]
    assert services.invite(by=clerk, activity=upcoming, members=people) == 3
    assert services.invite(by=clerk, activity=upcoming, members=people) == 0
    assert Notice.objects.get().text.startswith("邀请您参加“视察河道治理”")


def test_registering_a_past_activity_bothers_nobody(activity, clerk, as_member):
    services.invite(by=clerk, activity=activity, members=[as_member[0]])
    assert not Notice.objects.exists()


def test_candidates_are_serving_members_of_the_office_and_below(activity, clerk, members):
    below = MemberFactory(office=OfficeFactory(parent=activity.office))
    here, left = members(1)[0], members(1, state="left")[0]
    MemberFactory()
    assert set(reach.candidates(clerk, activity)) == {below, here}
    assert left not in reach.candidates(clerk, activity)


def test_a_registered_member_is_not_taken_off(activity, clerk, attended):
    present, open_row = attended(activity, "present", "invited")
    with pytest.raises(DomainError, match=present.member.name):
        services.withdraw(by=clerk, activity=activity, attendances=[present.pk, open_row.pk])
    assert services.withdraw(by=clerk, activity=activity, attendances=[open_row.pk]) == 1
    assert list(activity.attendances.all()) == [present]


def test_a_group_is_invited_with_one_button(activity, clerk, members, browser):
    group = GroupFactory(office=activity.office)
    inside, outside = members(3, group=group), members(2)
    url = reverse("activity_participants", args=[activity.pk])
    page = browser(clerk).get(url, {"group": group.pk})
    assert "加入全部 3 人" in page.content.decode()
    browser(clerk).post(f"{url}?group={group.pk}", {"everybody": "1"})
    assert {row.member for row in activity.attendances.all()} == set(inside) and outside


def test_search_finds_by_initials(activity, clerk, members, browser):
    members(1, name="欧阳玥")
    members(1, name="曾䶮")
    page = browser(clerk).get(reverse("activity_participants", args=[activity.pk]), {"q": "oyy"}).content.decode()
    assert "欧阳玥" in page and "曾䶮" not in page


def test_a_foreign_member_cannot_be_slipped_in(activity, clerk, browser):
    stranger = MemberFactory()
    browser(clerk).post(reverse("activity_participants", args=[activity.pk]), {"pick": [stranger.pk], "chosen": "1"})
    assert not activity.attendances.exists()


# --- the sheet ---------------------------------------------------------------------------------------------------
def test_the_sheet_saves_states_reasons_and_who_registered(activity, clerk, members):
    rows = invited(activity, members(2))
    count = save(activity, clerk, rows, marks=[Mark("late"), Mark("leave", "出差")])
    stored = Attendance.objects.get(pk=rows[1].pk)
    assert (count, stored.state, stored.reason, stored.recorded_by) == (2, "leave", "出差", clerk)


def test_only_what_changed_is_audited(activity, clerk, members):
    rows = invited(activity, members(3))
    save(activity, clerk, rows, marks=[Mark("present")])
    entry = AuditEntry.objects.get(action="activity.attendance")
    assert entry.detail == {str(rows[0].member_id): ["invited", "present"]}


def test_two_people_fill_in_one_sheet(activity, clerk, colleague, members):
    rows = invited(activity, members(2))
    save(activity, colleague, rows, marks=[Mark("present")])
    save(activity, clerk, rows, marks=[Mark("invited"), Mark("absent")])
    assert [row.state for row in activity.attendances.order_by("pk")] == ["present", "absent"]


def test_two_people_disagree_about_one_member(activity, clerk, colleague, members):
    rows = invited(activity, members(1))
    save(activity, colleague, rows, marks=[Mark("late")])
    with pytest.raises(Conflict, match="王敏"):
        save(activity, clerk, rows, marks=[Mark("absent")])
    assert Attendance.objects.get().state == "late"


def test_before_the_start_only_leave_is_registered(upcoming, clerk, members):
    rows = invited(upcoming, members(2))
    with pytest.raises(DomainError, match="只能登记请假"):
        save(upcoming, clerk, rows, marks=[Mark("present")])
    assert save(upcoming, clerk, rows, marks=[Mark("leave", "住院")]) == 1


def test_staff_of_another_office_does_not_register(activity, world, members):
    rows = invited(activity, members(1))
    with pytest.raises(Denied):
        save(activity, world.people["other_staff"], rows, marks=[Mark("present")])


# --- the page ----------------------------------------------------------------------------------------------------
def sheet(page):
    """What the browser would send for the sheet as shown."""
    form = page.context["form"]
    data = {"opened": form.opened_now, "idempotency_key": page.context["idempotency_key"]}
    for row in form.rows:
        data |= {f"state-{row.attendance.pk}": row.state, f"reason-{row.attendance.pk}": row.reason}
    return data


def test_all_present_marks_only_those_still_open(activity, clerk, browser, attended):
    leave, *_ = attended(activity, "leave", "invited", "invited")
    url = reverse("activity_attendance", args=[activity.pk])
    answer = browser(clerk).post(url, sheet(browser(clerk).get(url)) | {"all_present": "1"})
    assert answer.status_code == 302
    assert sorted(row.state for row in activity.attendances.all()) == ["leave", "present", "present"]
    assert leave.state == "leave"


def test_a_conflict_keeps_what_was_typed_and_shows_the_other(activity, clerk, colleague, browser, members):
    rows = invited(activity, members(2))
    url = reverse("activity_attendance", args=[activity.pk])
    data = sheet(browser(clerk).get(url)) | {f"state-{rows[0].pk}": "absent", f"reason-{rows[1].pk}": "腿伤"}
    save(activity, colleague, rows, marks=[Mark("late")])
    answer = browser(clerk).post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409 and "王敏" in page and "现在登记的是“迟到”" in page and "腿伤" in page
    again = browser(clerk).post(url, sheet(answer))
    assert again.status_code == 302 and Attendance.objects.get(pk=rows[0].pk).state == "absent"


@pytest.mark.parametrize("state", ["invited'--", "", "summarised"])
def test_an_invented_state_is_refused(activity, clerk, browser, members, state):
    row = invited(activity, members(1))[0]
    url = reverse("activity_attendance", args=[activity.pk])
    answer = browser(clerk).post(url, {f"state-{row.pk}": state, "opened": "{"})
    assert answer.status_code == 422 and Attendance.objects.get().state == "invited"


@pytest.mark.parametrize("opened_text", ["", "[]", "null", '{"x": 1}', '{"1": [1]}', "x" * 5000])
def test_a_mangled_sheet_is_read_as_empty(activity, clerk, browser, members, opened_text):
    row = invited(activity, members(1))[0]
    url = reverse("activity_attendance", args=[activity.pk])
    answer = browser(clerk).post(url, {f"state-{row.pk}": "present", "opened": opened_text})
    assert answer.status_code == 302 and Attendance.objects.get().state == "present"


def queries_for(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_two_hundred_members_cost_as_many_queries_as_two(office, clerk, browser, members):
    from tests.factories import ActivityFactory

    counts = []
    for size in (2, 200):
        activity = ActivityFactory(office=office, state="held")
        services.invite(by=clerk, activity=activity, members=members(size))
        url = reverse("activity_attendance", args=[activity.pk])
        page = browser(clerk).get(url)
        data = sheet(page) | {"all_present": "1"}
        shown = queries_for(lambda url=url: browser(clerk).get(url))
        saved = queries_for(lambda url=url, data=data: browser(clerk).post(url, data))
        counts.append((shown, saved))
        assert activity.attendances.filter(state=AttendanceState.PRESENT).count() == size
    assert counts[0] == counts[1] and max(counts[0]) <= 30
