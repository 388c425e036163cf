"""Clocks: started and stopped by what happens to an assignment, a reply or a promise; judged and explained here.

    clocks.start(stage=Stage.REPLY, proposal=proposal, assignment=row, by=user)
    clocks.stop(stages=[Stage.REPLY], assignment=row)
    clocks.due(clock).explained, clocks.light(clock)

The length is the rule deadline.<stage> on the day the clock starts; the calendar is that of the receiving office.
`due_on` is stored for lists and computed anew by `recompute` after every change. A page that shows several clocks
passes one `Scale` to all of them, so that calendars and rules are read once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction

from core.clock import Span, chinese_date, today
from core.workdays import Due, Length, Unit, WorkCalendar, deadline
from core.workdays import Pause as Standstill
from handling.defaults import LIGHTS, PAUSE_REASON
from handling.enums import AskState, Light, Outcome, Stage
from handling.models import Assignment, Clock, Extension, Pause
from organisation.models import Office
from organisation.selectors import code_labels, rule
from organisation.workdays import calendar_of
from proposals.models import Proposal

#: What happened on the day the clock starts, as the computation says it.
EVENTS = {
    Stage.SIGN: "交办",
    Stage.REASSIGN: "交办",
    Stage.CONTACT: "交办",
    Stage.COOP: "交办",
    Stage.REPLY: "交办",
    Stage.FEEDBACK: "答复送达",
    Stage.REHANDLE: "退回重新办理",
    Stage.FOLLOW_UP: "约定落实",
}


class Scale:
    """What clocks are judged with on one day: calendars, thresholds and reasons, each read once."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on or today()
        self._calendars: dict[int, WorkCalendar] = {}
        self._ahead: dict[int, dict[str, int]] = {}

    def calendar(self, office: Office) -> WorkCalendar:
        if office.pk not in self._calendars:
            self._calendars[office.pk] = calendar_of(office)
        return self._calendars[office.pk]

    def ahead(self, stage: str, office: Office) -> int:
        """From how many working days before the deadline on the light is yellow."""
        if office.pk not in self._ahead:
            self._ahead[office.pk] = rule(LIGHTS, office)
        return int(self._ahead[office.pk].get(stage, 0))

    @cached_property
    def reasons(self) -> dict[str, str]:
        return code_labels(PAUSE_REASON)


@transaction.atomic
def start(*, stage: str, proposal: Proposal, assignment: Assignment | None = None, by: Any, on: date | None = None,
          round: int = 1, subject_id: int | None = None) -> Clock:  # fmt: skip
    """A running clock from the day (today) on. Raises KeyError when no rule says how long the stage may take."""
    first = on or today()
    length = Length.of(rule(f"deadline.{Stage(stage).value}", proposal.office, first))
    clock = Clock(
        proposal=proposal, assignment=assignment, subject_id=subject_id, stage=stage, round=round, started_on=first,
        amount=length.amount, unit=length.unit,
    )  # fmt: skip
    clock.due_on = reckoned(clock, (), (), Scale()).day
    clock.save()
    return clock


@transaction.atomic
def stop(*, stages: Collection[str], proposal: Proposal | None = None, assignment: Assignment | None = None,
         subject_id: int | None = None, outcome: str = Outcome.MET, on: date | None = None) -> int:  # fmt: skip
    """Stops the running clocks of these stages and says how many. A pause that is still open ends with them.

    Raises ValueError without a proposal or an assignment.
    """
    if proposal is None and assignment is None:
        raise ValueError("whose clocks?")
    given = {"proposal": proposal, "assignment": assignment, "subject_id": subject_id}
    wanted = {name: value for name, value in given.items() if value is not None}
    last, scale = on or today(), Scale()
    rows = loaded(Clock.objects.running().filter(stage__in=stages, **wanted).select_for_update(of=("self",)))
    for clock in rows:
        end_pause(clock, last)
        clock.stopped_on, clock.outcome = max(last, clock.started_on), outcome
        recompute(clock=clock, scale=scale)
    return len(rows)


def end_pause(clock: Clock, last: date) -> None:
    for pause in list(clock.pauses.all()):
        if pause.last is None:
            pause.last = max(last, pause.first)
            pause.save(update_fields=["last"])


def due(clock: Clock, scale: Scale | None = None) -> Due:
    """The deadline with how it was computed. An open pause is named; it moves the day once it ends."""
    extensions = [row for row in clock.extensions.all() if row.state == AskState.GRANTED]
    return reckoned(clock, extensions, clock.pauses.all(), scale or Scale())


def reckoned(clock: Clock, extensions: Iterable[Extension], pauses: Iterable[Pause], scale: Scale) -> Due:
    rows = list(pauses)
    ended = [Standstill(Span(row.first, row.last), reason_of(row, scale)) for row in rows if row.last]
    found = deadline(
        clock.started_on,
        Length(clock.amount, Unit(clock.unit)),
        scale.calendar(clock.proposal.office),
        pauses=ended,
        extensions=[Length(row.amount, Unit(row.unit)) for row in extensions],
        event=EVENTS[Stage(clock.stage)],
    )
    return Due(found.day, (*found.steps, *(standing(row, scale) for row in rows if not row.last)), found.warnings)


def reason_of(pause: Pause, scale: Scale) -> str:
    return scale.reasons.get(pause.reason, pause.reason)


def standing(pause: Pause, scale: Scale) -> str:
    return f"{chinese_date(pause.first)}起暂停（{reason_of(pause, scale)}），恢复办理后顺延"


def paused(clock: Clock) -> Pause | None:
    """The pause the clock stands in, if any."""
    return next((row for row in clock.pauses.all() if row.last is None), None) if clock.stopped_on is None else None


def light(clock: Clock, scale: Scale | None = None) -> Light:
    """How the deadline stands on the scale's day."""
    if clock.outcome == Outcome.VOID:
        return Light.VOID
    if clock.stopped_on is not None:
        return Light.MET if clock.stopped_on <= clock.due_on else Light.LATE
    if paused(clock):
        return Light.PAUSED
    scale = scale or Scale()
    if clock.due_on < scale.on:
        return Light.RED
    ahead = scale.ahead(clock.stage, clock.proposal.office)
    return Light.YELLOW if remaining(clock, scale) <= ahead else Light.GREEN


def remaining(clock: Clock, scale: Scale) -> int:
    """Working days left after the scale's day; 0 on the last day itself."""
    if clock.due_on <= scale.on:
        return 0
    return scale.calendar(clock.proposal.office).workdays(
        Span(date.fromordinal(scale.on.toordinal() + 1), clock.due_on)
    )


def overdue_days(clock: Clock, on: date) -> int:
    """Calendar days past the deadline, at the end of the clock or on the day."""
    return max(0, ((clock.stopped_on or on) - clock.due_on).days)


def loaded(rows: Any) -> list[Clock]:
    """The clocks with everything `due` and `light` need, in a constant number of queries."""
    return list(rows.select_related("proposal__office").prefetch_related("extensions", "pauses"))


def recompute(*, clock: Clock, scale: Scale | None = None) -> Clock:
    """Stores the deadline as it is now. Call it after every change of the clock, its extensions or its pauses."""
    clock.due_on = due(clock, scale).day
    clock.save()
    return clock


@transaction.atomic
def recompute_running() -> int:
    """After a change of the table of holidays: every running clock anew. Says how many deadlines moved."""
    scale, moved = Scale(), []
    for clock in loaded(Clock.objects.running().select_for_update(of=("self",))):
        day = due(clock, scale).day
        if day != clock.due_on:
            clock.due_on = day
            moved.append(clock)
    Clock.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return len(moved)
