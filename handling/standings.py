"""How a handled proposal stands, for the office's list: the units, the next deadline and its light in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from handling.enums import Light
from handling.models import Assignment, Clock
from handling.selectors import DUTIES
from handling.services import clocks
from handling.services.clocks import Scale
from proposals.enums import NUMBERED
from proposals.models import Proposal
from proposals.tables import Standing

TONES = {Light.RED: "danger", Light.YELLOW: "warning"}
LEADING_FIRST = ("single", "lead", "split", "coop")


def tell(proposals: Sequence[Proposal], user: Any) -> dict[int, Standing]:
    """A constant number of queries for any number of proposals."""
    keys = [each.pk for each in proposals if each.state in NUMBERED]
    if not keys:
        return {}
    units, due, scale = units_of(keys), next_clocks(keys), Scale()
    return {pk: standing(units[pk], due.get(pk), scale) for pk in keys if pk in units}


def units_of(keys: Sequence[int]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.live().filter(proposal__in=keys).select_related("unit"):
        found[row.proposal_id].append(row)
    return found


def next_clocks(keys: Sequence[int]) -> dict[int, Clock]:
    """The running clock of a unit that ends first."""
    running = Clock.objects.running().filter(proposal__in=keys, stage__in=DUTIES).order_by("-due_on", "-id")
    return {clock.proposal_id: clock for clock in clocks.loaded(running)}


def standing(rows: list[Assignment], clock: Clock | None, scale: Scale) -> Standing:
    first = min(rows, key=lambda row: (LEADING_FIRST.index(row.role), row.pk))
    units = f"{first.unit.name}等 {len(rows)} 家" if len(rows) > 1 else first.unit.name
    if clock is None:
        return Standing(units)
    light = clocks.light(clock, scale)
    words = f"（{light.label}）" if light in TONES or light == Light.PAUSED else ""
    day = f"{clock.due_on.month}月{clock.due_on.day}日"
    return Standing(f"{units}，{day}前{clock.get_stage_display()}{words}", TONES.get(light, "neutral"))
