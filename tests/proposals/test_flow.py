"""No sequence of actions reaches an undeclared state, loses a proposer or reuses a number."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from core.clock import today
from core.errors import DomainError
from core.workflow import history
from handling.enums import AssignmentState as A
from handling.models import Assignment
from handling.services.standing import follow
from proposals import services
from proposals.enums import LEADS, NUMBERED, UNSENT, InvitationState, ProposalState
from proposals.models import CaseCounter, Invitation, Proposal, Proposer, SerialCounter
from proposals.workflow import FLOW
from tests import factories as make

pytestmark = pytest.mark.django_db
SERIALS = (90, 91)  # those the two begin with
GONE = ("merged", "returned", "not_filed", "withdrawn")  # none of them may lead
ACTORS = ("owner", "stranger", "county_staff", "leader")
OFFICE = "county_staff"
TEXT = services.Text("关于河堤护栏的提案", "society", "情" * 30, "析" * 30, "议" * 30)


def office_answers(proposal, by):
    """撤案 as it really goes: the proposer asks, the office consents."""
    lead = proposal.proposers.select_related("member__user").first().member.user
    request = services.ask_office(proposal=proposal, kind="withdraw", reason="另写", by=lead)
    services.decide(request=request, grant=True, answer="", by=by)


def rewrite(proposal, by):
    text = services.Text(**{**vars(TEXT), "kind": proposal.kind, "collective_kind": proposal.collective_kind,
                            "collective_name": proposal.collective_name})  # fmt: skip
    services.write(proposal=proposal, by=by, text=text)


def handled(*states):
    """The proposal follows from its units' rows: here they are put where they would be."""

    def act(proposal, by):
        if proposal.state not in NUMBERED:
            raise DomainError("没有立案。")
        sent = timezone.now()
        for each in proposal.assignments.all():
            each.delete()
        for state in states:
            unit = make.UnitFactory(office=proposal.office)
            role = "single" if len(states) == 1 else "split"
            Assignment.objects.create(proposal=proposal, unit=unit, role=role, state=state, dispatched_at=sent)
        follow(proposal=proposal, by=by)

    return act


#: What each transition calls. A row added to the table must be added here.
CALLS = {
    "write": rewrite,
    "submit": lambda proposal, by: services.submit(proposal=proposal, by=by),
    "invite": lambda proposal, by: services.invite(proposal=proposal, until=today() + timedelta(days=3), by=by),
    "to_convenor": lambda proposal, by: services.to_convenor(proposal=proposal, by=by),
    "reopen": lambda proposal, by: services.reopen(proposal=proposal, by=by),
    "sign": lambda proposal, by: services.sign(proposal=proposal, by=by),
    "decline_sign": lambda proposal, by: services.decline_sign(proposal=proposal, reason="不合适", by=by),
    "accept": lambda proposal, by: services.accept(proposal=proposal, remark="", by=by),
    "leave": lambda proposal, by: services.leave(proposal=proposal, by=by),
    "withdraw": lambda proposal, by: services.withdraw(proposal=proposal, reason="另写", by=by),
    "take_up": lambda proposal, by: services.take_up(proposal=proposal, by=by),
    "return": lambda proposal, by: services.return_for_changes(proposal=proposal, reason="请补充", by=by),
    "file": lambda proposal, by: services.file_case(proposal=proposal, category="society", by=by),
    "not_file": lambda proposal, by: services.not_file(proposal=proposal, ground="empty", by=by),
    "to_opinion": lambda proposal, by: services.become_opinion(proposal=proposal, by=by),
    "reconsider": lambda proposal, by: services.reconsider(proposal=proposal, reason="再看", by=by),
    "merge": lambda proposal, by: services.merge(proposal=proposal, into=neighbour(proposal), by=by),
    "unmerge": lambda proposal, by: services.unmerge(proposal=proposal, reason="内容不同", by=by),
    "allow_withdrawal": office_answers,
    "dispatch": handled(A.DISPATCHED, A.DISPATCHED),
    "recall": handled(),
    "start": handled(A.HANDLING, A.DISPATCHED),
    "reply": handled(A.REPLIED),
    "rehandle": handled(A.REHANDLING, A.DONE),
    "close": handled(A.DONE),
}
#: Follow from others: from the same buttons on a returned proposal, and from promises (tests/handling).
ELSEWHERE = {"reopen_returned", "decline_returned", "track"}
OF_OWNER = {"write", "submit", "invite", "to_convenor", "reopen", "withdraw"}
OF_STRANGER = {"sign", "decline_sign", "accept", "leave"}
ENDS = {"withdraw", "allow_withdrawal"}
STEPS, EVERY = 30, sorted(CALLS)


def chosen(chance, proposal):
    """Mostly what can start from where it is, so that the walks get far; now and then any act at all."""
    table = FLOW.transitions
    fitting = [name for name in EVERY if name not in table or proposal.state in table[name].sources]
    name = chance.choice(EVERY if chance.random() < 0.1 else fitting)
    return chance.choice(fitting) if name in ENDS else name  # rarely: nothing comes after it


def actor(chance, name):
    """Mostly whoever may; now and then somebody else."""
    usual = "owner" if name in OF_OWNER else "stranger" if name in OF_STRANGER else OFFICE
    return chance.choice(ACTORS) if chance.random() < 0.15 else usual


