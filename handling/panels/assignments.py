"""Who handles a proposal, by when, and what can be done about it: for the office, the units and the proposers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from core.pages import Link
from core.templatetags.ui import cn_date
from core.workflow import Action
from handling import faces, selectors
from handling.answering import answered_one, proposers_of
from handling.enums import EXTENDABLE, OFFERS, AskState, AssignmentState, Light, Outcome, Stage
from handling.faces import Face
from handling.guards import can_plan, can_reach_proposers
from handling.models import Assignment, Clock, Extension, ReassignRequest, Reminder
from handling.services.clocks import Scale
from handling.steps.assignments import FORMS, PLAIN
from handling.workflow import ASSIGNMENTS
from proposals.panels import Panel, Part, Sight

#: Buttons of a row; the others stand in the head of the page.
OF_ROWS = {*PLAIN, *FORMS} - {"sign"}
#: Offered to be paused on the page: what takes weeks.
PAUSABLE = EXTENDABLE - {Stage.CONTACT}
SHOWN_TO_PROPOSERS = (Stage.REPLY, Stage.REHANDLE, Stage.FOLLOW_UP)


@dataclass(frozen=True)
class Timed:
    """A deadline with the buttons this user has for it, and its extensions."""

    face: Face
    links: list[Link]
    extensions: list[Extension]
    reminders: list[Reminder]


@dataclass(frozen=True)
class Line:
    """One unit's row. `own`: the user works for it. `full`: with requests, deadlines and buttons."""

    row: Assignment
    own: bool
    full: bool
    clocks: list[Timed] = field(default_factory=list)
    ended: list[Timed] = field(default_factory=list)
    requests: list[ReassignRequest] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def past(self) -> bool:
        return self.row.state == AssignmentState.REVOKED


def rows_of(sight: Sight) -> list[Assignment]:
    """Read once for the buttons and the panel; those of the case a merged proposal is answered with."""
    if not hasattr(sight, "assignment_rows"):
        sight.assignment_rows = selectors.rows_of(answered_one(sight.proposal))
    return sight.assignment_rows


# --- buttons in the head -----------------------------------------------------------------------------------------
def links(sight: Sight) -> list[Link]:
    """What comes next, one primary button: choose units, dispatch, or sign for it."""
    if sight.works and can_plan(sight.user, sight.proposal):
        return office_links(sight)
    mine = [row for row in rows_of(sight) if row.unit_id in sight.unit_ids]
    return [
        Link("签收", reverse("assignment_act", args=[row.pk, "sign"]), "primary", "check2-square")
        for row in mine
        if row.state == AssignmentState.DISPATCHED
    ]


def office_links(sight: Sight) -> list[Link]:
    pk, rows = sight.proposal.pk, [row for row in rows_of(sight) if row.state != AssignmentState.REVOKED]
    planned = [row for row in rows if row.state == AssignmentState.PLANNED]
    plan = reverse("assignment_plan", args=[pk])
    if planned:
        send = Link("交办", reverse("assignment_dispatch", args=[pk]), "primary", "send", post=True)
        return [send, Link("修改承办单位", plan, icon="diagram-3")]
    return [
        Link("增加承办单位", plan, icon="diagram-3") if rows else Link("拟定承办单位", plan, "primary", "diagram-3")
    ]


# --- the panel ---------------------------------------------------------------------------------------------------
def panels(sight: Sight) -> list[Panel]:
    rows, scale = rows_of(sight), Scale()
    if not rows:
        return []
    if sight.own and not sight.unit_ids:
        return progress(rows, scale)
    if not sight.reads_all and not sight.unit_ids:
        return []
    lines = [line(sight, row, scale) for row in seen(sight, rows)]
    now = [each for each in lines if not each.past]
    past = [each for each in lines if each.past]
    found = [Panel("handling/_units.html", {"lines": now, "past": past})] if lines else []
    return found + people(sight, rows)


def people(sight: Sight, rows: list[Assignment]) -> list[Panel]:
    """Whom the unit has to speak with. Numbers are masked here; reading them is an act of its own."""
    mine = next((row for row in rows if can_reach_proposers(sight.user, row)), None)
    if mine is None:
        return []
    shown = {"people": list(proposers_of(mine.proposal)), "url": reverse("assignment_phones", args=[mine.pk])}
    return [Panel("handling/_people.html", shown, side=True)]


