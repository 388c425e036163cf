"""Creating and changing activities: rules, versions, notices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities import services
from activities.models import Activity
from audit.models import AuditEntry
from core.errors import Conflict, Denied, DomainError
from notices.models import Notice
from tests.factories import AttendanceFactory, ItemFactory, PlanFactory, activity_type, moment

pytestmark = pytest.mark.django_db


def values(**changed):
    base = {"type": activity_type("study"), "title": "集中学习", "starts_at": moment(6, 3), "ends_at": None,
            "place": "", "content": "", "responsible": "", "guests": "", "item_lineage": None}  # fmt: skip
    return base | changed


def values_of(activity, **changed):
    return {name: getattr(activity, name) for name in services.BASICS} | changed


def test_a_new_activity_is_in_preparation_and_unplanned(office, clerk):
    activity = services.create(by=clerk, office=office, values=values())
    assert (activity.state, activity.is_planned) == ("preparing", False)
    assert AuditEntry.objects.filter(action="activity.create", actor=clerk).exists()


def test_an_activity_keeps_its_plan_item(office, clerk):
    item = ItemFactory(plan=PlanFactory(office=office))
    activity = services.create(by=clerk, office=office, values=values(item_lineage=item.lineage))
    assert activity.scheduled_item() == item


def test_the_item_of_another_office_is_refused(office, clerk):
    foreign = ItemFactory()
    with pytest.raises(DomainError, match="不属于本办公室"):
        services.create(by=clerk, office=office, values=values(item_lineage=foreign.lineage))
    assert not Activity.objects.exists()


def test_only_staff_of_the_office_creates(office, world):
    with pytest.raises(Denied):
        services.create(by=world.people["other_staff"], office=office, values=values())


def test_an_end_before_the_start_is_told_at_its_field(office, clerk):
    with pytest.raises(DomainError) as caught:
        services.create(by=clerk, office=office, values=values(ends_at=moment(6, 2)))
    assert caught.value.field == "ends_at"


def test_the_second_of_two_editors_is_told(activity, clerk, colleague):
    services.update(by=colleague, activity=activity, version=1, values=values_of(activity, title="改过的名称"))
    with pytest.raises(Conflict, match="王敏"):
        services.update(by=clerk, activity=activity, version=1, values=values_of(activity, title="我的名称"))
    assert Activity.objects.get().title == "改过的名称"


def test_a_held_activity_keeps_what_was_settled(activity, clerk):
    services.step(by=clerk, activity=activity, action="hold")
    with pytest.raises(DomainError, match="地点不能为空"):
        services.update(by=clerk, activity=activity, version=None, values=values_of(activity, place=""))


def test_a_held_activity_does_not_move_into_the_future(activity, clerk):
    services.step(by=clerk, activity=activity, action="hold")
    later = timezone.now() + timedelta(days=3)
    with pytest.raises(DomainError, match="不能改到以后"):
        services.update(by=clerk, activity=activity, version=None, values=values_of(activity, starts_at=later))


@pytest.mark.parametrize("state", ["summarised", "cancelled"])
def test_a_closed_activity_is_not_written_to(activity, clerk, state):
    Activity.objects.filter(pk=activity.pk).delete()
    activity.pk, activity.state, activity.stored_state = None, state, None
    activity.save()
    with pytest.raises(Denied):
        services.update(by=clerk, activity=activity, version=None, values=values_of(activity))


def test_a_new_place_is_told_to_those_invited(activity, clerk, as_member):
    member, user = as_member
    AttendanceFactory(activity=activity, member=member, state="invited")
    services.update(by=clerk, activity=activity, version=1, values=values_of(activity, place="镇文化站"))
    notice = Notice.objects.get(recipient=user)
    assert "时间或地点有变动" in notice.text and "镇文化站" in notice.text
    assert notice.url == activity.get_absolute_url()


def test_a_new_title_is_not_worth_a_notice(activity, clerk, as_member):
    AttendanceFactory(activity=activity, member=as_member[0], state="invited")
    services.update(by=clerk, activity=activity, version=1, values=values_of(activity, title="新名称"))
    assert not Notice.objects.exists()


def test_minutes_are_audited_by_length_not_by_text(activity, clerk):
    changed = {
        "minutes": "群众张某的诉求",
        "outcome": "",
        "hours": 3,
        "households": None,
        "copies": None,
        "amount": None,
    }
    services.save_results(by=clerk, activity=activity, version=1, values=changed)
    detail = AuditEntry.objects.get(action="activity.results").detail
    assert "张某" not in str(detail) and detail["minutes"] == ["0 字", "7 字"]
