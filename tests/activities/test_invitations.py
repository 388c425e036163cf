"""Notices and receipts, answers, places and the waiting list, moves, several offices, reminders."""

import threading
from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from activities import reach, services
from activities.enums import Joining, Reply
from activities.models import Activity, Attendance, NoticeReceipt
from activities.services import BASICS, Mark
from audit.models import AuditEntry
from core.errors import Conflict, Denied, DomainError
from notices.models import Notice
from notices.todos import waiting_for
from organisation.models import Rule
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    GroupFactory,
    MemberFactory,
    OfficeFactory,
    PostingFactory,
)

pytestmark = pytest.mark.django_db
SOON = timedelta(days=5)


def account(office, **values):
    """A member of the office with an account."""
    member = MemberFactory(office=office, **values)
    member.user = PostingFactory(office=office, role="member", user__name=member.name).user
    member.save()
    return member


@pytest.fixture
def invited(office):
    """`invited(2, joining="sign_up", capacity=1)` → an activity to come and the members invited to it."""

    def build(count, **values):
        activity = ActivityFactory(office=office, state="preparing", starts_at=timezone.now() + SOON, **values)
        people = [account(office) for _ in range(count)]
        for member in people:
            AttendanceFactory(activity=activity, member=member, state="invited")
        return activity, people

    return build


def replies(activity):
    return list(activity.attendances.order_by("pk").values_list("reply", flat=True))


def told(member):
    return [notice.text for notice in Notice.objects.filter(recipient=member.user).order_by("pk")]


def publish(clerk, activity, body="请准时参加。", version=0, agenda=""):
    return services.publish_notice(by=clerk, activity=activity, version=version, body=body, agenda=agenda)


def values_of(activity, **changes):
    return {name: getattr(activity, name) for name in BASICS} | changes


def edit(clerk, activity, **changes):
    activity.refresh_from_db()
    services.update(by=clerk, activity=activity, version=None, values=values_of(activity, **changes))


# --- notices -----------------------------------------------------------------------------------------------------
def test_a_notice_is_told_to_everybody_and_read_once(invited, clerk, browser):
    activity, (member,) = invited(1)
    notice = publish(clerk, activity, agenda="一、听取汇报")
    assert "请阅读并答复" in told(member)[0]
    for _ in range(2):
        page = browser(member.user).get(activity.get_absolute_url()).content.decode()
    assert "请准时参加。" in page and "一、听取汇报" in page
    assert NoticeReceipt.objects.filter(notice=notice, member=member).count() == 1


def test_a_new_version_has_to_be_read_again_and_the_old_one_stays(invited, clerk):
    activity, (member,) = invited(1)
    publish(clerk, activity)
    services.note_opened(by=member.user, activity=activity)
    publish(clerk, activity, "改在下午。", version=1)
    assert activity.attendances.get().read_at is None and "第2版" in told(member)[-1]
    services.note_opened(by=member.user, activity=activity)
    assert list(activity.notices.values_list("number", "body", "receipts__member")) == [
        (2, "改在下午。", member.pk), (1, "请准时参加。", member.pk),
    ]  # fmt: skip


def test_two_writers_of_one_notice_do_not_overwrite_each_other(invited, clerk, colleague):
    activity, _ = invited(0)
    publish(colleague, activity)
    with pytest.raises(Conflict, match="王敏"):
        publish(clerk, activity, "另一种说法")
    with pytest.raises(DomainError, match="和上一版相同"):
        publish(clerk, activity, version=1)


def test_a_preview_by_the_browser_or_by_staff_is_no_receipt(invited, clerk, browser):
    activity, (member,) = invited(1)
    browser(clerk).get(activity.get_absolute_url())
    browser(member.user).get(activity.get_absolute_url(), headers={"sec-purpose": "prefetch"})
    assert activity.attendances.get().read_at is None


def test_a_stranger_to_the_list_leaves_no_receipt(invited, office):
    activity, _ = invited(1)
    services.note_opened(by=account(office).user, activity=activity)
    assert not Attendance.objects.filter(read_at__isnull=False).exists()


