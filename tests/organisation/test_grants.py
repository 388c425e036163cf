"""Who may do what where, and what the question costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Can
from core import navigation
from core.clock import today
from organisation.models import Posting
from organisation.selectors import can, grants, home_office, line_up, root_of, users_with
from tests.factories import OfficeFactory, PostingFactory, UserFactory

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As the next request reads it."""
    return User.objects.get(pk=user.pk)


def test_reading_flows_down_and_work_does_not(world):
    county, town = world.offices["county"], world.offices["town"]
    staff = world.people["county_staff"]
    assert can(staff, Can.VIEW_PLANS, town) and can(staff, Can.EDIT_PLANS, county)
    assert "其他办公室" in can(staff, Can.EDIT_PLANS, town).reason


def test_nothing_flows_up_or_sideways(world):
    staff = world.people["staff"]
    assert not can(staff, Can.VIEW_PLANS, world.offices["county"])
    assert not can(staff, Can.VIEW_PLANS, world.offices["street"])


@pytest.mark.parametrize("user", [AnonymousUser(), None])
def test_nobody_holds_nothing(user):
    assert not can(user, Can.VIEW_PLANS) and home_office(user) is None


def test_a_disabled_account_holds_nothing(world):
    assert grants(world.people["disabled"]).roles == frozenset()


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (-9, 0, True), (0, 0, True), (1, None, False), (-9, -1, False)],
    ids=["from today", "until today", "today only", "from tomorrow", "until yesterday"],
)
def test_a_posting_holds_from_its_first_to_its_last_day(starts, ends, holds):
    day = today()
    last = None if ends is None else day + timedelta(days=ends)
    posting = PostingFactory(starts=day + timedelta(days=starts), ends=last)
    assert bool(can(posting.user, Can.VIEW_PLANS)) == holds


def test_a_posting_taken_back_holds_on_no_day():
    posting = PostingFactory(starts=today(), ends=today(), taken_back=True)
    assert not can(posting.user, Can.VIEW_PLANS)
    assert not Posting.objects.live(today()).exists()


@pytest.mark.parametrize(("person", "most"), [("staff", 2), ("sysadmin", 2), ("leader", 2), ("owner", 1), ("unit", 1)])
def test_rights_and_home_office_cost_two_queries_at_most(world, person, most, django_assert_max_num_queries):
    user = fresh(world.people[person])
    with django_assert_max_num_queries(most):
        grants(user), home_office(user), can(user, Can.VIEW_PLANS)


@pytest.mark.parametrize("person", ["staff", "sysadmin", "owner"])
def test_with_the_menu_it_is_three_at_most(world, person, django_assert_max_num_queries):
    user = fresh(world.people[person])
    with django_assert_max_num_queries(3):
        grants(user), home_office(user), navigation.menu(user, "/")


def test_the_cost_does_not_grow_with_postings(world, django_assert_max_num_queries):
    for _ in range(3):
        PostingFactory(user=world.people["staff"], office=OfficeFactory(parent=world.offices["county"]))
    user = fresh(world.people["staff"])
    with django_assert_max_num_queries(2):
        assert len(grants(user).home_ids) == 4


def test_the_line_up_leads_to_the_root(world):
    studio = OfficeFactory(parent=world.offices["town"])
    assert line_up(studio) == [studio.pk, world.offices["town"].pk, world.offices["county"].pk]
    assert root_of(studio) == world.offices["county"]


def test_a_circle_of_offices_ends(world):
    county, town = world.offices["county"], world.offices["town"]
    county.parent = town
    county.save()
    assert set(line_up(town)) == {county.pk, town.pk}
    assert root_of(town) in (county, town)


def test_users_with_a_capability_are_those_of_the_office_and_above(world):
    found = users_with(Can.APPROVE_PLANS, world.offices["town"])
    assert set(found) == {world.people["head"], world.people["county_head"]}
    PostingFactory(user=UserFactory(is_active=False), role="head", office=world.offices["town"])
    PostingFactory(role="head", office=world.offices["town"], ends=date(2021, 1, 1))
    assert len(users_with(Can.APPROVE_PLANS, world.offices["town"])) == 2
