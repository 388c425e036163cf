"""The handling of the bulk data's proposals: units, assignments, clocks, replies and what the proposers think of them.

How far a proposal has come follows from its age, so that every state of the table is there in plausible shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from dashboard.demo import past
from handling.enums import (
    AssignmentRole,
    AssignmentState,
    FeedbackVia,
    ItemKind,
    Outcome,
    PromiseState,
    ReplyState,
    Satisfaction,
    Stage,
)
from handling.models import Assignment, Clock, Feedback, Reply, ReplyItem
from organisation.models import HandlingUnit, Posting
from proposals.enums import ProposalState as P
from proposals.models import Proposal, Proposer

if TYPE_CHECKING:
    from dashboard.demo.bulk import Bulk

UNITS = 60
FILED_AFTER, DISPATCHED_AFTER, SIGNED_AFTER, REPLY_DAYS = (timedelta(days=n) for n in (6, 20, 23, 92))
#: Days since submission from which a proposal has come so far.
YOUNG, IN_WORK, ANSWERED = 40, 120, 200
UNIT_STATE = {
    P.DISPATCHED: AssignmentState.DISPATCHED,
    P.HANDLING: AssignmentState.HANDLING,
    P.REPLIED: AssignmentState.REPLIED,
    P.REHANDLING: AssignmentState.REHANDLING,
    P.FOLLOW_UP: AssignmentState.DONE,
    P.CLOSED: AssignmentState.DONE,
}
HAS_REPLY = frozenset({P.REPLIED, P.REHANDLING, P.FOLLOW_UP, P.CLOSED})
LATE_EVERY, PROMISED_EVERY, UNHAPPY_EVERY = 12, 4, 25


def state_at(place: int, submitted: datetime) -> str:
    """How far the proposal has come by its age."""
    days = (timezone.now() - submitted).days
    if days < YOUNG:
        return P.FILED
    if days < IN_WORK:
        return P.DISPATCHED if place % 7 == 0 else P.HANDLING
    if days < ANSWERED:
        return (P.REPLIED, P.CLOSED, P.REPLIED, P.HANDLING, P.CLOSED, P.REHANDLING)[place % 6]
    return P.FOLLOW_UP if place % PROMISED_EVERY == 0 else P.CLOSED


def build(bulk: Bulk) -> None:
    units = [HandlingUnit(office=bulk.county, name=f"承办单位{n:02}", order=n) for n in range(1, UNITS + 1)]
    HandlingUnit.objects.bulk_create(units)
    a_clerk(units[0], date(bulk.years[0], 1, 1))
    handled = Proposal.objects.filter(office=bulk.county, state__in=list(UNIT_STATE)).order_by("pk")
    rows = (row for place, each in enumerate(handled.iterator()) for row in assignments(units, each, place))
    bulk.keep(Assignment, rows, "交办")
    sent = Assignment.objects.filter(proposal__office=bulk.county).order_by("pk")
    bulk.keep(Clock, chain.from_iterable(clocks(each) for each in sent.iterator()), "办理期限")
    bulk.keep(Reply, replies(sent), "答复")
    answered = Reply.objects.filter(assignment__proposal__office=bulk.county).select_related("assignment")
    bulk.keep(ReplyItem, chain.from_iterable(items(each) for each in answered.iterator()), "答复事项")
    with past.on(past.moment(bulk.years[0], 1, 2)):  # before anything was finished: nobody changed his mind since
        bulk.keep(Feedback, feedback(bulk), "评价")


def a_clerk(unit: HandlingUnit, since: date) -> None:
    """Who looks at the unit's desk in the measurements; nobody can sign in as this account."""
    user = User.objects.create_user("bulk-unit", None, name="测试bulk-unit", must_change_password=False)
    Posting.objects.create(user=user, role="unit", office_id=unit.office_id, unit=unit, starts=since)


def assignments(units: list[HandlingUnit], proposal: Proposal, place: int) -> Iterator[Assignment]:
    """One unit, or a lead with one that helps, or two that answer apart."""
    roles: tuple[str, ...] = (AssignmentRole.SINGLE,)
    if place % 4 == 1:
        roles = (AssignmentRole.LEAD, AssignmentRole.COOP)
    if place % 20 == 7:
        roles = (AssignmentRole.SPLIT, AssignmentRole.SPLIT)
    for number, role in enumerate(roles):
        yield an_assignment(units[(place * 11 + number * 7) % len(units)], proposal, role)