# --- answers -----------------------------------------------------------------------------------------------------
def test_a_member_answers_and_the_to_do_goes(invited, clerk, browser):
    activity, (member,) = invited(1)
    publish(clerk, activity)
    assert {each.label for each in waiting_for(member.user)} >= {"待答复的活动邀请", "未读的活动通知"}
    client = browser(member.user)
    assert "我参加" in client.get(activity.get_absolute_url()).content.decode()
    page = client.post(reverse("activity_reply", args=[activity.pk, "accept"]), follow=True).content.decode()
    assert "您已登记参加" in page and "申请请假" in page and "加入日历" in page
    assert not [each for each in waiting_for(member.user) if "/activities/" in each.url]


def test_a_duty_to_attend_is_not_declined(invited):
    activity, (member,) = invited(1)
    with pytest.raises(DomainError, match="申请请假"):
        services.decline(by=member.user, activity=activity)


def test_nobody_answers_for_a_list_they_are_not_on(invited, office):
    activity, _ = invited(0, joining=Joining.SIGN_UP)
    with pytest.raises(Denied, match="邀请名单"):
        services.accept(by=account(office).user, activity=activity)


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"starts_at": timezone.now() - SOON}])
def test_it_is_too_late_after_the_start_or_a_cancellation(office, change):
    member = account(office)
    activity = ActivityFactory(office=office, **{"state": "preparing", "starts_at": timezone.now() + SOON, **change})
    AttendanceFactory(activity=activity, member=member, state="invited")
    with pytest.raises(DomainError, match="活动已"):
        services.accept(by=member.user, activity=activity)


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


# --- moves -------------------------------------------------------------------------------------------------------
def test_after_a_move_those_who_accepted_confirm_again_and_keep_their_place(invited, clerk, browser):
    activity, (first, second) = invited(2, joining=Joining.SIGN_UP, capacity=1)
    for member in (first, second):
        services.accept(by=member.user, activity=activity)
    edit(clerk, activity, starts_at=activity.starts_at + timedelta(days=1))
    assert replies(activity) == [Reply.NONE, Reply.WAITING] and "请重新确认" in told(first)[-1]
    activity.refresh_from_db()
    assert reach.free(activity) == 0 and "请重新确认" not in told(second)[-1]
    assert "时间或地点有变，请重新确认" in browser(first.user).get(activity.get_absolute_url()).content.decode()
    services.accept(by=first.user, activity=activity)
    page = browser(clerk).get(reverse("activity_invitations", args=[activity.pk])).content.decode()
    assert "已重新确认" in page and replies(activity) == [Reply.ACCEPTED, Reply.WAITING]


def test_a_new_title_asks_nobody_again(invited, clerk):
    activity, (member,) = invited(1)
    services.accept(by=member.user, activity=activity)
    edit(clerk, activity, title="新的名称")
    assert replies(activity) == [Reply.ACCEPTED] and told(member) == []


# --- several offices ---------------------------------------------------------------------------------------------
@pytest.fixture
def partner(office):
    """Staff of another office that holds activities together with ours."""
    return PostingFactory(office=OfficeFactory(short_name="南门街道联络处"), role="staff").user


def together(activity, user):
    activity.partner_offices.add(user.postings.get().office)
    return activity


def test_a_partner_office_invites_and_removes_its_own_members_only(invited, partner):
    activity, (ours,) = invited(1)
    together(activity, partner)
    theirs = account(partner.postings.get().office)
    assert set(reach.candidates(partner, activity)) == {theirs}
    assert services.invite(by=partner, activity=activity, members=[theirs]) == 1
    with pytest.raises(DomainError, match="不是本办公室联系的委员"):
        services.invite(by=partner, activity=activity, members=[MemberFactory(office=activity.office)])
    rows = list(activity.attendances.values_list("pk", flat=True))
    assert services.withdraw(by=partner, activity=activity, attendances=rows) == 1
    assert activity.attendances.get().member == ours


def test_a_partner_office_sees_the_activity_but_does_not_change_it(invited, partner, browser):
    activity, _ = invited(1)
    client = browser(partner)
    assert client.get(activity.get_absolute_url()).status_code == 404
    together(activity, partner)
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "共同举办" in page and "参加人员" in page and reverse("activity_edit", args=[activity.pk]) not in page
    with pytest.raises(Denied):
        edit(partner, activity, title="别人的名称")


def test_a_partner_office_registers_its_own_members_only(invited, partner, browser):
    activity, (ours,) = invited(1)
    theirs = account(together(activity, partner).partner_offices.get())
    line = AttendanceFactory(activity=activity, member=theirs, state="invited")
    page = browser(partner).get(reverse("activity_attendance", args=[activity.pk]))
    assert [row.member for row in page.context["form"].rows] == [theirs]
    opened = {each.pk: Mark(each.state) for each in activity.attendances.all()}
    marks = {pk: Mark("leave", "外出") for pk in opened}
    assert services.save_roll(by=partner, activity=activity, opened=opened, marks=marks) == 1
    assert set(activity.attendances.values_list("member", "state")) == {(ours.pk, "invited"), (line.member_id, "leave")}


