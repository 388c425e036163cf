"""The pages at the door: the wall, a scan before and after signing in, the desk, the sheet."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from activities import door
from activities.models import CheckIn
from activities.services import Mark, save_roll
from activities.services.checkin import Claim, check_in_other
from tests.activities.test_roll import queries_for, sheet
from tests.factories import PASSWORD, ActivityFactory, AttendanceFactory, MemberFactory, PostingFactory

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def meeting(office):
    starts = timezone.now() - timedelta(minutes=2)
    return ActivityFactory(
        office=office, state="preparing", title="协商会", starts_at=starts, ends_at=starts + timedelta(hours=2)
    )


@pytest.fixture
def line(meeting, as_member):
    return AttendanceFactory(activity=meeting, member=as_member[0], state="invited")


def scan_url(activity, age=0):
    since = door.shown_since(timezone.now() - timedelta(seconds=age), 30)
    return reverse("checkin_scan", args=[activity.pk, door.token(activity, since)])


def own_url(line):
    return reverse("checkin_self", args=[line.activity_id])


def desk_url(line):
    return reverse("checkin_desk", args=[line.activity_id])


# --- the member ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_scan_writes_nothing_and_leads_to_one_button(line, browser):
    phone = browser(line.member.user)
    page = phone.get(scan_url(line.activity), follow=True)
    assert page.redirect_chain == [(own_url(line), 302)] and not CheckIn.objects.exists()
    fields = {"direction": "in", "key": page.context["key"], "ticket": page.context["ticket"]}
    done = phone.post(own_url(line), fields, follow=True).content.decode()
    assert "签到成功" in done and "已签到" in done and CheckIn.objects.get().by == line.member.user


@pytest.mark.django_db
def test_the_moment_of_the_scan_counts_not_that_of_the_password(line, client):
    """A phone that was signed out: the code is long gone when the password is typed."""
    url = scan_url(line.activity)
    scan = timezone.now()
    asked = client.get(url, follow=True)
    assert asked.redirect_chain[-1][0] == f"{reverse('sign_in')}?next={own_url(line)}"
    typed = {"username": line.member.user.username, "password": PASSWORD, "next": own_url(line)}
    page = client.post(reverse("sign_in"), typed, follow=True)
    moment = door.ticket_moment(line.activity, page.context["ticket"], line.member.user)
    assert abs(moment - scan) < timedelta(seconds=2)


@pytest.mark.django_db
@pytest.mark.parametrize("age", [90, 86400])
def test_an_old_code_says_so_without_asking_for_a_password(line, client, age):
    answer = client.get(scan_url(line.activity, age))
    assert answer.status_code == 410 and "已经过期" in answer.content.decode()
    assert "协商会" not in answer.content.decode() and "checkin_scan" not in client.cookies


@pytest.mark.django_db
def test_a_script_gets_the_answer_as_data(line, browser):
    phone, code = browser(line.member.user), door.digits(line.activity, door.shown_since(timezone.now(), 30))
    wrong = phone.post(own_url(line), {"code": "12"}, **JSON)
    right = phone.post(own_url(line), {"code": f" {code[:3]} {code[3:]}"}, **JSON)
    assert (wrong.status_code, right.status_code) == (409, 200) and "签到码不对" in wrong.json()["text"]
    assert right.json()["state"] == "出席"


@pytest.mark.django_db
def test_what_a_phone_scanned_without_a_network_comes_through_later(line, browser):
    """The code was on the wall 40 minutes ago."""
    line.activity.starts_at -= timedelta(minutes=50)
    line.activity.save()
    moment = timezone.now() - timedelta(minutes=40)
    token = door.token(line.activity, door.shown_since(moment, 30))
    data = {"token": token, "happened": int(moment.timestamp() * 1000)}
    answer = browser(line.member.user).post(own_url(line), data, **JSON)
    line.refresh_from_db()
    assert answer.status_code == 200 and abs(line.arrived_at - moment) < timedelta(seconds=30)


@pytest.mark.django_db
def test_not_on_the_list_is_said_after_a_scan_even_to_other_offices(line, browser):
    stranger = MemberFactory()
    user = PostingFactory(office=stranger.office, role="member").user
    answer = browser(user).get(scan_url(line.activity), follow=True)
    assert answer.status_code == 403 and "请联系现场工作人员" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "shown"), [(2000, "签到还没有开始"), (-600, "签到已经结束"), (5, "6 位数字")])
def test_the_own_page_says_what_can_be_done_now(line, browser, minutes, shown):
    line.activity.starts_at = timezone.now() + timedelta(minutes=minutes)
    line.activity.ends_at = line.activity.starts_at + timedelta(hours=1)
    line.activity.save()
    assert shown in browser(line.member.user).get(own_url(line)).content.decode()


# --- the desk ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_desk_registers_without_a_script(line, clerk, browser):
    done = browser(clerk).post(desk_url(line), {"attendance": line.pk, "direction": "in"}, follow=True)
    assert "签到成功" in done.content.decode() and "工作人员登记" in done.content.decode()
    gone = browser(clerk).post(
        f"{desk_url(line)}?direction=out", {"attendance": line.pk, "direction": "out"}, follow=True
    )
    assert "早退" in gone.content.decode()
    browser(clerk).post(desk_url(line), {"undo": line.pk, "direction": "in"})
    line.refresh_from_db()
    assert (line.state, line.arrived_at) == ("invited", None)


@pytest.mark.django_db
def test_a_members_code_opens_the_desk_at_this_member(line, clerk, browser, members):
    AttendanceFactory(activity=line.activity, member=members(1)[0], state="invited")
    shown = browser(clerk).get(desk_url(line), {"code": door.member_code(line)}).context["lines"]
    typed = browser(clerk).get(desk_url(line), {"q": door.member_digits(line)}).context["lines"]
    forged = browser(clerk).get(desk_url(line), {"code": f"{line.pk}-000"}).context["lines"]
    assert [each.row.pk for each in shown] == [each.row.pk for each in typed] == [line.pk] and forged == []


@pytest.mark.django_db
def test_what_came_through_late_is_marked(line, clerk, browser):
    claim = Claim(timezone.now() - timedelta(minutes=40))
    line.activity.starts_at -= timedelta(minutes=60)
    line.activity.save()
    check_in_other(by=clerk, activity=line.activity, attendance=line.pk, claim=claim)
    save_roll(by=clerk, activity=line.activity, opened={}, marks={line.pk: Mark("present")})
    page = browser(clerk).get(reverse("activity_attendance", args=[line.activity_id])).content.decode()
    assert "（工作人员登记，补传）；周文" in page and "登记为“出席”" in page


@pytest.mark.django_db
def test_everybody_else_present_leaves_check_ins_alone(line, clerk, browser, members):
    """Somebody scans, late, after the sheet was opened."""
    other = AttendanceFactory(activity=line.activity, member=members(1)[0], state="invited")
    url = reverse("activity_attendance", args=[line.activity_id])
    data = sheet(browser(clerk).get(url))
    line.activity.starts_at -= timedelta(minutes=30)
    line.activity.save()
    check_in_other(by=clerk, activity=line.activity, attendance=line.pk, claim=Claim(timezone.now()))
    assert browser(clerk).post(url, data | {"all_present": "1"}).status_code == 302
    states = dict(line.activity.attendances.values_list("pk", "state"))
    assert states == {line.pk: "late", other.pk: "present"}


@pytest.mark.django_db
def test_thirty_members_cost_as_many_queries_as_two(meeting, clerk, browser, members):
    counts, desk = [], browser(clerk)
    for more in (2, 30):
        for member in members(more):
            check_in_other(by=clerk, activity=meeting, attendance=AttendanceFactory(activity=meeting, member=member).pk,
                           claim=Claim(timezone.now()))  # fmt: skip
        counts.append(queries_for(lambda: desk.get(reverse("checkin_desk", args=[meeting.pk]))))
    assert counts[0] == counts[1] <= 20


# --- the wall ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_wall_knows_its_codes_for_ten_minutes(line, clerk, browser):
    feed = reverse("checkin_wall_feed", args=[line.activity_id])
    first = browser(clerk).get(feed).json()
    again = browser(clerk).get(feed, {"known": first["codes"][-1]["until"]}).json()
    assert 20 <= len(first["codes"]) <= 21 and len(again["codes"]) <= 1
    since = first["codes"][5]["from"] // 1000
    assert first["codes"][5]["digits"].replace(" ", "") == door.digits(line.activity, since)
    assert (first["came"], first["due"]) == (0, 1)


# --- all at once -----------------------------------------------------------------------------------------------------
def together(jobs):
    """Runs the jobs at the same moment, each on a connection of its own; what they raised."""
    gate, trouble = Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait(timeout=30)
            job()
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trouble


@pytest.mark.django_db(transaction=True)
def test_fifty_at_the_door_and_the_sheet_lose_nobody(meeting, clerk, members):
    """Forty check-ins, each sent twice at once, and two clerks' sheets; nothing waits in a circle."""
    rows = [AttendanceFactory(activity=meeting, member=each, state="invited") for each in members(22)]
    claims = [(row, Claim(timezone.now())) for row in rows[:20]]
    jobs = [
        lambda row=row, claim=claim: check_in_other(by=clerk, activity=meeting, attendance=row.pk, claim=claim)
        for row, claim in claims * 2
    ]
    jobs += [
        lambda row=row: save_roll(by=clerk, activity=meeting, opened={}, marks={row.pk: Mark("leave")})
        for row in rows[20:]
    ]
    assert together(jobs) == []
    states = sorted(meeting.attendances.values_list("state", flat=True))
    assert states == ["leave"] * 2 + ["present"] * 20 and CheckIn.objects.count() == 20
