"""When a scheduled item is: a month, a third of it, a span of months, or the days of the plenary."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import PARTS_OF_MONTH, Span
from plans.enums import PartOfMonth

#: Spans that have a name of their own.
NAMED = {(1, 3): "一季度", (4, 6): "二季度", (7, 9): "三季度", (10, 12): "四季度", (1, 6): "上半年",
         (7, 12): "下半年", (1, 12): "全年"}  # fmt: skip


@dataclass(frozen=True)
class Time:
    """`until` ends a span of months; `part` then belongs to the last of them."""

    month: int | None
    until: int | None = None
    part: str = PartOfMonth.WHOLE

    @property
    def last_month(self) -> int | None:
        return self.until or self.month

    @property
    def is_plenary(self) -> bool:
        return self.part == PartOfMonth.PLENARY

    @property
    def part_label(self) -> str:
        """上旬, 中旬, 下旬, 全会期间; empty for the whole month."""
        return "" if self.part == PartOfMonth.WHOLE else PartOfMonth(self.part).label

    @property
    def text(self) -> str:
        """5月上旬, 4—5月, 二季度, 全会期间."""
        if self.month is None or self.is_plenary:
            return self.part_label
        if self.until in (None, self.month):
            return f"{self.month}月{self.part_label}"
        if self.part_label:
            return f"{self.month}月—{self.until}月{self.part_label}"
        return NAMED.get((self.month, self.until), f"{self.month}—{self.until}月")

    def span(self, year: int, plenary: Span | None = None) -> Span:
        """The days meant. During a plenary whose days nobody entered it is the month named, else the whole year."""
        if self.is_plenary and plenary is not None:
            return plenary
        if self.month is None:
            return Span.year(year)
        whole = Span.months(year, self.month, self.last_month or self.month)
        return whole if self.part not in PARTS_OF_MONTH else self.third(whole)

    def third(self, whole: Span) -> Span:
        """Its third of the last month; of a span the days from its first month on."""
        _, first, last = PARTS_OF_MONTH[self.part]
        begins = whole.first if self.last_month != self.month else whole.first.replace(day=first)
        return Span(begins, whole.last.replace(day=min(last, whole.last.day)))
