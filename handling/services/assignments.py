"""Units are chosen, told, sign for it; rows are taken back. Each service ends with the proposal following its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.clock import start_of, today
from core.errors import DomainError
from handling.answering import proposers_of
from handling.enums import SENT, AssignmentRole, AssignmentState, Outcome, Stage
from handling.guards import can_plan, can_reach_proposers
from handling.models import Assignment
from handling.rules import LEADING, Share, require_fitting
from handling.selectors import people_of
from handling.services import clocks
from handling.services.standing import follow
from handling.workflow import ASSIGNMENTS
from members.services import note_private_shown
from notices.services import tell
from proposals.models import Proposal, Proposer

#: What starts with the dispatch, by whether the unit answers the proposers.
ANSWERING_CLOCKS = (Stage.SIGN, Stage.REASSIGN, Stage.CONTACT, Stage.REPLY)
HELPING_CLOCKS = (Stage.SIGN, Stage.REASSIGN, Stage.COOP)


def as_share(row: Assignment) -> Share:
    return Share(row.unit, row.role, row.note)


def locked_proposal(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("office").get(pk=proposal.pk)


@transaction.atomic
def plan(*, proposal: Proposal, shares: Sequence[Share], by: Any) -> list[Assignment]:
    """拟交办: which units handle it in which role. Replaces what was planned before; units that were told stay.

    Raises Denied, or DomainError naming the row that does not fit.
    """
    locked = locked_proposal(proposal)
    can_plan(by, locked).require()
    rows = list(Assignment.objects.live().filter(proposal=locked).select_related("unit"))
    sent, planned = [row for row in rows if row.state in SENT], [row for row in rows if row.state not in SENT]
    require_fitting([as_share(row) for row in sent], shares)
    kept = {share.unit.pk for share in shares}
    for row in planned:
        if row.unit_id not in kept:
            row.delete()
    # The one that leads comes last: there may never be two of them.
    saved = [put(locked, share, planned, by) for share in sorted(shares, key=lambda share: share.role in LEADING)]
    detail = {"units": "、".join(f"{share.unit.name}（{AssignmentRole(share.role).label}）" for share in shares)}
    record("proposal.assign", locked, by=by, detail=detail)
    return saved


def forget_plans(proposal: Proposal, by: Any) -> None:
    """What was planned for a proposal that is merged into another one or withdrawn; nobody was told yet."""
    planned = Assignment.objects.filter(proposal=proposal, state=AssignmentState.PLANNED)
    if planned.exists():
        record("proposal.assign", proposal, by=by, detail={"units": ""})
        planned.delete()


def put(proposal: Proposal, share: Share, planned: Iterable[Assignment], by: Any) -> Assignment:
    """The planned row of this unit, changed or new."""
    row = next((each for each in planned if each.unit_id == share.unit.pk), None) or Assignment(
        proposal=proposal, unit=share.unit, state=AssignmentState.PLANNED
    )  # fmt: skip
    row.role, row.note, row.updated_by = share.role, share.note, by
    row.save()
    return row


@transaction.atomic
def dispatch(*, proposal: Proposal, by: Any, on: date | None = None) -> list[Assignment]:
    """交办: tells the planned units and starts their clocks on the day (today). Raises Denied, DomainError."""
    locked = locked_proposal(proposal)
    can_plan(by, locked).require()
    rows = list(locked.assignments.filter(state=AssignmentState.PLANNED).select_related("unit"))
    if not rows:
        raise DomainError("还没有选择承办单位，请先“拟定承办单位”。")
    require_day(locked, on)
    lead_when_helped(locked, rows, by)
    sent = [send(locked, row, by, on) for row in rows]
    tell_proposers(locked)
    follow(proposal=locked, by=by)
    return sent


def require_day(proposal: Proposal, on: date | None) -> None:
    if on is None:
        return
    if on > today():
        raise DomainError("交办日期不能晚于今天。", field="on")
    if proposal.filed_at and on < timezone.localdate(proposal.filed_at):
        raise DomainError(f"交办日期不能早于立案日期（第{proposal.case_no}号）。", field="on")


def lead_when_helped(proposal: Proposal, rows: Iterable[Assignment], by: Any) -> None:
    """The unit that handled it alone leads from now on, when others help it."""
    if any(row.is_coop for row in rows):
        for row in proposal.assignments.filter(role=AssignmentRole.SINGLE, state__in=SENT):
            row.role, row.updated_by = AssignmentRole.LEAD, by
            row.save()
            record("assignment.lead", row, by=by)


def send(proposal: Proposal, row: Assignment, by: Any, on: date | None = None) -> Assignment:
    """One unit is told; its clocks start."""
    with ASSIGNMENTS.step(row, "dispatch", by=by) as locked:
        locked.dispatched_at = moment_of(on)
        locked.updated_by = by
    for stage in HELPING_CLOCKS if locked.is_coop else ANSWERING_CLOCKS:
        clocks.start(stage=stage, proposal=proposal, assignment=locked, by=by, on=on)
    role = locked.get_role_display()
    tell(people_of(locked.unit), f"交办提案《{proposal}》（{role}），请签收。", url=proposal.get_absolute_url())
    return locked


def tell_proposers(proposal: Proposal) -> None:
    """Which units handle it; those of merged proposals hear it too, with the way to their own."""
    units = units_in_words(proposal)
    for row in proposers_of(proposal):
        own = row.proposal
        tell([row.member.user], f"您的提案《{own}》已交办：{units}。", url=own.get_absolute_url())


def moment_of(on: date | None) -> datetime:
    """When it was dispatched: now, or at nine on the day of a meeting that is over."""
    return timezone.now() if on in (None, today()) else start_of(on) + timedelta(hours=9)


def units_in_words(proposal: Proposal) -> str:
    """县交通局（主办）、县财政局（会办）."""
    rows = Assignment.objects.filter(proposal=proposal, state__in=SENT).select_related("unit").order_by("id")
    return "、".join(str(row) for row in rows)


@dataclass(frozen=True)
class Dispatched:
    """How a bulk dispatch went: how many, and for each that was not, which and why."""

    done: int
    failed: list[tuple[Proposal, str]]


def dispatch_many(*, proposals: Iterable[Proposal], by: Any, on: date | None = None) -> Dispatched:
    """Each proposal for itself: one that cannot be dispatched does not keep the others back."""
    done, failed = 0, []
    for proposal in proposals:
        try:
            dispatch(proposal=proposal, by=by, on=on)
        except DomainError as error:
            failed.append((proposal, error.message))
        else:
            done += 1
    return Dispatched(done, failed)


@dataclass(frozen=True)
class Handlers:
    """Who takes care of it in the unit."""

    leader: str
    handler: str
    phone: str


@transaction.atomic
def sign(*, assignment: Assignment, handlers: Handlers, by: Any) -> Assignment:
    """签收: the unit has checked it and names who handles it. Raises Denied, StateChanged."""
    with ASSIGNMENTS.step(assignment, "sign", by=by) as locked:
        locked.leader, locked.handler, locked.handler_phone = handlers.leader, handlers.handler, handlers.phone
        locked.signed_at, locked.updated_by = timezone.now(), by
    clocks.stop(stages=[Stage.SIGN], assignment=locked)
    follow(proposal=locked.proposal, by=by)
    return locked


@transaction.atomic
def sign_many(*, assignments: Sequence[Assignment], handlers: Handlers, by: Any) -> int:
    """All of them or none."""
    for assignment in assignments:
        sign(assignment=assignment, handlers=handlers, by=by)
    return len(assignments)


@transaction.atomic
def revoke(*, assignment: Assignment, reason: str, by: Any) -> Assignment:
    """收回交办: the unit no longer handles it. What it did stays readable. Raises Denied, StateChanged."""
    told = assignment.state != AssignmentState.PLANNED
    with ASSIGNMENTS.step(assignment, "revoke", by=by, reason=reason) as locked:
        locked.updated_by = by
    take_from(locked, f"《{locked.proposal}》已收回，不再由贵单位办理：{reason}" if told else "")
    follow(proposal=locked.proposal, by=by, reason=reason)
    return locked


def take_from(row: Assignment, text: str) -> None:
    """Its clocks no longer count, and the unit hears it. Without a link: it no longer sees the proposal."""
    clocks.stop(stages=list(Stage), assignment=row, outcome=Outcome.VOID)
    if text:
        tell(people_of(row.unit), text)


@transaction.atomic
def show_phones(*, assignment: Assignment, by: Any) -> list[Proposer]:
    """The proposers whose numbers the unit is about to read; each reading is in the trail. Raises Denied."""
    can_reach_proposers(by, assignment).require()
    people = [row for row in proposers_of(assignment.proposal) if row.member.masked_phone]
    for row in people:
        note_private_shown(member=row.member, by=by, where="handling")
    return people