def seen(sight: Sight, rows: list[Assignment]) -> list[Assignment]:
    """A unit sees its own row first, and of the others those that are with their units."""
    if sight.reads_all:
        return rows
    shown = [row for row in rows if row.state not in (AssignmentState.PLANNED, AssignmentState.REVOKED)]
    return sorted(shown, key=lambda row: row.unit_id not in sight.unit_ids)


def line(sight: Sight, row: Assignment, scale: Scale) -> Line:
    own = row.unit_id in sight.unit_ids
    if not own and not sight.reads_all:
        return Line(row, own, full=False)
    every = [timed(sight, row, clock, scale) for clock in row.clocks.all() if is_shown(clock, scale)]
    running, ended = ([each for each in every if each.face.running is wanted] for wanted in (True, False))
    return Line(
        row, own, True, running, ended, list(row.reassign_requests.all()), row_actions(sight, row, own, scale),
    )  # fmt: skip


def is_shown(clock: Clock, scale: Scale) -> bool:
    """What still runs, and how what mattered ended; an offer nobody used, or used in time, is no news."""
    if clock.stage in OFFERS:
        return clock.stopped_on is None and clock.due_on >= scale.on
    return clock.outcome != Outcome.VOID


def row_actions(sight: Sight, row: Assignment, own: bool, scale: Scale) -> list[Action]:
    if not own and not sight.works:
        return []
    found = ASSIGNMENTS.actions(sight.user, row, url=lambda name: reverse("assignment_act", args=[row.pk, name]))
    shown = OF_ROWS if may_still_ask(row, scale) else OF_ROWS - {"request_reassignment"}
    # Ids in the page are made of the name: two rows may offer the same step.
    return [replace(each, name=f"{each.name}-{row.pk}") for each in found if each.name in shown and each.allowed]


def may_still_ask(row: Assignment, scale: Scale) -> bool:
    """Whether the days for another unit are not over."""
    return any(clock.stage in OFFERS and is_shown(clock, scale) for clock in row.clocks.all())


def timed(sight: Sight, row: Assignment, clock: Clock, scale: Scale) -> Timed:
    shown = faces.face(clock, scale)
    buttons = clock_links(sight, row, shown) if shown.running else []
    past = [each for each in clock.extensions.all() if each.state != AskState.REQUESTED]
    return Timed(shown, buttons, past, list(clock.reminders.all()))


def clock_links(sight: Sight, row: Assignment, shown: Face) -> list[Link]:
    pk = shown.clock.pk
    if sight.works:
        return office_clock_links(shown, pk)
    if row.unit_id in sight.unit_ids and shown.clock.stage in EXTENDABLE and not shown.asked:
        return [Link("申请延期", reverse("clock_extension", args=[pk]), "quiet", "hourglass-split")]
    return []


def office_clock_links(shown: Face, pk: int) -> list[Link]:
    if shown.light == Light.PAUSED:
        return [Link("恢复计时", reverse("clock_resume", args=[pk]), "secondary", "play", post=True)]
    if shown.clock.stage in OFFERS:
        return []
    hasten = shown.light in (Light.YELLOW, Light.RED)
    found = [Link("催办", reverse("clock_remind", args=[pk]), "quiet", "bell")] if hasten else []
    if shown.asked:
        decide = reverse("extension_decide", args=[shown.asked.pk])
        return [Link("决定延期申请", decide, "primary", "check2-circle"), *found]
    if shown.light != Light.RED and shown.clock.stage in PAUSABLE:
        found.append(Link("暂停计时", reverse("clock_pause", args=[pk]), "quiet", "pause"))
    return found


def progress(rows: list[Assignment], scale: Scale) -> list[Panel]:
    """For the proposers, read-only: who handles it, how far it is, by when the reply comes."""
    sent = [row for row in rows if row.state not in (AssignmentState.PLANNED, AssignmentState.REVOKED)]
    steps = [(row, answer_day(row)) for row in sent]
    return [Panel("handling/_progress.html", {"steps": steps})] if steps else []


def answer_day(row: Assignment) -> str:
    """答复期限 2026年6月1日, while a reply is expected."""
    running = [each for each in row.clocks.all() if each.stopped_on is None and each.stage in SHOWN_TO_PROPOSERS]
    first = min(running, key=lambda clock: clock.due_on, default=None)
    return f"{first.get_stage_display()}期限 {cn_date(first.due_on)}" if first and row.answers else ""


def install(parts: Any) -> None:
    parts.add(Part("assignments", 40, links=links, panels=panels))