def an_assignment(unit: HandlingUnit, proposal: Proposal, role: str) -> Assignment:
    at, state = proposal.submitted_at, UNIT_STATE[P(proposal.state)]
    done = state == AssignmentState.DONE
    replied = at + DISPATCHED_AFTER + reply_time(proposal.pk) if P(proposal.state) in HAS_REPLY else None
    return Assignment(
        proposal=proposal, unit=unit, role=role, state=state, dispatched_at=at + DISPATCHED_AFTER,
        signed_at=None if state == AssignmentState.DISPATCHED else at + SIGNED_AFTER, replied_at=replied,
        done_at=replied + timedelta(days=20) if done and replied else None, handler="测试承办人",
    )  # fmt: skip


def reply_time(number: int) -> timedelta:
    """Mostly within three months, some late."""
    return timedelta(days=100 if number % LATE_EVERY == 0 else 50 + number % 40)


def day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def clocks(row: Assignment) -> Iterator[Clock]:
    """Signing for it, and replying; the second round has its own."""
    start = day(row.dispatched_at)
    yield a_clock(row, Stage.SIGN, start, timedelta(days=7), row.signed_at)
    yield a_clock(row, Stage.COOP if row.is_coop else Stage.REPLY, start, REPLY_DAYS, row.replied_at)
    if row.state == AssignmentState.REHANDLING:
        yield a_clock(row, Stage.REHANDLE, day(row.replied_at), timedelta(days=31), None)


def a_clock(row: Assignment, stage: str, start: date, length: timedelta, stopped: datetime | None) -> Clock:
    return Clock(
        proposal_id=row.proposal_id, assignment=row, stage=stage, started_on=start, amount=length.days, unit="days",
        due_on=start + length, stopped_on=day(stopped) if stopped else None, outcome=Outcome.MET if stopped else "",
    )  # fmt: skip


def replies(sent: Iterable[Assignment]) -> Iterator[Reply]:
    for place, row in enumerate(sent):
        if row.replied_at is not None:
            yield Reply(
                assignment=row, state=ReplyState.PASSED, category="ABBAC"[place % 5] if row.answers else "",
                body="规模测试用的答复正文。" * 40, doc_no=f"测试函〔{row.replied_at.year}〕{place}号",
                signatory="测试签发人", signed_on=day(row.replied_at), sent_at=row.replied_at, passed_at=row.replied_at,
            )  # fmt: skip


def items(reply: Reply) -> Iterator[ReplyItem]:
    done = reply.assignment.state == AssignmentState.DONE
    yield ReplyItem(reply=reply, kind=ItemKind.DONE, text="规模测试：已经落实的事项。", order=1)
    if reply.category == "B":
        kept = done and reply.assignment_id % 3
        yield ReplyItem(
            reply=reply, kind=ItemKind.PROMISED, text="规模测试：计划落实的事项。", order=2,
            promised_on=day(reply.passed_at) + timedelta(days=150),
            state=PromiseState.KEPT if kept else PromiseState.OPEN,
            settled_on=day(reply.passed_at) + timedelta(days=140) if kept else None,
        )  # fmt: skip


def feedback(bulk: Bulk) -> Iterator[Feedback]:
    """Of every proposer for every reply that was read long enough ago."""
    people: dict[int, list[int]] = {}
    pairs = Proposer.objects.filter(proposal__office=bulk.county).values_list("proposal_id", "pk")
    for proposal, pk in pairs.iterator():
        people.setdefault(proposal, []).append(pk)
    rows = Reply.objects.filter(assignment__proposal__office=bulk.county, assignment__replied_at__isnull=False)
    rows = rows.exclude(category="").exclude(assignment__state=AssignmentState.REPLIED).order_by("pk")
    for place, (reply, proposal) in enumerate(rows.values_list("pk", "assignment__proposal_id").iterator()):
        for proposer in people[proposal]:
            yield an_answer(reply, proposer, place)


def an_answer(reply: int, proposer: int, place: int) -> Feedback:
    result = Satisfaction.UNSATISFIED if place % UNHAPPY_EVERY == 0 else (Satisfaction.SATISFIED, "mostly")[place % 2]
    return Feedback(
        reply_id=reply, proposer_id=proposer, handling=Satisfaction.SATISFIED, result=result, via=FeedbackVia.PAGE,
        text="规模测试用的意见。" if place % UNHAPPY_EVERY == 0 else "",
    )  # fmt: skip
