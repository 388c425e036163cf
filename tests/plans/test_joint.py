"""An activity several offices hold together counts for each of them, and once for the office above."""

from datetime import datetime

import pytest
from django.utils import timezone

from activities.models import ActivityType, Attendance
from plans import progress
from tests.factories import ActivityFactory, MemberFactory, PlanFactory, TargetFactory

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def targets(world):
    """The same target in the plans of the county, the town and the street."""
    goal = {"measure": "activities", "filters": {"type": "inspection"}, "amount": 2}
    plans = [
        PlanFactory(office=world.offices[key], year=YEAR, state="approved") for key in ("county", "town", "street")
    ]
    return [TargetFactory(plan=plan, **goal) for plan in plans]


@pytest.fixture
def joint(world):
    kind = ActivityType.objects.get(code="inspection")
    moment = timezone.make_aware(datetime(YEAR, 5, 8, 9))
    activity = ActivityFactory(office=world.offices["town"], type=kind, state="held", starts_at=moment)
    activity.partner_offices.add(world.offices["street"])
    member = MemberFactory(office=world.offices["street"], term=world["session"].term)
    Attendance.objects.create(activity=activity, member=member, state="present")
    return activity


def counted(targets):
    return [int(each.actual) for each in progress.of_targets(targets)]


def test_each_has_it_and_the_county_once(targets, world, joint):
    together = counted(targets)
    joint.partner_offices.clear()
    alone = counted(targets)
    assert [one - other for one, other in zip(together, alone, strict=True)] == [0, 0, 1]


def test_a_list_of_plans_says_what_the_plan_says(targets, joint):
    assert counted(targets) == [counted([target])[0] for target in targets]


def test_the_link_of_the_partner_opens_it(targets, joint, sign_in):
    figure = progress.of_targets(targets[2:])[0]
    page = sign_in("other_staff").get(figure.url).content.decode()
    assert joint.title in page
