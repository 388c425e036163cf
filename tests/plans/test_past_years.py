"""A change of members does not rewrite a year that is over."""

from datetime import date

import pytest

from plans import progress
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = make.PlanFactory(year=2024)
    make.TargetFactory(plan=plan, scope="each_member", amount=1)
    return plan


def member(plan, **values):
    return make.MemberFactory(office=plan.office, term=make.TermFactory(office=plan.office), **values)


def coverage(plan, **options):
    found = progress.of_plan(plan, **options)[0].coverage
    return (found.reached, found.of)


def test_who_left_later_counts_and_who_came_later_does_not(plan):
    stayed = member(plan, joined_on=date(2022, 1, 1), state="left", left_on=date(2025, 6, 30))
    member(plan, joined_on=date(2025, 7, 1))
    activity = make.ActivityFactory(office=plan.office, starts_at=make.moment(5, 5, year=2024))
    make.AttendanceFactory(activity=activity, member=stayed)
    assert coverage(plan) == (1, 1)


def test_a_report_in_the_middle_asks_those_of_its_day(plan):
    member(plan, joined_on=date(2022, 1, 1), state="left", left_on=date(2024, 3, 31))
    member(plan, joined_on=date(2024, 10, 1))
    assert coverage(plan, as_of=date(2024, 2, 1)) == (0, 1)
    assert coverage(plan, as_of=date(2024, 6, 30)) == (0, 0)


def test_an_unknown_day_of_joining_is_long_ago(plan):
    member(plan, joined_on=None)
    assert coverage(plan) == (0, 1)
