"""The desk of a handling unit: what is due, the most pressing first, and how much there is of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import counts
from core.clock import today
from core.components import Task
from core.templatetags.ui import cn_date
from handling import faces, selectors
from handling.enums import AssignmentState, Light, ReplyState, ReportState, Stage
from handling.faces import Face
from handling.models import Assignment, Clock, FollowUpReport, Reply
from handling.services import clocks
from organisation.models import HandlingUnit
from organisation.selectors import grants

#: What the unit has to do about each deadline.
VERBS = {
    Stage.SIGN: "签收",
    Stage.CONTACT: "与提案人联系",
    Stage.COOP: "提出会办意见",
    Stage.REPLY: "答复",
    Stage.REHANDLE: "重新答复",
    Stage.FOLLOW_UP: "填报落实情况",
}
ANSWERS = (Stage.REPLY, Stage.REHANDLE)
#: What became of a reply that changes what the unit has to do.
TOLD = (ReplyState.SENT, ReplyState.SENT_BACK)
MOST = 15
#: Clocks read for that many rows: an assignment may have several.
READ = MOST * 4


@dataclass(frozen=True)
class Figure:
    label: str
    value: int
    url: str


@dataclass(frozen=True)
class Desk:
    """`tasks` are at most MOST; `more` says that the list has others."""

    name: str
    tasks: list[Task]
    more: bool
    figures: list[Figure]
    to_sign: int


def of(user: Any) -> Desk | None:
    """None for people who work for no unit."""
    unit_ids = grants(user).unit_ids
    if not unit_ids:
        return None
    names = HandlingUnit.objects.filter(pk__in=unit_ids).values_list("name", flat=True)
    rows, numbers = tasks(unit_ids), figures(unit_ids)
    return Desk("、".join(names), rows[:MOST], len(rows) > MOST, numbers, numbers[0].value)


def tasks(unit_ids: frozenset[int]) -> list[Task]:
    """One line for each assignment (each promise): the deadline that comes first."""
    running = Clock.objects.running().filter(stage__in=selectors.DUTIES, assignment__unit_id__in=unit_ids)
    found: dict[Any, Face] = {}
    for shown in faces.faces(clocks.loaded(running.order_by("due_on", "pk")[:READ])):
        found.setdefault((shown.clock.assignment_id, shown.clock.subject_id), shown)
    replies = Reply.objects.filter(state__in=TOLD, assignment__unit_id__in=unit_ids)
    states = dict(replies.order_by("round").values_list("assignment_id", "state"))
    waiting = set(
        FollowUpReport.objects.filter(
            state=ReportState.REPORTED, item__reply__assignment__unit_id__in=unit_ids
        ).values_list("item_id", flat=True)
    )
    return [
        task(shown, states.get(shown.clock.assignment_id, ""), told=shown.clock.subject_id in waiting)
        for shown in found.values()
    ]


def task(shown: Face, reply: str, *, told: bool = False) -> Task:
    """`told`: what came of the promise was reported and waits to be checked."""
    clock = shown.clock
    title = f"{clock.proposal.case_label} {clock.proposal}".strip()
    verb, until = VERBS[Stage(clock.stage)], f"期限 {cn_date(clock.due_on)}"
    if clock.stage in ANSWERS and reply == ReplyState.SENT:
        return Task(title, clock.proposal.get_absolute_url(), "答复已送出", "等待交办机关审核", "已送出", "neutral")
    if clock.stage == Stage.FOLLOW_UP and told:
        return Task(title, where(clock), "落实情况已报", "等待办公室核实", "已报送", "neutral")
    if clock.stage in ANSWERS and reply == ReplyState.SENT_BACK:
        verb = "答复被退回，请修改后重新送出"
    due = shown.words if shown.light != Light.PAUSED else shown.light.label
    return Task(title, where(clock), verb, until, due, shown.tone)


def where(clock: Clock) -> str:
    """A promise has a page of its own."""
    if clock.stage == Stage.FOLLOW_UP and clock.subject_id:
        return reverse("promise_detail", args=[clock.subject_id])
    return clock.proposal.get_absolute_url()


def figures(unit_ids: frozenset[int]) -> list[Figure]:
    """Each number is what the list behind its link shows; one query."""
    rows, listed = Assignment.objects.filter(unit_id__in=unit_ids), reverse("assignment_list")
    late = rows.filter(pk__in=selectors.overdue().values("assignment_id"))
    year = today().year
    asked = {
        ("待签收", f"{listed}?state={AssignmentState.DISPATCHED}"): rows.filter(state=AssignmentState.DISPATCHED),
        ("办理中", f"{listed}?state={AssignmentState.HANDLING}"): rows.filter(state=AssignmentState.HANDLING),
        ("超期", f"{listed}?light={Light.RED}"): late,
        ("今年交办", f"{listed}?year={year}"): rows.filter(dispatched_at__year=year, state__in=selectors.SENT),
    }
    return [Figure(label, value, url) for (label, url), value in counts.together(asked).items()]
