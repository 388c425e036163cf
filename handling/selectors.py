"""Shared reads: who works for a unit, the rows of a proposal, a person's lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import Can
from core.clock import today
from handling.enums import OF_UNITS, OFFERS, SENT, AskState, AssignmentState, Light, ReplyState, ReportState, Stage
from handling.guards import ASSIGNABLE
from handling.models import Assignment, Clock, Extension, FollowUpReport, Pause, ReassignRequest, Reply
from handling.services.clocks import Scale
from organisation.models import HandlingUnit, Office, Posting
from organisation.selectors import grants
from proposals.models import Proposal, Proposer

#: Clocks that make a row yellow or red: those of units, without what is only offered.
DUTIES = frozenset(OF_UNITS - OFFERS)


def people_of(unit: HandlingUnit) -> list[User]:
    """Active users who work for the unit today, for notices."""
    held = Posting.objects.on(today()).filter(unit=unit)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))


def get_for(user: Any, pk: int) -> Assignment:
    """Raises Http404 for a stranger as for a missing one, and for units as long as it is not dispatched."""
    found = Assignment.objects.visible_to(user).select_related("unit", "proposal__office", "proposal__session__term")
    row = found.filter(pk=pk).first()
    if row is None or (row.state == AssignmentState.PLANNED and not reads(user, row.proposal)):
        raise Http404
    return row


def reads(user: Any, proposal: Proposal) -> bool:
    """Whether the user is staff or a leader of the offices concerned, who see plans and requests."""
    where = grants(user).where(Can.VIEW_PROPOSALS)
    return bool(where & {proposal.office_id, proposal.home_office_id})


def clock_for(user: Any, pk: int) -> Clock:
    """The clock with everything its pages show. Raises Http404."""
    rows = Clock.objects.filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))
    rows = rows.select_related("proposal__office", "assignment__unit").prefetch_related("extensions", "pauses")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def extension_for(user: Any, pk: int) -> Extension:
    row = Extension.objects.select_related("by").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.clock = clock_for(user, row.clock_id)
    return row


def rows_of(proposal: Proposal) -> list[Assignment]:
    """Every row of the proposal, revoked ones too, with units, requests and clocks; a constant number of queries. Who
    answers comes first.
    """
    clocks = Clock.objects.select_related("proposal__office").prefetch_related(
        "extensions__by", "extensions__decided_by", "pauses", "reminders__by"
    )
    asked = ReassignRequest.objects.select_related("by", "decided_by", "wished_unit").order_by("id")
    rows = proposal.assignments.select_related("unit").prefetch_related(
        Prefetch("clocks", queryset=clocks.order_by("started_on", "id")), Prefetch("reassign_requests", queryset=asked)
    )
    return sorted(rows, key=lambda row: (row.is_coop, row.pk))


# --- lists -------------------------------------------------------------------------------------------------------
def listed(rows: QuerySet) -> QuerySet:
    """Assignments with everything a row of the list shows, in a constant number of queries."""
    running = Clock.objects.running().filter(stage__in=DUTIES).select_related("proposal__office")
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    return rows.select_related("unit", "proposal__office", "proposal__session__term").prefetch_related(
        Prefetch("clocks", queryset=running.prefetch_related("pauses").order_by("due_on")),
        Prefetch("proposal__proposers", queryset=people),
    )


def dispatched(user: Any) -> QuerySet:
    """What a unit's people see of their own units, and staff and leaders of all units of their offices."""
    held = grants(user)
    seen = Q(unit_id__in=held.unit_ids)
    if offices := held.where(Can.VIEW_PROPOSALS):
        seen |= Q(proposal__office_id__in=offices) | Q(proposal__home_office_id__in=offices)
    return Assignment.objects.filter(seen, state__in=SENT)


def standing_still() -> Exists:
    return Exists(Pause.objects.filter(clock=OuterRef("pk"), last__isnull=True))


def with_office() -> Q:
    """The unit has sent its reply, or said what came of its promise, and the office is reading it: the clock runs on,
    but not against the unit."""
    sent = Reply.objects.filter(assignment=OuterRef("assignment"), state=ReplyState.SENT)
    told = FollowUpReport.objects.filter(item=OuterRef("subject_id"), state=ReportState.REPORTED)
    return Q(Exists(sent), stage__in=(Stage.REPLY, Stage.REHANDLE)) | Q(Exists(told), stage=Stage.FOLLOW_UP)


