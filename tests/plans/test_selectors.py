"""Who sees which plan, the home page's figures, and what waits for whom."""

from __future__ import annotations

import pytest

from core.navigation import menu
from notices.todos import waiting_for
from plans import selectors, services
from plans.models import AnnualPlan
from tests import factories as make
from tests.plans.counted import KEY


@pytest.mark.parametrize(
    ("person", "years"),
    [
        ("staff", {2026, 2027, 2028}), ("county_staff", {2025, 2026, 2027, 2028}),
        ("leader", {2025, 2026, 2027, 2028}), ("owner", {2026}), ("other_staff", {2025}), ("stranger", {2025}),
        ("unit", set()), ("sysadmin", set()),
    ],
)  # fmt: skip
def test_visible_plans(world, person, years):
    seen = AnnualPlan.objects.visible_to(world.people[person])
    assert set(seen.values_list("year", flat=True)) == years


def test_progress_of_the_year_is_that_of_the_plan_in_force(world, approved, staff):
    make.TargetFactory(plan=approved, measure=KEY, filters={}, text="集中活动")
    make.TargetFactory(plan=services.amend_plan(plan=approved, by=staff), text="修订版里的")
    found = selectors.year_progress(world.offices["town"], 2026)
    assert [each.target.text for each in found] == ["组织视察不少于2次", "集中活动"]
    assert found[1].actual == 1


def test_a_year_without_a_plan_in_force_has_no_progress(world):
    assert selectors.year_progress(world.offices["town"], 2027) == []


def test_progress_of_the_year_costs_the_same_for_many_targets(world, approved, django_assert_num_queries):
    make.TargetFactory.create_batch(10, plan=approved, measure=KEY, filters={})
    with django_assert_num_queries(5):  # plan, targets, offices, joint activities, records
        selectors.year_progress(world.offices["town"].pk, 2026)


def waiting(user) -> dict[str, int]:
    return {todo.label: todo.count for todo in waiting_for(user) if "年度计划" in todo.label}


def test_submitted_plans_wait_for_those_who_approve(world):
    assert waiting(world.people["head"]) == waiting(world.people["county_head"]) == {"待审批的年度计划": 1}
    assert waiting(world.people["staff"]) == waiting(world.people["leader"]) == {}


def test_returned_plans_wait_for_the_office(world, staff, head):
    services.return_plan(plan=world["plan.submitted"], by=head, reason="请补充")
    assert waiting(staff) == {"被退回修改的年度计划": 1}
    assert waiting(world.people["county_staff"]) == {}


@pytest.mark.parametrize(("person", "shown"), [("staff", True), ("owner", True), ("unit", False), ("sysadmin", False)])
def test_menu(world, person, shown):
    groups, _ = menu(world.people[person], "/")
    assert ("年度计划" in [item.label for group in groups for item in group.items]) == shown
