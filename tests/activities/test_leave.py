"""Leave: asked, granted, refused, taken back; no sequence of actions leaves list and request at odds."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import services
from activities.enums import AttendanceState, LeaveState, Reply
from activities.models import Attendance, LeaveRequest
from activities.services import Mark
from activities.workflow import LEAVE
from core.errors import Denied, DomainError
from notices.models import Notice
from notices.todos import waiting_for
from organisation.models import Rule
from tests.factories import ActivityFactory, AttendanceFactory, OfficeFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(office, as_member):
    """An activity to come to which the member is invited."""
    activity = ActivityFactory(office=office, state="preparing", starts_at=timezone.now() + timedelta(days=3))
    AttendanceFactory(activity=activity, member=as_member[0], state="invited")
    return activity


@pytest.fixture
def asked(coming, as_member):
    return services.ask_leave(by=as_member[1], activity=coming, reason="外出开会")


def row(activity):
    return activity.attendances.get()


def decide(by, leave, action, reason=""):
    return services.decide(by=by, leave=LeaveRequest.objects.get(pk=leave.pk), action=action, reason=reason)


def set_rule(office, key, value):
    Rule.objects.create(key=key, office=office, value=value, starts="2020-01-01")


# --- the way of a request ----------------------------------------------------------------------------------------
def test_staff_is_told_and_finds_it_among_what_waits(clerk, asked, browser):
    assert "请审批" in Notice.objects.get(recipient=clerk).text
    todo = next(each for each in waiting_for(clerk) if each.label == "请假申请待审批")
    rows = browser(clerk).get(todo.url).context["table"].rows
    assert [each.record for each in rows] == [asked] and todo.count == 1


def test_granted_leave_is_on_the_attendance_sheet(asked, coming, clerk, as_member):
    decide(clerk, asked, "grant")
    assert (row(coming).state, row(coming).reason) == (AttendanceState.LEAVE, "外出开会")
    assert "已准假" in Notice.objects.get(recipient=as_member[1]).text


def test_refused_leave_asks_for_an_answer_again(asked, coming, clerk, as_member):
    with pytest.raises(DomainError, match="请填写理由"):
        decide(clerk, asked, "refuse")
    decide(clerk, asked, "refuse", "需要您发言")
    assert (row(coming).state, row(coming).reply) == (AttendanceState.INVITED, Reply.NONE)
    assert "需要您发言" in Notice.objects.get(recipient=as_member[1]).text


@pytest.mark.parametrize("granted", [False, True])
def test_who_can_come_after_all_takes_the_request_back(asked, coming, clerk, as_member, granted):
    if granted:
        decide(clerk, asked, "grant")
    decide(as_member[1], asked, "withdraw")
    assert (row(coming).state, row(coming).reply, row(coming).reason) == ("invited", Reply.ACCEPTED, "")


def test_only_the_member_takes_it_back_and_only_staff_decides(asked, clerk, as_member):
    with pytest.raises(Denied):
        decide(clerk, asked, "withdraw")
    with pytest.raises(Denied):
        decide(as_member[1], asked, "grant")


def test_who_is_registered_as_present_gets_no_leave(asked, coming, clerk):
    Attendance.objects.update(state=AttendanceState.PRESENT)
    with pytest.raises(Denied, match="已登记为“出席”"):
        decide(clerk, asked, "grant")


def test_a_request_that_came_too_late_can_still_be_closed(asked, coming, clerk):
    Attendance.objects.update(state=AttendanceState.ABSENT)
    decide(clerk, asked, "refuse", "活动已经结束")
    assert row(coming).state == AttendanceState.ABSENT and not coming.leave_requests.filter(state="asked").exists()


def test_a_partner_office_decides_about_its_own_members_only(asked, coming):
    partner = PostingFactory(office=OfficeFactory(), role="staff").user
    coming.partner_offices.add(partner.postings.get().office)
    with pytest.raises(Denied, match="所在的办公室"):
        decide(partner, asked, "grant")


def test_who_is_invited_again_while_asking_still_asks(asked, coming, clerk, as_member):
    services.withdraw(by=clerk, activity=coming, attendances=[row(coming).pk])
    services.invite(by=clerk, activity=coming, members=[as_member[0]])
    assert row(coming).reply == Reply.LEAVE_ASKED
    decide(clerk, asked, "grant")
    assert row(coming).state == AttendanceState.LEAVE


# --- what stands against it --------------------------------------------------------------------------------------
def test_one_open_request_is_enough(asked, coming, as_member):
    with pytest.raises(DomainError, match="不用重复申请"):
        services.ask_leave(by=as_member[1], activity=coming, reason="再次")


def test_a_rule_sets_the_latest_hour(coming, office, as_member):
    set_rule(office, "leave.hours_before", 24 * 4)
    with pytest.raises(DomainError, match="开始前 96 小时"):
        services.ask_leave(by=as_member[1], activity=coming, reason="外出")


def test_a_rule_sets_how_often_in_a_year(coming, asked, office, as_member):
    set_rule(office, "leave.per_year", 1)
    another = ActivityFactory(office=office, state="preparing", starts_at=coming.starts_at)
    AttendanceFactory(activity=another, member=as_member[0], state="invited")
    with pytest.raises(DomainError, match="已满 1 次"):
        services.ask_leave(by=as_member[1], activity=another, reason="外出")
    decide(as_member[1], asked, "withdraw")
    assert services.ask_leave(by=as_member[1], activity=another, reason="外出").state == LeaveState.ASKED


def test_signing_up_needs_no_leave(coming, as_member):
    coming.joining = "sign_up"
    coming.save()
    with pytest.raises(DomainError, match="取消报名即可"):
        services.ask_leave(by=as_member[1], activity=coming, reason="外出")


# --- pages -------------------------------------------------------------------------------------------------------
def test_a_member_asks_on_the_phone_and_sees_how_it_stands(coming, as_member, browser):
    client = browser(as_member[1])
    page = client.post(reverse("activity_leave", args=[coming.pk]), {"reason": "外出开会"}, follow=True)
    assert "请假申请已提交" in page.content.decode() and "撤回请假，我能参加" in page.content.decode()
    assert "正在等待审批" in client.get(coming.get_absolute_url()).content.decode()


def test_another_members_request_looks_like_none(asked, office, browser):
    other = PostingFactory(office=office, role="member").user
    assert browser(other).get(asked.get_absolute_url()).status_code == 404
    assert len(browser(other).get(reverse("leave_list")).context["table"].rows) == 0


# --- any sequence ------------------------------------------------------------------------------------------------
CALLS = {
    "ask": lambda world, by: services.ask_leave(by=by, activity=world["coming"], reason="外出"),
    "accept": lambda world, by: services.accept(by=by, activity=world["coming"]),
    "roll": lambda world, by: mark_on_sheet(world["coming"], by),
    **{name: lambda world, by, name=name: decide(by, latest(world), name, "理由") for name in LEAVE.transitions},
}
MOVES = st.lists(
    st.tuples(st.sampled_from(sorted(CALLS)), st.sampled_from(["owner", "stranger", "staff"])), max_size=20
)


def latest(world):
    found = world["coming"].leave_requests.first()
    if found is None:
        raise DomainError("no request yet")
    return found


def mark_on_sheet(activity, by):
    line = activity.attendances.get()
    new = "invited" if line.state == "leave" else "leave"
    services.save_roll(by=by, activity=activity, opened={line.pk: Mark(line.state, line.reason)},
                       marks={line.pk: Mark(new)})  # fmt: skip


def check(activity):
    line, requests = activity.attendances.get(), list(activity.leave_requests.all())
    open_requests = [each for each in requests if each.state == LeaveState.ASKED]
    assert len(open_requests) <= 1 and {each.state for each in requests} <= set(LeaveState)
    assert line.state in {"invited", "leave"}
    if line.reply == Reply.ACCEPTED:
        assert not open_requests


@given(moves=MOVES)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_actions_leaves_list_and_request_at_odds(world, moves):
    with transaction.atomic():
        activity = ActivityFactory(
            office=world.offices["town"], state="preparing", starts_at=timezone.now() + timedelta(days=3)
        )
        AttendanceFactory(activity=activity, member=world["member.owner"], state="invited")
        world.objects["coming"] = activity
        for name, actor in moves:
            with suppress(DomainError):
                CALLS[name](world, world.people[actor])
            check(activity)
        transaction.set_rollback(True)
