"""Report duties: they come with holding, count their late days, and are found when overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import services
from activities.models import ReportDuty, TypeNeeds
from activities.services import duties as act
from activities.todos import followup as todos_records
from core.clock import today
from core.errors import Denied, DomainError
from tests.activities.test_pages import queries_of
from tests.factories import ActivityFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(office):
    """Nine days ago, everything settled; its type asks for a report within five days."""
    starts = timezone.now() - timedelta(days=9)
    made = ActivityFactory(
        office=office, state="preparing", starts_at=starts, place="河口", content="查看", responsible="周文"
    )
    needs = {"report_to": "上级政协", "report_days": 5, "evidence": []}
    TypeNeeds.objects.update_or_create(type=made.type, defaults=needs)
    return made


@pytest.fixture
def duty(planned, clerk):
    services.step(by=clerk, activity=planned, action="hold")
    return planned.duties.get()


def test_what_the_type_owes_is_due_from_the_day_of_the_activity(planned, duty):
    assert (duty.addressee, duty.due_on) == ("上级政协", timezone.localdate(planned.starts_at) + timedelta(5))
    assert duty.is_overdue and duty.late_days == 4


def test_going_back_takes_only_the_unsent_duty_away(planned, duty, clerk):
    services.step(by=clerk, activity=planned, action="revert", reason="登记错了")
    assert not planned.duties.exists()
    services.step(by=clerk, activity=planned, action="hold")
    act.send_duty(by=clerk, duty=planned.duties.get(), sent_on=today())
    services.step(by=clerk, activity=planned, action="revert", reason="登记错了")
    services.step(by=clerk, activity=planned, action="hold")
    assert planned.duties.count() == 1


def test_a_type_without_the_rule_owes_nothing(planned, clerk):
    TypeNeeds.objects.filter(type=planned.type).update(report_days=None)
    services.step(by=clerk, activity=planned, action="hold")
    assert not planned.duties.exists()


def test_late_days_stay_as_they_were_when_it_was_sent(duty, clerk):
    act.send_duty(by=clerk, duty=duty, sent_on=duty.due_on + timedelta(2))
    assert (duty.late_days, duty.is_overdue) == (2, False)


@pytest.mark.parametrize(("days", "words"), [(1, "不能晚于今天"), (-30, "不能早于活动日期")])
def test_impossible_days_are_refused(duty, clerk, days, words):
    with pytest.raises(DomainError, match=words):
        act.send_duty(by=clerk, duty=duty, sent_on=today() + timedelta(days))


def test_a_sent_duty_is_not_dropped(duty, clerk):
    act.send_duty(by=clerk, duty=duty, sent_on=today())
    with pytest.raises(DomainError, match="先撤回"):
        act.drop_duty(by=clerk, duty=duty)
    act.take_back_duty(by=clerk, duty=duty)
    act.drop_duty(by=clerk, duty=duty)
    assert not ReportDuty.objects.exists()


def test_another_office_cannot_send(duty):
    with pytest.raises(Denied):
        act.send_duty(by=PostingFactory(role="staff").user, duty=duty, sent_on=today())


def test_overdue_ones_wait_for_staff_and_in_the_list(duty, clerk, browser):
    todo = todos_records.waiting(clerk)[1]
    page = browser(clerk).get(todo.url)
    assert todo.count.count() == 1 and [row.record for row in page.context["table"].rows] == [duty]
    assert "逾期 4 天" in page.content.decode()


def test_the_activity_list_finds_those_that_owe_a_report(planned, duty, clerk, browser):
    url = f"{reverse('activity_list')}?waiting=report"
    assert [row.record for row in browser(clerk).get(url).context["table"].rows] == [planned]
    act.send_duty(by=clerk, duty=duty, sent_on=today())
    assert not browser(clerk).get(url).context["table"].rows


def test_the_checklist_says_until_when(planned, duty, clerk, browser):
    page = browser(clerk).get(planned.get_absolute_url()).content.decode()
    assert "报送上级政协" in page and "逾期 4 天" in page


def test_the_list_costs_the_same_with_one_row_and_with_three(office, clerk, browser):
    signed_in, counts = browser(clerk), []
    signed_in.get(reverse("duty_list"))
    for _ in range(3):
        ReportDuty.objects.create(activity=ActivityFactory(office=office), addressee="上级政协", due_on=today())
        counts.append(queries_of(signed_in, reverse("duty_list")))
    assert counts[0] == counts[2] <= 15
