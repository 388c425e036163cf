"""No sequence of actions reaches an undeclared state, loses a proposer or reuses a number."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from core.workflow import history
from proposals import services
from proposals.enums import ProposalState
from proposals.models import CaseCounter, Proposal
from proposals.workflow import FLOW
from tests import factories as make

pytestmark = pytest.mark.django_db
ACTORS = ("owner", "stranger", "staff", "county_staff", "county_head")
#: What each transition calls; a later issue that adds a row to the table must add it here.
CALLS = {
    "submit": lambda proposal, by: services.submit(proposal=proposal, by=by),
    "withdraw": lambda proposal, by: services.withdraw(proposal=proposal, reason="另写", by=by),
    "return": lambda proposal, by: services.return_for_changes(proposal=proposal, reason="请补充", by=by),
    "file": lambda proposal, by: services.file_case(proposal=proposal, category="society", by=by),
    "write": lambda proposal, by: services.write(
        proposal=proposal, by=by, text=services.Text("关于河堤护栏的提案", "society", "情" * 30, "析" * 30, "议" * 30)
    ),
}
MOVES = st.lists(st.tuples(st.sampled_from(sorted(CALLS)), st.integers(0, 3), st.sampled_from(ACTORS)), max_size=25)


def four_drafts(world):
    base = {"office": world.offices["county"], "home_office": world.offices["town"], "session": world["session"]}
    draft = {"state": "draft", "submitted_at": None, "category": "society"}
    long = {"background": "情" * 30, "analysis": "析" * 30, "suggestions": "议" * 30}
    return [make.ProposalFactory(**base, **draft, **long, member=world["member.owner"]) for _ in range(4)]


def test_the_table_names_only_declared_states_and_every_row_has_a_service():
    states = set(ProposalState)
    for each in FLOW.transitions.values():
        assert {*each.sources, each.target} <= states
    assert set(FLOW.transitions) <= set(CALLS)


@given(moves=MOVES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_actions_keeps_the_promises(world, moves):
    with transaction.atomic():
        proposals, given_numbers = four_drafts(world), {}
        for name, place, actor in moves:
            with suppress(DomainError):
                CALLS[name](Proposal.objects.get(pk=proposals[place].pk), world.people[actor])
            check(world, proposals, given_numbers)
        transaction.set_rollback(True)


def check(world, proposals, given_numbers):
    rows = list(Proposal.objects.filter(pk__in=[each.pk for each in proposals]).prefetch_related("proposers"))
    for row in rows:
        assert row.state in set(ProposalState)
        assert [each.member_id for each in row.proposers.all()] == [world["member.owner"].pk]
        assert (row.case_no is not None) == (row.state == "filed")
        assert given_numbers.setdefault(row.pk, row.case_no) in (None, row.case_no)
        if row.case_no:
            given_numbers[row.pk] = row.case_no
    filed = sorted(row.case_no for row in rows if row.case_no)
    counter = CaseCounter.objects.filter(session=world["session"]).first()
    assert filed == list(range(2, len(filed) + 2))  # number 1 is the world's own
    assert not filed or counter.last == filed[-1]


def test_the_log_tells_the_whole_way(world):
    [proposal, *_] = four_drafts(world)
    owner, clerk = world.people["owner"], world.people["county_staff"]
    for name, by in (("submit", owner), ("return", clerk), ("submit", owner), ("file", clerk)):
        CALLS[name](proposal, by)
    steps = [(each.name, each.from_state, each.to_state) for each in history(proposal)]
    assert steps == [
        ("submit", "draft", "submitted"), ("return", "submitted", "returned"),
        ("submit", "returned", "submitted"), ("file", "submitted", "filed"),
    ]  # fmt: skip
