"""Whatever people try in whatever order, the table holds."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from core.workflow import history
from plans import services
from plans.models import AnnualPlan
from plans.workflow import FLOW

pytestmark = pytest.mark.django_db
PEOPLE = ["staff", "head", "other_staff", "county_head", "leader", "owner"]
MAY = {"submit": {"staff", "head"}, "withdraw": {"staff", "head"}, "approve": {"head", "county_head"},
       "return": {"head", "county_head"}}  # fmt: skip
ACTS = {
    "submit": services.submit,
    "withdraw": services.withdraw,
    "approve": services.approve,
    "return": lambda **values: services.return_plan(reason="请补充", **values),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE)), max_size=8)


def attempt(act: str, plan: AnnualPlan, user) -> bool:
    try:
        with transaction.atomic():
            ACTS[act](plan=plan, by=user)
    except DomainError:
        return False
    return True


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_only_the_table_moves_a_plan(world, steps):
    point = transaction.savepoint()
    plan, state, taken = AnnualPlan.objects.get(pk=world["plan.draft"].pk), "draft", []
    for act, person in steps:
        transition = FLOW.transitions[act]
        allowed = state in transition.sources and person in MAY[act]
        assert attempt(act, plan, world.people[person]) == allowed
        if allowed:
            state = transition.target
            taken.append((act, state))
        assert AnnualPlan.objects.get(pk=plan.pk).state == state
    assert [(event.name, event.to_state) for event in history(plan)] == taken
    transaction.savepoint_rollback(point)


def test_every_button_has_a_sentence_for_what_it_did():
    assert all(transition.done for transition in FLOW.transitions.values())
    assert set(FLOW.transitions) == set(ACTS)


def test_the_state_has_no_side_door(world):
    plan = world["plan.draft"]
    plan.state = "approved"
    with pytest.raises(RuntimeError):
        plan.save()
