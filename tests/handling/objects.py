"""Dispatched proposals for tests: a case with two units, and the rows of the access table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from handling.enums import AssignmentState, Stage
from handling.models import Assignment, Extension, Pause
from handling.rules import Share
from handling.services import assignments, clocks
from proposals.enums import ProposalState
from proposals.models import Proposal, Proposer
from tests import factories as make

HANDLERS = assignments.Handlers("孙副局长", "周科长", "0800-7654321")


@dataclass
class Desk:
    """A filed proposal of one member, its office, and two units with a clerk each."""

    office: Any
    staff: Any
    units: list[Any]
    clerks: list[Any]
    proposal: Proposal
    session: Any
    member: Any

    def another(self, number: int) -> Proposal:
        """One more filed proposal of the same member."""
        return filed(self.office, self.session, self.member, number)

    def dispatched(self, role: str = "single", on: date | None = None) -> Assignment:
        assignments.plan(proposal=self.proposal, shares=[Share(self.units[0], role)], by=self.staff)
        return assignments.dispatch(proposal=self.proposal, by=self.staff, on=on)[0]

    def signed(self) -> Assignment:
        row = self.dispatched()
        return assignments.sign(assignment=row, handlers=HANDLERS, by=self.clerks[0])


def desk() -> Desk:
    office = make.OfficeFactory(kind="county")
    session = make.SessionFactory(term=make.TermFactory(office=office))
    member = make.MemberFactory(office=office, term=session.term, user=worker(office, "member"))
    units = [make.UnitFactory(office=office, name=name) for name in ("县交通局", "县财政局")]
    clerks = [worker(office, "unit", unit) for unit in units]
    return Desk(office, worker(office, "staff"), units, clerks, filed(office, session, member, 1), session, member)


def worker(office: Any, role: str, unit: Any = None) -> Any:
    user = make.UserFactory()
    make.PostingFactory(user=user, office=office, role=role, unit=unit)
    return user


def filed(office: Any, session: Any, member: Any, number: int, **values: Any) -> Proposal:
    given = {"state": ProposalState.FILED, "case_no": number, "filed_at": make.moment(1, 20, year=2025), **values}
    proposal = make.ProposalFactory(office=office, session=session, **given)
    Proposer.objects.create(proposal=proposal, member=member, order=1)
    return proposal


# --- the world of the access table ---------------------------------------------------------------------------------
def add_handling(world: Any) -> None:
    """Of the county, written by "owner" in the town: one planned, one to be signed for, one being handled (with an
    open request for more time), one whose unit wants to hand it on.
    """
    county, unit = world.offices["county"], world["unit"]
    world.objects["unit.other"] = other = make.UnitFactory(office=county, name="县水利局")
    for number, (key, state) in enumerate(STATES.items(), 801):
        proposal = filed(county, world["session"], world["member.owner"], number, state=PROPOSAL_STATES[key],
                         home_office=world.offices["town"])  # fmt: skip
        world.objects[f"proposal.{key}"] = proposal
        world.objects[f"assignment.{key}"] = a_row(proposal, unit, "lead" if key == "handling" else "single", state)
    add_helper(world, other)
    add_requests(world)


STATES = {
    "planned": AssignmentState.PLANNED,
    "dispatched": AssignmentState.DISPATCHED,
    "handling": AssignmentState.HANDLING,
    "reassign": AssignmentState.REASSIGN_REQUESTED,
}
PROPOSAL_STATES = {
    "planned": ProposalState.FILED,
    "dispatched": ProposalState.DISPATCHED,
    "handling": ProposalState.HANDLING,
    "reassign": ProposalState.HANDLING,
}


def a_row(proposal: Proposal, unit: Any, role: str, state: str) -> Assignment:
    now = None if state == AssignmentState.PLANNED else timezone.now()
    signed = now if state == AssignmentState.HANDLING else None
    row = Assignment.objects.create(
        proposal=proposal, unit=unit, role=role, state=state, dispatched_at=now, signed_at=signed
    )  # fmt: skip
    stages = {"dispatched": [Stage.SIGN, Stage.REASSIGN, Stage.REPLY], "handling": [Stage.REASSIGN, Stage.REPLY]}
    for stage in stages.get(state, []):
        clocks.start(stage=stage, proposal=proposal, assignment=row, by=None)
    return row


def add_helper(world: Any, unit: Any) -> None:
    row = a_row(world["proposal.handling"], unit, "coop", AssignmentState.DISPATCHED)
    world.objects["assignment.other"] = row


def add_requests(world: Any) -> None:
    clerk = world.people["unit"]
    asked = world["assignment.reassign"].reassign_requests.create(reason="不属于本单位职责。", by=clerk)
    world.objects["reassign"] = asked
    world.objects["clock.reply"] = clock = world["assignment.handling"].clocks.get(stage=Stage.REPLY)
    world.objects["clock.contact"] = clocks.start(
        stage=Stage.CONTACT, proposal=clock.proposal, assignment=clock.assignment, by=None
    )
    world.objects["clock.paused"] = paused = clocks.start(
        stage=Stage.REPLY, proposal=world["proposal.reassign"], assignment=world["assignment.reassign"], by=None
    )
    Pause.objects.create(clock=paused, first=paused.started_on, reason="force", by=world.people["county_staff"])
    world.objects["extension"] = Extension.objects.create(clock=clock, amount=1, reason="需要勘测。", by=clerk)