def test_a_new_partner_office_is_told_once(invited, partner, clerk):
    activity, _ = invited(0)
    office = partner.postings.get().office
    for _ in range(2):
        services.update(by=clerk, activity=activity, version=None, values=values_of(activity), partners=[office])
    assert ["请你们一起举办" in notice.text for notice in Notice.objects.filter(recipient=partner)] == [True]


def test_a_joint_activity_is_in_the_lists_of_both_offices(invited, partner, clerk, browser):
    activity, _ = invited(0)
    together(activity, partner)
    for user in (clerk, partner):
        office = user.postings.get().office_id
        rows = browser(user).get(f"{reverse('activity_list')}?office={office}").context["table"].rows
        assert [row.record for row in rows] == [activity]


def test_the_groups_that_take_part_are_invited_at_one_press(invited, office, clerk, browser):
    activity, _ = invited(0)
    groups = GroupFactory.create_batch(2, office=office)
    activity.groups.set(groups)
    wanted = [MemberFactory(office=office, group=group) for group in groups]
    MemberFactory(office=office)
    browser(clerk).post(reverse("activity_participants", args=[activity.pk]), {"groups": "1"})
    assert {row.member for row in activity.attendances.all()} == set(wanted)


# --- reminders ---------------------------------------------------------------------------------------------------
def test_a_reminder_goes_to_those_it_concerns_and_not_twice_a_day(invited, clerk):
    activity, (silent, answered) = invited(2)
    services.accept(by=answered.user, activity=activity)
    AttendanceFactory(activity=activity, member=MemberFactory(office=activity.office), state="invited")
    assert services.remind(by=clerk, activity=activity, whom="unanswered") == (1, 0, 1)
    assert services.remind(by=clerk, activity=activity, whom="unanswered") == (0, 1, 1)
    assert "请答复是否参加" in told(silent)[0] and told(answered) == []
    assert AuditEntry.objects.filter(action="activity.remind").count() == 1


def test_the_office_sets_how_often(invited, clerk, office):
    activity, _ = invited(1)
    Rule.objects.create(key="activity.remind_hours", office=office, value=0, starts="2020-01-01")
    for _ in range(2):
        assert services.remind(by=clerk, activity=activity, whom="unread")[0] == 1


def test_staff_registers_what_was_said_on_the_telephone(invited, clerk, browser):
    activity, (member,) = invited(1)
    url = reverse("activity_invitations", args=[activity.pk])
    data = {"pick": [activity.attendances.get().pk], "answer": "coming"}
    page = browser(clerk).post(url, data, follow=True).content.decode()
    assert "已登记 1 人的答复" in page and replies(activity) == [Reply.ACCEPTED]
    assert "办公室已登记您对" in told(member)[0]


# --- the page of answers -----------------------------------------------------------------------------------------
def test_each_figure_leads_to_its_rows(invited, clerk, browser):
    activity, people = invited(3)
    services.note_opened(by=people[0].user, activity=activity)
    services.accept(by=people[1].user, activity=activity)
    client = browser(clerk)
    url = reverse("activity_invitations", args=[activity.pk])
    for figure in client.get(url).context["overview"].figures:
        assert len(client.get(figure.url).context["overview"].lines) == figure.count, figure.label


def test_the_list_as_a_workbook_has_the_rows_of_the_page(invited, clerk, browser):
    activity, people = invited(3)
    services.accept(by=people[1].user, activity=activity)
    url = reverse("activity_invitations", args=[activity.pk])
    answer = browser(clerk).get(f"{url}?show=accepted&export=xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert [row[0] for row in rows if row[3] == "参加"] == [people[1].name] and not any("未答复" in row for row in rows)


def test_the_page_costs_the_same_for_more_members(invited, clerk, browser):
    costs = []
    for count in (1, 1, 4):  # the first one warms caches
        activity, _ = invited(count)
        publish(clerk, activity)
        client = browser(clerk)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("activity_invitations", args=[activity.pk]))
        costs.append(len(captured))
    assert costs[1] == costs[2] <= 15


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