def neighbour(proposal):
    """Another one of the four that may lead, if there is one."""
    others = Proposal.objects.filter(session=proposal.session, subject=proposal.subject).exclude(pk=proposal.pk)
    return max(others.order_by("pk"), key=lambda each: each.state in LEADS)


def four(world):
    """A joint draft with somebody to be asked, a collective one with its convenor, one handed in, one in review."""
    owner, stranger = world["member.owner"], world["member.stranger"]
    base = {"office": world.offices["county"], "home_office": world.offices["town"], "session": world["session"]}
    long = {"subject": TEXT.subject, "category": "society", "background": "情" * 30, "analysis": "析" * 30,
            "suggestions": "议" * 30}  # fmt: skip
    draft = {"state": "draft", "submitted_at": None}
    collective = {"kind": "collective", "collective_kind": "sector", "collective_name": "农业界", "convenor": stranger}
    kinds = (
        {**draft, "kind": "joint"},
        {**draft, **collective},
        {"serial_no": 90},
        {"state": "review", "serial_no": 91},
    )
    found = [make.ProposalFactory(**base, **long, **values, member=owner) for values in kinds]
    Invitation.objects.create(proposal=found[0], member=stranger, order=2, state=InvitationState.CHOSEN,
                              invited_by=owner.user)  # fmt: skip
    return found


def test_the_table_names_only_declared_states_and_every_row_has_a_service():
    states = set(ProposalState)
    for each in FLOW.transitions.values():
        assert {*each.sources, each.target} <= states
    assert set(FLOW.transitions) <= set(CALLS) | ELSEWHERE


@given(seed=st.integers(0, 2**32))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_actions_keeps_the_promises(world, seed):
    chance, trail = Random(seed), []
    with transaction.atomic():
        proposals, seen = four(world), Seen()
        for _ in range(STEPS):
            proposal = Proposal.objects.get(pk=chance.choice(proposals).pk)
            name = chosen(chance, proposal)
            with suppress(DomainError), transaction.atomic():
                CALLS[name](proposal, world.people[actor(chance, name)])
                trail.append((proposals.index(proposal), name))
                note(f"walked: {trail}")
                check(world, proposals, seen, left=name == "leave")
        transaction.set_rollback(True)


class Seen:
    """What was once true of each: its numbers, its proposers."""

    def __init__(self):
        self.case, self.serial, self.people = {}, {}, {}


def check(world, proposals, seen, *, left):
    found = Proposal.objects.filter(pk__in=[each.pk for each in proposals])
    rows = list(found.prefetch_related("proposers").select_related("merged_into"))
    for row in rows:
        people = {each.member_id for each in row.proposers.all()}
        assert row.state in set(ProposalState)
        assert world["member.owner"].pk in people  # the one who wrote it is always there
        assert left or seen.people.get(row.pk, set()) <= people  # only who takes a signature back is gone
        assert row.state not in NUMBERED or row.case_no
        assert row.case_no or row.pk not in seen.case, "a number given stays"
        assert (row.serial_no is None) == (row.state in UNSENT and row.pk not in seen.serial)
        assert seen.case.setdefault(row.pk, row.case_no) == row.case_no if row.case_no else True
        assert seen.serial.setdefault(row.pk, row.serial_no) == row.serial_no if row.serial_no else True
        assert (row.merged_into_id is not None) == (row.state == "merged")
        assert row.merged_into_id is None or row.merged_into.state not in GONE
        seen.people[row.pk] = people
    consecutive(world, seen)


def consecutive(world, seen):
    """The world has case number 1 and others beyond; the counters go on from the highest."""
    for numbers, counter in ((seen.case, CaseCounter), (seen.serial, SerialCounter)):
        given_numbers = sorted(number for number in numbers.values() if number not in SERIALS)
        assert max(Counter(given_numbers).values(), default=1) == 1
        if given_numbers:
            last = counter.objects.get(session=world["session"]).last
            assert given_numbers == list(range(last - len(given_numbers) + 1, last + 1))


def test_the_log_tells_the_whole_way(world):
    proposal = four(world)[2]
    owner, clerk = world.people["owner"], world.people[OFFICE]
    ways = (("return", clerk), ("submit", owner), ("take_up", clerk), ("file", clerk))
    for name, by in ways:
        CALLS[name](proposal, by)
    steps = [(each.name, each.from_state, each.to_state) for each in history(proposal)]
    assert steps == [
        ("return", "submitted", "returned"), ("submit", "returned", "submitted"),
        ("take_up", "submitted", "review"), ("file", "review", "filed"),
    ]  # fmt: skip


def test_every_proposer_survives_merging_and_its_undoing(world):
    clerk, rows = world.people[OFFICE], four(world)
    Proposer.objects.create(proposal=rows[3], member=world["member.stranger"], order=2)
    before = set(Proposer.objects.values_list("proposal_id", "member_id"))
    services.merge(proposal=rows[3], into=world["proposal.filed"], by=clerk)
    services.unmerge(proposal=rows[3], reason="内容不同", by=clerk)
    assert set(Proposer.objects.values_list("proposal_id", "member_id")) == before
