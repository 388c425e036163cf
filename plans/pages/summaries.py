"""Short forms of a plan's standing for lists, heads and home pages. Figures come from `plans.progress` only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plans.enums import PlanState
from plans.figures import Progress
from plans.schedule import Standing

STATE_TONES = {PlanState.DRAFT: "neutral", PlanState.SUBMITTED: "info", PlanState.RETURNED: "warning",
               PlanState.APPROVED: "success", PlanState.SUPERSEDED: "neutral"}  # fmt: skip


def state_tone(state: str) -> str:
    return STATE_TONES[PlanState(state)]


@dataclass(frozen=True)
class Summary:
    """How many targets there are, are met, and are behind today."""

    total: int
    met: int
    behind: int

    @classmethod
    def of(cls, figures: Sequence[Progress]) -> Summary:
        return cls(len(figures), sum(each.met for each in figures), sum(each.behind for each in figures))

    @property
    def text(self) -> str:
        return f"{self.total}项目标，已完成{self.met}项" if self.total else "没有目标"

    @property
    def behind_text(self) -> str:
        return f"{self.behind}项落后"


@dataclass(frozen=True)
class ScheduleSummary:
    """How many scheduled items there are to hold, were held, and are overdue; cancelled and merged ones left out."""

    total: int
    done: int
    overdue: int

    @classmethod
    def of(cls, standings: Sequence[Standing]) -> ScheduleSummary:
        overdue = sum(each.is_overdue for each in standings)
        to_hold = sum(not each.is_dropped for each in standings)
        return cls(to_hold, sum(each.is_done for each in standings), overdue)

    @property
    def text(self) -> str:
        return f"{self.total}项安排，已开展{self.done}项" if self.total else "没有安排"

    @property
    def overdue_short(self) -> str:
        return f"{self.overdue}项过期"

    @property
    def overdue_text(self) -> str:
        return f"另有{self.overdue}项已过期未开展" if self.overdue else ""
