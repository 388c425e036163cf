"""Notices and receipts, answers, moves, several offices together, reminders, the page of answers."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from activities import reach, services
from activities.enums import Joining, Reply
from activities.models import Attendance, NoticeReceipt
from activities.services import Mark
from activities.services.invitations import publish_notice
from audit.models import AuditEntry
from core.errors import Conflict, Denied, DomainError
from notices.models import Notice
from notices.todos import waiting_for
from organisation.models import Rule
from tests.activities.inviting import account, edit, publish, replies, told, values_of
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


def test_a_notice_that_names_the_old_time_says_so(office, clerk):
    """The members' page shows the new time, and the checklist asks for a new version."""
    activity = ActivityFactory(office=office, state="preparing", starts_at=timezone.now() + timedelta(days=5))
    publish_notice(by=clerk, activity=activity, version=0, body="请准时参加", agenda="")
    notice = activity.notices.get()
    assert not notice.is_outdated(activity)
    activity.starts_at += timedelta(days=1)
    activity.save()
    assert notice.is_outdated(activity)
    again = publish_notice(by=clerk, activity=activity, version=1, body="请准时参加", agenda="")
    assert again.number == 2 and not again.is_outdated(activity)
