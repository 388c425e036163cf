"""How a handled proposal stands, for the office's list: the units, the next deadline and its light in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.clock import today
from handling.enums import Light
from handling.models import Assignment, Clock
from handling.selectors import DUTIES, standing_still
from proposals.enums import NUMBERED
from proposals.models import Proposal
from proposals.tables import Standing

LEADING_FIRST = ("single", "lead", "split", "coop")


def tell(proposals: Sequence[Proposal], user: Any) -> dict[int, Standing]:
    """Two queries for any number of proposals. Near deadlines are not marked here: they need the calendar."""
    keys = [each.pk for each in proposals if each.state in NUMBERED]
    if not keys:
        return {}
    units, due, day = units_of(keys), next_clocks(keys), today()
    return {pk: standing(units[pk], due.get(pk), day) for pk in keys if pk in units}


def units_of(keys: Sequence[int]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.live().filter(proposal__in=keys).select_related("unit"):
        found[row.proposal_id].append(row)
    return found


def next_clocks(keys: Sequence[int]) -> dict[int, Clock]:
    """The running clock of a unit that ends first; `still` when it is paused."""
    running = Clock.objects.running().filter(proposal__in=keys, stage__in=DUTIES).annotate(still=standing_still())
    return {clock.proposal_id: clock for clock in running.order_by("-due_on", "-id")}


def standing(rows: list[Assignment], clock: Clock | None, day: date) -> Standing:
    first = min(rows, key=lambda row: (LEADING_FIRST.index(row.role), row.pk))
    units = f"{first.unit.name}等 {len(rows)} 家" if len(rows) > 1 else first.unit.name
    if clock is None:
        return Standing(units)
    until = f"{units}，{clock.due_on.month}月{clock.due_on.day}日前{clock.get_stage_display()}"
    if clock.still:
        return Standing(until, Light.PAUSED.label)
    return Standing(until, Light.RED.label, "danger") if clock.due_on < day else Standing(until)
