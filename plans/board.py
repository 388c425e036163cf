"""The standing of a target as the components draw it. The board of the year: plans.yearboard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from plans.enums import Metric
from plans.figures import Progress, number

#: More periods than this (thirds of months) are told on the target's own page only.
MOST_SHOWN = 12


@dataclass(frozen=True)
class TargetCard:
    """One target as drawn: lengths in per cent of the bar."""

    figure: Progress
    shows_links: bool

    @property
    def url(self) -> str:
        """The records behind the number; of members reached, and with several subjects, the page that lists them."""
        if not self.shows_links or not self.figure.countable:
            return ""
        if self.figure.coverage and self.figure.goal is not None:
            return self.page
        return self.figure.url or f"{self.page}#subjects"

    @property
    def page(self) -> str:
        return reverse("plan_target", args=[self.figure.target.pk])

    @property
    def has_bar(self) -> bool:
        return self.figure.countable and self.figure.goal is not None

    @property
    def done(self) -> str:
        return number(self.figure.done) if self.figure.known else "—"

    @property
    def goal(self) -> str:
        return number(self.figure.goal)

    @property
    def unit(self) -> str:
        coverage = self.figure.coverage
        return coverage.noun if coverage and self.figure.goal is not None else self.figure.unit

    @property
    def percent(self) -> int | None:
        """How much of the goal; a rate is a percentage itself."""
        return None if self.figure.is_rate else self.figure.percent

    @property
    def fill(self) -> str:
        return share(self.figure.done, Decimal(100) if self.figure.is_rate else self.figure.goal)

    @property
    def tick(self) -> str:
        """Where the line stands today, of a rate the mark; nothing once it does not matter any more."""
        if self.figure.is_rate:
            return share(self.figure.goal or Decimal(0), Decimal(100))
        pace = self.figure.pace
        if pace is None or not pace or self.figure.met or self.figure.is_over:
            return ""
        return share(pace, self.figure.goal)

    @property
    def pace(self) -> str:
        """In whole people and occasions; hours and yuan as they are."""
        if not self.tick or self.figure.is_rate or self.figure.pace is None:
            return ""
        divisible = self.figure.target.metric in {Metric.HOURS, Metric.AMOUNT, Metric.AVERAGE}
        return number(self.figure.pace) if divisible else f"{self.figure.pace:.0f}"

    @property
    def rhythm(self) -> list[tuple[str, str, str, str]]:
        """(period, done of amount, state, tone) when the year is divided."""
        if not 1 < len(self.figure.periods) <= MOST_SHOWN or self.figure.coverage:
            return []
        return [
            (each.label, f"{number(each.actual)}/{number(each.amount)}", *each.state) for each in self.figure.periods
        ]

    @property
    def is_dense(self) -> bool:
        """Too many periods to write the state of each below it; the colour says it, the count proves it."""
        return len(self.figure.periods) > 4


def share(value: Decimal, whole: Decimal | None) -> str:
    return f"{min(Decimal(100), value * 100 / whole):.2f}" if whole else "100"
