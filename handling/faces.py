"""How a clock is shown: colour, word, what is left in words, and how the date was computed.

{% include "handling/_clock.html" with face=face only %}      # face = faces.face(clock, scale)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from core.clock import chinese_date
from core.workdays import Due
from handling.enums import AskState, Light
from handling.models import Clock, Extension
from handling.services import clocks
from handling.services.clocks import Scale

TONES = {
    Light.GREEN: "success",
    Light.YELLOW: "warning",
    Light.RED: "danger",
    Light.PAUSED: "info",
    Light.MET: "success",
    Light.LATE: "warning",
    Light.VOID: "neutral",
}


class Face:
    """One clock on one day, ready for the template. `words` is what is left or how late. How the date came about and
    what was asked for is worked out when it is shown: a list that shows neither needs no extensions.
    """

    def __init__(self, clock: Clock, scale: Scale) -> None:
        self.clock, self.scale = clock, scale
        self.light = clocks.light(clock, scale)
        self.words = in_words(clock, self.light, scale)

    @cached_property
    def due(self) -> Due:
        return clocks.due(self.clock, self.scale)

    @cached_property
    def asked(self) -> Extension | None:
        """An extension nobody has decided yet."""
        if not self.running:
            return None
        return next((row for row in self.clock.extensions.all() if row.state == AskState.REQUESTED), None)

    @property
    def tone(self) -> str:
        return TONES[self.light]

    @property
    def stage(self) -> str:
        return self.clock.get_stage_display()

    @property
    def day(self) -> date:
        return self.clock.due_on

    @property
    def running(self) -> bool:
        return self.clock.stopped_on is None


def face(clock: Clock, scale: Scale | None = None) -> Face:
    """The clock with its extensions and pauses loaded (`clocks.loaded`) costs no query of its own."""
    return Face(clock, scale or Scale())


def faces(rows: Iterable[Clock], scale: Scale | None = None) -> list[Face]:
    scale = scale or Scale()
    return [face(clock, scale) for clock in rows]


def in_words(clock: Clock, light: Light, scale: Scale) -> str:
    """还有 3 个工作日, 今天到期, 超期 2 日, and so on."""
    if light == Light.RED:
        return f"超期 {clocks.overdue_days(clock, scale.on)} 日"
    if light in (Light.GREEN, Light.YELLOW):
        left = clocks.remaining(clock, scale)
        return f"还有 {left} 个工作日" if left else "今天到期"
    if pause := clocks.paused(clock):
        return clocks.reason_of(pause, scale)
    return ended(clock, light)


def ended(clock: Clock, light: Light) -> str:
    if clock.stopped_on is None:
        return ""
    late = f"，超期 {clocks.overdue_days(clock, clock.stopped_on)} 日" if light == Light.LATE else ""
    return f"{chinese_date(clock.stopped_on)}{'停止' if light == Light.VOID else '完成'}{late}"
