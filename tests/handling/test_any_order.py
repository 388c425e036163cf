"""Whatever the office and the units do in whatever order: declared states, one lead, clocks only where somebody is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from handling.enums import WITH_UNIT, AssignmentState, Stage
from handling.models import Assignment, Clock, ReassignRequest
from handling.rules import LEADING, Share
from handling.services import assignments, requests
from handling.services.standing import state_of
from proposals.models import Proposer
from tests.handling import objects as make

pytestmark = pytest.mark.django_db

ACTS = ["single", "lead", "split", "dispatch", "sign", "ask", "grant", "refuse", "revoke"]
SETTINGS = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), min_size=6, max_size=12))
@SETTINGS
def test_no_sequence_breaks_the_case(acts):
    desk = make.desk()
    for name, which in [("lead", 0), ("dispatch", 0), *acts]:
        try:
            perform(desk, name, which)
        except DomainError:
            continue
        finally:
            check(desk)


def perform(desk, name, which):
    unit, clerk, by = desk.units[which], desk.clerks[which], desk.staff
    if name in ("single", "lead", "split"):
        other = {"single": [], "lead": ["coop"], "split": ["split"]}[name]
        shares = [Share(unit, name), *(Share(desk.units[1 - which], role) for role in other)]
        return assignments.plan(proposal=desk.proposal, shares=shares, by=by)
    if name == "dispatch":
        return assignments.dispatch(proposal=desk.proposal, by=by)
    row = desk.proposal.assignments.filter(unit=unit).order_by("-pk").first()
    steps = {
        "sign": lambda: assignments.sign(assignment=row, handlers=make.HANDLERS, by=clerk),
        "ask": lambda: requests.request_reassignment(assignment=row, reason="不属于职责", by=clerk),
        "grant": lambda: requests.grant_reassignment(assignment=row, unit=desk.units[1 - which], by=by),
        "refuse": lambda: requests.refuse_reassignment(assignment=row, reason="属于职责", by=by),
        "revoke": lambda: assignments.revoke(assignment=row, reason="有误", by=by),
    }
    return steps[name]() if row else None


def check(desk):
    desk.proposal.refresh_from_db()
    rows = list(Assignment.objects.live().filter(proposal=desk.proposal))
    assert desk.proposal.state == state_of(rows, open_promises=False)
    assert sum(row.role in LEADING for row in rows) <= 1
    assert desk.proposal.case_no == 1 and Proposer.objects.filter(proposal=desk.proposal).count() == 1
    running = Clock.objects.running().filter(proposal=desk.proposal)
    assert {clock.assignment.state for clock in running.select_related("assignment")} <= set(WITH_UNIT)
    signing = running.filter(stage=Stage.SIGN).values_list("assignment__state", flat=True)
    assert set(signing) <= {AssignmentState.DISPATCHED}
    waiting = ReassignRequest.objects.filter(assignment__proposal=desk.proposal, state="requested")
    assert {each.assignment.state for each in waiting} <= {AssignmentState.REASSIGN_REQUESTED}
