"""Who proposes or signs a case never works on it for the office."""

from __future__ import annotations

import pytest

from handling.guards import can_plan, can_time
from handling.models import Assignment, Clock, Reply
from handling.permissions import can_assign, can_supervise_reply
from proposals.models import Proposer
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    """A case with the units, one of whose proposers is the county's clerk."""
    clock = Clock.objects.filter(stage="reply", assignment__state="handling").first()
    clerk = world.people["county_staff"]
    member = make.MemberFactory(user=clerk, office=world.offices["county"], term=world["session"].term)
    Proposer.objects.create(proposal=clock.proposal, member=member, order=9)
    return clock


def answers(user, clock):
    reply = Reply(assignment=Assignment.objects.get(pk=clock.assignment_id))
    return [bool(check) for check in (
        can_plan(user, clock.proposal), can_assign(user, reply.assignment), can_time(user, clock),
        can_supervise_reply(user, reply),
    )]  # fmt: skip


def test_the_clerk_who_proposes_decides_nothing(case, world):
    assert answers(world.people["county_staff"], case) == [False] * 4


def test_a_colleague_does(case, world):
    assert answers(world.people["county_head"], case) == [True] * 4