def counting() -> QuerySet:
    """Running clocks of units that do not stand still and wait for the unit."""
    return Clock.objects.running().filter(~standing_still(), ~with_office(), stage__in=DUTIES)


def overdue(on: date | None = None) -> QuerySet:
    return counting().filter(due_on__lt=on or today())


def near(office: Office, scale: Scale | None = None) -> QuerySet:
    """Clocks that are yellow, by the thresholds and the calendar of the office."""
    scale = scale or Scale()
    wanted = Q(pk__in=[])
    for stage in DUTIES:
        wanted |= Q(stage=stage, due_on__lte=last_near_day(scale, stage, office))
    return counting().filter(wanted, due_on__gte=scale.on)


def last_near_day(scale: Scale, stage: str, office: Office) -> date:
    """The last deadline that is yellow today: `ahead` working days are left, the next one would be one more."""
    calendar = scale.calendar(office)
    return calendar.after(scale.on, scale.ahead(stage, office) + 1) - timedelta(days=1)


def with_light(rows: QuerySet, light: str, office: Office, scale: Scale | None = None) -> QuerySet:
    """Assignments whose clocks show this light."""
    scale = scale or Scale()
    red, yellow = overdue(scale.on), near(office, scale)
    still = Clock.objects.running().filter(standing_still(), stage__in=DUTIES)
    wanted = {Light.RED: red, Light.YELLOW: yellow, Light.PAUSED: still}
    if light in wanted:
        return rows.filter(pk__in=wanted[Light(light)].values("assignment_id"))
    if light == Light.GREEN:
        late = Clock.objects.filter(Q(pk__in=red.values("pk")) | Q(pk__in=yellow.values("pk")))
        return rows.filter(pk__in=counting().values("assignment_id")).exclude(pk__in=late.values("assignment_id"))
    return rows


# --- to-dos ------------------------------------------------------------------------------------------------------
def to_assign(office_ids: Iterable[int]) -> QuerySet:
    """Filed, and no unit chosen yet."""
    chosen = Assignment.objects.live().filter(proposal=OuterRef("pk"))
    return Proposal.objects.filter(~Exists(chosen), state="filed", office_id__in=office_ids)


def to_dispatch(office_ids: Iterable[int]) -> QuerySet:
    """Units are chosen and have not been told."""
    planned = Assignment.objects.filter(proposal=OuterRef("pk"), state=AssignmentState.PLANNED)
    return Proposal.objects.filter(Exists(planned), state__in=ASSIGNABLE, office_id__in=office_ids)


def open_reassignments(office_ids: Iterable[int]) -> QuerySet:
    return Assignment.objects.filter(
        state=AssignmentState.REASSIGN_REQUESTED, proposal__office_id__in=office_ids
    )  # fmt: skip


def open_extensions(office_ids: Iterable[int]) -> QuerySet:
    return Extension.objects.filter(
        state=AskState.REQUESTED, clock__stopped_on__isnull=True, clock__proposal__office_id__in=office_ids
    )


# --- units -------------------------------------------------------------------------------------------------------
def usable_units(office: Office) -> QuerySet:
    """Units of the committee that may be chosen."""
    return HandlingUnit.objects.filter(office=office, is_active=True)


def other_units(proposal: Proposal) -> QuerySet:
    """Those that do not handle the proposal yet."""
    busy = Assignment.objects.live().filter(proposal=proposal).values("unit_id")
    return usable_units(proposal.office).exclude(pk__in=busy)


def last_handlers(unit: HandlingUnit) -> dict[str, str]:
    """Whom the unit named when it signed last, to be filled in the next time."""
    row = unit.assignments.filter(signed_at__isnull=False).order_by("-signed_at").first()
    return {"leader": row.leader, "handler": row.handler, "handler_phone": row.handler_phone} if row else {}


def to_sign(user: Any) -> QuerySet:
    """What the user's units have not signed for yet, the oldest first."""
    rows = Assignment.objects.filter(unit_id__in=grants(user).unit_ids, state=AssignmentState.DISPATCHED)
    running = Prefetch("clocks", queryset=Clock.objects.running())
    return rows.select_related("proposal", "unit").prefetch_related(running).order_by("dispatched_at", "pk")


def ready_to_dispatch(user: Any) -> QuerySet:
    """Proposals whose units are planned, in the order of their numbers, with those units."""
    rows = to_dispatch(grants(user).where(Can.RECEIVE_PROPOSALS))
    planned = Assignment.objects.live().select_related("unit")
    return rows.prefetch_related(Prefetch("assignments", queryset=planned)).order_by("session_id", "case_no", "pk")
