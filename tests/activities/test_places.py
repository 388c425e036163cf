"""Signing up: places and the waiting list, in any order and by many at once; who is expected."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import reach, services
from activities.enums import Joining, Reply
from activities.models import Activity, Attendance
from activities.services import Mark
from core.errors import DomainError
from tests.activities.inviting import account, edit, replies, told
from tests.factories import OfficeFactory

pytestmark = pytest.mark.django_db


# --- places ------------------------------------------------------------------------------------------------------
def test_the_first_who_waits_moves_up_and_is_told(invited):
    activity, (first, second, third) = invited(3, joining=Joining.SIGN_UP, capacity=1)
    assert services.accept(by=first.user, activity=activity) == "报名成功。"
    assert "第1候补" in services.accept(by=second.user, activity=activity)
    assert "第2候补" in services.accept(by=third.user, activity=activity)
    services.decline(by=first.user, activity=activity)
    assert replies(activity) == [Reply.DECLINED, Reply.ACCEPTED, Reply.WAITING]
    assert "候补成功" in told(second)[-1] and told(third) == []


def test_the_place_in_the_line_is_always_visible(invited, browser):
    activity, (first, second) = invited(2, joining=Joining.SIGN_UP, capacity=1)
    services.accept(by=first.user, activity=activity)
    client = browser(second.user)
    assert "名额 1 人，已满，可以候补" in client.get(activity.get_absolute_url()).content.decode()
    client.post(reverse("activity_reply", args=[activity.pk, "accept"]))
    assert "您已报名，现为第1候补" in client.get(activity.get_absolute_url()).content.decode()


def test_a_second_press_keeps_the_first_ones_place(invited):
    activity, (first, second) = invited(2, joining=Joining.SIGN_UP, capacity=1)
    services.accept(by=first.user, activity=activity)
    services.accept(by=second.user, activity=activity)
    before = activity.attendances.get(member=second).answered_at
    services.accept(by=second.user, activity=activity)
    assert activity.attendances.get(member=second).answered_at == before


def test_more_places_let_those_who_wait_in(invited, clerk):
    activity, people = invited(3, joining=Joining.SIGN_UP, capacity=1)
    for member in people:
        services.accept(by=member.user, activity=activity)
    edit(clerk, activity, capacity=3)
    assert replies(activity) == [Reply.ACCEPTED] * 3
    with pytest.raises(DomainError, match="已有 3 人占用名额"):
        edit(clerk, activity, capacity=2)


def test_taking_somebody_off_the_list_frees_the_place(invited, clerk):
    activity, (first, second) = invited(2, joining=Joining.SIGN_UP, capacity=1)
    for member in (first, second):
        services.accept(by=member.user, activity=activity)
    services.withdraw(by=clerk, activity=activity, attendances=[activity.attendances.get(member=first).pk])
    assert activity.attendances.get().reply == Reply.ACCEPTED


def test_the_server_closes_the_sign_up_but_lets_people_go(invited):
    closed = timezone.now() - timedelta(minutes=1)
    activity, (first, second) = invited(2, joining=Joining.SIGN_UP, sign_up_until=closed)
    activity.attendances.filter(member=first).update(reply=Reply.ACCEPTED, answered_at=closed)
    with pytest.raises(DomainError, match="报名已经截止"):
        services.accept(by=second.user, activity=activity)
    services.decline(by=first.user, activity=activity)
    assert replies(activity) == [Reply.DECLINED, Reply.NONE]


def test_open_to_all_lets_members_of_all_offices_concerned_sign_up(invited, office):
    activity, _ = invited(0, joining=Joining.SIGN_UP, open_to_all=True)
    below, partner = OfficeFactory(parent=office), OfficeFactory()
    activity.partner_offices.add(partner)
    insiders = [account(each) for each in (office, below, partner)]
    for member in insiders:
        services.accept(by=member.user, activity=Activity.objects.visible_to(member.user).get())
    assert replies(activity) == [Reply.ACCEPTED] * 3
    assert not Activity.objects.visible_to(account(OfficeFactory()).user).exists()


def test_what_one_may_sign_up_for_is_found_in_list_and_calendar(invited, office, browser):
    activity, _ = invited(0, joining=Joining.SIGN_UP, open_to_all=True)
    member = account(office)
    client = browser(member.user)
    rows = client.get(f"{reverse('activity_list')}?mine=open").context["table"].rows
    assert [row.record for row in rows] == [activity]
    month = f"{timezone.localtime(activity.starts_at):%Y-%m}"
    for url in (reverse("activity_list"), f"{reverse('calendar')}?month={month}"):
        assert "可以报名" in client.get(url).content.decode()
    services.accept(by=member.user, activity=activity)
    assert len(client.get(f"{reverse('activity_list')}?mine=open").context["table"].rows) == 0


def test_a_duty_instead_of_a_sign_up_asks_those_who_do_not_come_anew(invited, clerk):
    activity, people = invited(3, joining=Joining.SIGN_UP, capacity=1)
    for member in people[:2]:
        services.accept(by=member.user, activity=activity)
    services.decline(by=people[2].user, activity=activity)
    edit(clerk, activity, joining=Joining.MUST_ATTEND)
    activity.refresh_from_db()
    assert replies(activity) == [Reply.ACCEPTED, Reply.NONE, Reply.NONE] and activity.capacity is None


# --- any sequence ------------------------------------------------------------------------------------------------
CALLS = {
    "sign up": lambda activity, member, clerk: services.accept(by=member.user, activity=activity),
    "cancel": lambda activity, member, clerk: services.decline(by=member.user, activity=activity),
    "take off": lambda activity, member, clerk: services.withdraw(by=clerk, activity=activity, attendances=ids(member)),
    "invite": lambda activity, member, clerk: services.invite(by=clerk, activity=activity, members=[member]),
    "more": lambda activity, member, clerk: edit(clerk, activity, capacity=activity.capacity + 1),
    "fewer": lambda activity, member, clerk: edit(clerk, activity, capacity=max(1, activity.capacity - 1)),
    "move": lambda activity, member, clerk: edit(clerk, activity, place=f"{activity.place}二楼"[:50]),
    "leave": lambda activity, member, clerk: mark_leave(activity, member, clerk),
}
MOVES = st.lists(st.tuples(st.sampled_from(sorted(CALLS)), st.integers(0, 3)), max_size=25)


def ids(member):
    return list(Attendance.objects.filter(member=member).values_list("pk", flat=True))


def mark_leave(activity, member, clerk):
    for row in activity.attendances.filter(member=member):
        opened, marks = {row.pk: Mark(row.state, row.reason)}, {row.pk: Mark("leave", "外出")}
        services.save_roll(by=clerk, activity=activity, opened=opened, marks=marks)


@given(moves=MOVES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_gives_too_many_places_or_lets_anybody_wait_for_a_free_one(invited, clerk, moves):
    with transaction.atomic():
        activity, people = invited(4, joining=Joining.SIGN_UP, capacity=2)
        for name, place in moves:
            with suppress(DomainError):
                CALLS[name](activity, people[place], clerk)
            activity.refresh_from_db()
            assert reach.taken(activity) <= activity.capacity
            assert not (reach.waiting(activity).exists() and reach.free(activity))
        transaction.set_rollback(True)


# --- thirty at once ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_for_ten_places(invited):
    activity, people = invited(30, joining=Joining.SIGN_UP, capacity=10)
    barrier = threading.Barrier(10)

    def sign_up(members):
        barrier.wait()
        for member in members:
            services.accept(by=member.user, activity=activity)
        connections.close_all()

    threads = [threading.Thread(target=sign_up, args=(people[start::10],)) for start in range(10)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    found = replies(activity)
    assert (found.count(Reply.ACCEPTED), found.count(Reply.WAITING)) == (10, 20)
    latest = activity.attendances.filter(reply=Reply.ACCEPTED).latest("answered_at").answered_at
    assert all(row.answered_at > latest for row in activity.attendances.filter(reply=Reply.WAITING))


# --- who is expected ---------------------------------------------------------------------------------------------
def test_only_who_signed_up_counts_as_expected(invited, clerk, browser):
    activity, people = invited(4, joining=Joining.SIGN_UP, capacity=2)
    for member in people[:3]:
        services.accept(by=member.user, activity=activity)
    assert set(activity.attendances.expected()) == {row for row in activity.attendances.all() if row.is_expected}
    client = browser(clerk)
    assert client.get(reverse("activity_list")).context["table"].rows[0].record.due == 2
    assert '应到 <strong class="num">2</strong> 人' in client.get(activity.get_absolute_url()).content.decode()


def test_who_came_without_signing_up_counts_too(invited):
    activity, people = invited(2, joining=Joining.SIGN_UP)
    activity.attendances.filter(member=people[0]).update(state="present")
    assert [row.member for row in activity.attendances.expected()] == [people[0]]
