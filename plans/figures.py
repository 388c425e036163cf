"""What a target's standing is made of: periods, coverage and the verdict. Computed by `plans.progress`, put into words
by `plans.wording`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.clock import Span
from plans import wording
from plans.enums import Metric, Operator
from plans.models import Target
from plans.wording import number

__all__ = ["ZERO", "Basis", "Coverage", "Part", "PeriodStanding", "Progress", "number"]

ZERO = Decimal(0)
#: Before this share of a period only a whole missing unit is a warning; after it, any gap to the line is.
LAST_STRETCH = 0.75


@dataclass(frozen=True)
class PeriodStanding:
    """One period of a target: what was done in it and what it asked for. A rate (百分比) has no line to its last day;
    `known` is false while there is nothing to take it from.
    """

    label: str
    span: Span
    actual: Decimal
    amount: Decimal | None
    as_of: date
    is_rate: bool = False
    known: bool = True

    @property
    def met(self) -> bool:
        return self.amount is not None and self.known and self.actual >= self.amount

    @property
    def pace(self) -> Decimal | None:
        """What the straight line to the period's last day asks for on the day."""
        if self.amount is None or self.is_rate:
            return None
        return self.amount * Decimal(self.span.elapsed(self.as_of))

    @property
    def short(self) -> Decimal:
        return ZERO if self.amount is None else max(ZERO, self.amount - self.actual)

    @property
    def behind(self) -> bool:
        """Warned early, but not for half a unit: see LAST_STRETCH. A rate below its mark is always worth a look."""
        if self.is_rate:
            return self.amount is not None and self.known and not self.met
        if self.pace is None or self.met:
            return False
        gap = self.pace - self.actual
        return gap >= 1 or (gap > 0 and self.span.elapsed(self.as_of) >= LAST_STRETCH)

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone)."""
        if self.amount is None:
            return f"{number(self.actual)}", "neutral"
        if not self.known:
            return "没有数据", "neutral"
        if self.met:
            return ("达标" if self.is_rate else "已完成"), "success"
        if self.span.last <= self.as_of:
            return ("未达标" if self.is_rate else "未完成"), "danger"
        if self.span.first > self.as_of:
            return "未到", "neutral"
        return ("进度落后", "warning") if self.behind else ("进行中", "info")


@dataclass(frozen=True)
class Coverage:
    """Of how many members (groups) how many have reached the amount, and how many of them have to (`needed`).
    `counts` has every one of them, id → total.
    """

    reached: int
    of: int
    needed: int
    noun: str
    counts: Mapping[int, Decimal]
    missing_ids: frozenset[int]

    @property
    def percent(self) -> int:
        return self.reached * 100 // self.of if self.of else 0

    @property
    def met(self) -> bool:
        return bool(self.of) and self.reached >= self.needed


@dataclass(frozen=True)
class Part:
    """One of several subjects that count for a target (或者), with its own figure and link."""

    subject: str
    actual: Decimal
    unit: str
    url: str


@dataclass(frozen=True)
class Basis:
    """What a percentage or an average is taken from: `part` of `whole`, in words (实到, 应到)."""

    label: str
    words: tuple[str, str]
    unit: str
    part: Decimal
    whole: Decimal
    unit_of_whole: str = ""

    @property
    def text(self) -> str:
        part, whole = self.words
        unit = self.unit_of_whole or self.unit
        return f"{part}{number(self.part)}{self.unit}，{whole}{number(self.whole)}{unit}"


@dataclass(frozen=True)
class Progress:
    """How one target stands. Amounts are for the whole year: 每季度1次 has `amount` 4; a percentage stays as it is.

    `problem` is set when it cannot be counted (then everything else is empty). `pace`, `missing` and the bar are in
    records, or in members (groups) when there is a `coverage`. `subjects` are told when there are several; `basis` of
    a percentage and an average. `link(span, key)` is the page of the records behind the figure, of one period, of
    one member or group when given; None with several subjects, each of which has its own.
    """

    target: Target
    as_of: date
    unit: str = ""
    actual: Decimal = ZERO
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    periods: tuple[PeriodStanding, ...] = ()
    coverage: Coverage | None = None
    subjects: tuple[Part, ...] = ()
    basis: Basis | None = None
    link: Callable[..., str] | None = None
    problem: str = ""

    @property
    def url(self) -> str:
        """The records behind the whole figure; empty with several subjects."""
        return self.link() if self.link else ""

    # --- the bar: done of goal -------------------------------------------------------------------------------
    @property
    def countable(self) -> bool:
        return not self.problem

    @property
    def is_rate(self) -> bool:
        """A percentage of the office: it moves both ways and has no straight line."""
        return self.target.metric == Metric.PERCENT and self.coverage is None

    @property
    def known(self) -> bool:
        """Whether there is anything to take a rate from."""
        return not self.is_rate or any(each.known for each in self.periods)

    @property
    def done(self) -> Decimal:
        """What the bar shows: members who are there, else what counts towards the periods, surplus left out."""
        if self.coverage:
            return Decimal(self.coverage.reached)
        if self.is_rate or len(self.periods) == 1 or self.amount is None:
            return self.actual
        return sum((min(each.actual, each.amount or ZERO) for each in self.periods), ZERO)

    @property
    def goal(self) -> Decimal | None:
        if self.coverage and self.amount is not None:
            return Decimal(self.coverage.needed)
        return self.amount

    @property
    def percent(self) -> int | None:
        """Whole per cent of the goal, rounded down; None while there is no number. More than 100 for a surplus."""
        if self.goal is None or self.problem:
            return None
        return int(self.done * 100 // self.goal) if self.goal else 100

    @property
    def pace(self) -> Decimal | None:
        """What should be reached today on the straight line, one decimal."""
        if self.goal is None or self.is_ceiling or self.is_rate:
            return None
        return (self.goal * self.share_of_time).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def span(self) -> Span:
        """The days of all periods together: the year, the plenary, the term."""
        if not self.periods:
            return Span.year(self.target.plan.year)
        return Span(self.periods[0].span.first, self.periods[-1].span.last)

    @property
    def share_of_time(self) -> Decimal:
        return Decimal(self.span.elapsed(self.as_of))

    # --- the verdict -----------------------------------------------------------------------------------------
    @property
    def is_ceiling(self) -> bool:
        return self.target.operator == Operator.AT_MOST

    @property
    def met(self) -> bool:
        if self.amount is None or self.problem:
            return False
        if self.is_ceiling:
            return self.known and not self.over
        if self.coverage:
            return self.coverage.met
        judged = [each for each in self.periods if each.known]
        return bool(judged) and all(each.met for each in judged)

    @property
    def missing(self) -> Decimal:
        """How many more it takes: in records, in members when every one is asked, in points of a percentage."""
        if self.amount is None or self.is_ceiling or self.problem or not self.known:
            return ZERO
        if self.coverage:
            return Decimal(max(0, self.coverage.needed - self.coverage.reached))
        if self.is_rate:
            return max(ZERO, self.amount - self.actual)
        return sum((each.short for each in self.periods), ZERO)

    @property
    def over(self) -> Decimal:
        """How much more than asked was done; what that means depends on the operator."""
        limit = self.amount_max if self.target.operator == Operator.RANGE else self.amount
        if limit is None or self.coverage or self.target.operator == Operator.AT_LEAST:
            return ZERO
        if self.is_ceiling and not self.is_rate:
            return sum((max(ZERO, each.actual - (each.amount or ZERO)) for each in self.periods), ZERO)
        return max(ZERO, self.actual - limit)

    @property
    def behind(self) -> bool:
        """Whether somebody should look at it today."""
        if self.amount is None or self.is_ceiling or self.met or self.problem:
            return False
        if self.coverage:
            return PeriodStanding("", self.span, self.done, self.goal, self.as_of).behind
        return any(each.behind for each in self.periods)

    @property
    def is_over(self) -> bool:
        """Whether the time of the target has ended on the day."""
        return self.as_of >= self.span.last

    @property
    def has_begun(self) -> bool:
        return self.as_of >= self.span.first

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone) for the badge."""
        if self.problem:
            return "无法统计", "neutral"
        if self.amount is None:
            return "数量待定", "neutral"
        if not self.known:
            return "还没有数据", "neutral"
        if self.is_ceiling:
            return ("已超出", "danger") if self.over else ("未超出", "success")
        if self.met:
            return ("达标" if self.is_rate else "已完成"), "success"
        if self.is_over:
            return ("未达标" if self.is_rate else "未完成"), "danger"
        if self.behind:
            return ("低于要求" if self.is_rate else "进度落后"), "warning"
        return ("进行中", "info") if self.has_begun else ("未开始", "neutral")

    @property
    def state_label(self) -> str:
        return self.state[0]

    @property
    def tone(self) -> str:
        return self.state[1]

    # --- words -----------------------------------------------------------------------------------------------
    @property
    def requirement(self) -> str:
        """每季度不少于1次, 每名委员计划2件, 2—3篇, 数量待定."""
        return wording.requirement(self)

    @property
    def text(self) -> str:
        """The whole standing in one line: 不少于2次 · 已完成1次 · 还差1次."""
        return wording.text(self)

    @property
    def missing_text(self) -> str:
        return wording.missing(self)

    @property
    def advice(self) -> str:
        """What it takes to be on the line again: 9月底前还需3次. Empty when nothing is asked this month or next."""
        return wording.advice(self)
