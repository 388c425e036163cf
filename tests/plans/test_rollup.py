"""The plans of several offices in one view."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans import progress, rollup
from tests import factories as make

pytestmark = pytest.mark.django_db
VISITS = {"measure": "activities", "filters": {"type": "visit_member"}, "amount": 10}


@pytest.fixture
def county(world):
    return make.PlanFactory(office=world.offices["county"])


@pytest.fixture
def street(world):
    return make.PlanFactory(office=world.offices["street"])


def lines(world, *keys, year=make.YEAR):
    return rollup.lines([world.offices[key] for key in keys], year)


def test_who_has_a_plan(world, approved):
    found = [line.state[0] for line in lines(world, "town", "street")]
    assert found == ["执行中", "没有计划"]
    assert [line.state[0] for line in lines(world, "town", year=2027)] == ["起草中"]


def test_a_draft_beside_the_plan_in_force_does_not_hide_it(world, approved):
    make.PlanFactory(office=approved.office, revision=2, state="draft", amends=approved)
    (line,) = lines(world, "town")
    assert line.plan == approved and line.summary.total == 1 and line.scheduled.total == 1


def test_sums_do_not_count_the_offices_below_twice(world, county, approved, street):
    for plan in (county, approved, street):
        make.TargetFactory(plan=plan, **VISITS)
    make.ActivityFactory(office=approved.office, type=make.activity_type("visit_member"))
    found = lines(world, "county", "town", "street")
    figures = [figure for line in found for figure in line.figures if figure.target.filters == VISITS["filters"]]
    (row,) = rollup.sums(figures, county.office)
    assert [int(each.done) for each in row.cells.values()] == [1, 1, 0]
    assert row.total == f"1/{row.cells[county.office_id].amount:.0f}次"  # the county's own figure holds them all


def test_people_are_not_added(world, approved, street):
    for plan in (approved, street):
        make.TargetFactory(plan=plan, measure="activities", filters={}, metric="members", amount=3)
    figures = [f for line in lines(world, "town", "street") for f in line.figures if f.target.metric == "members"]
    (row,) = rollup.sums(figures, approved.office)
    assert (row.total, row.done) == ("", None)


def test_the_same_figures_as_on_the_plans_own_page(world, approved):
    (line,) = lines(world, "town")
    assert [each.actual for each in line.figures] == [each.actual for each in progress.of_plan(approved)]


def test_the_countys_plan_shows_the_offices_below(world, county, approved, sign_in):
    page = sign_in("county_staff").get(reverse("plan_detail", args=[county.pk])).content.decode()
    assert "下级办公室2026年的计划" in page and "清溪镇联络处" in page and "没有计划" in page


def test_one_office_of_the_year(world, approved, street, sign_in):
    make.ItemFactory(plan=street, topic="巷道视察")
    here = f"{reverse('plan_year')}?office={street.office_id}"
    page = sign_in("leader").get(here).content.decode()
    assert "巷道视察" in page and "视察乡村道路养护" not in page


def test_an_office_sees_its_own_year_only(world, approved, street, sign_in):
    make.ItemFactory(plan=street, topic="巷道视察")
    page = sign_in("staff").get(f"{reverse('plan_year')}?office={street.office_id}").content.decode()
    assert "视察乡村道路养护" in page and "巷道视察" not in page


def test_members_are_not_offered_the_year_of_all_offices(world, approved, sign_in):
    here, page = reverse("plan_year"), reverse("plan_months", args=[approved.pk])
    assert here in sign_in("staff").get(page).content.decode()
    assert here not in sign_in("owner").get(page).content.decode()
