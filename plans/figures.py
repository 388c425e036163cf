"""What a target's standing is made of: periods, coverage, the verdict and its words. Computed by `plans.progress`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from core.clock import Span
from plans.enums import Operator, Period, Scope
from plans.models import Target

ZERO = Decimal(0)
#: Before this share of a period only a whole missing unit is a warning; after it, any gap to the line is.
LAST_STRETCH = 0.75


def number(value: Decimal | None) -> str:
    """2.00 → 2, 2.50 → 2.5; nothing → 待定."""
    return "待定" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class PeriodStanding:
    """One period of a target: what was done in it and what it asked for."""

    label: str
    span: Span
    actual: Decimal
    amount: Decimal | None
    as_of: date

    @property
    def met(self) -> bool:
        return self.amount is not None and self.actual >= self.amount

    @property
    def pace(self) -> Decimal | None:
        """What the straight line to the period's last day asks for on the day."""
        return None if self.amount is None else self.amount * Decimal(self.span.elapsed(self.as_of))

    @property
    def short(self) -> Decimal:
        return ZERO if self.amount is None else max(ZERO, self.amount - self.actual)

    @property
    def behind(self) -> bool:
        """Warned early, but not for half a unit: see LAST_STRETCH."""
        if self.pace is None or self.met:
            return False
        gap = self.pace - self.actual
        return gap >= 1 or (gap > 0 and self.span.elapsed(self.as_of) >= LAST_STRETCH)

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone)."""
        if self.amount is None:
            return f"{number(self.actual)}", "neutral"
        if self.met:
            return "已完成", "success"
        if self.span.last <= self.as_of:
            return "未完成", "danger"
        if self.span.first > self.as_of:
            return "未到", "neutral"
        return ("进度落后", "warning") if self.behind else ("进行中", "info")


@dataclass(frozen=True)
class Coverage:
    """Of how many members (groups) how many have reached the amount. `counts` has every one of them, id → total."""

    reached: int
    of: int
    noun: str
    counts: Mapping[int, Decimal]
    missing_ids: frozenset[int]

    @property
    def percent(self) -> int:
        return self.reached * 100 // self.of if self.of else 0


@dataclass(frozen=True)
class Progress:
    """How one target stands. Amounts are for the whole year: 每季度1次 has `amount` 4.

    `problem` is set when it cannot be counted (then everything else is empty). `pace`, `missing` and the bar are in
    records, or in members (groups) when there is a `coverage`.
    """

    target: Target
    as_of: date
    unit: str = ""
    actual: Decimal = ZERO
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    periods: tuple[PeriodStanding, ...] = ()
    coverage: Coverage | None = None
    url: str = ""
    problem: str = ""

    # --- the bar: done of goal -------------------------------------------------------------------------------
    @property
    def countable(self) -> bool:
        return not self.problem

    @property
    def done(self) -> Decimal:
        """What the bar shows: members who are there, else what counts towards the periods, surplus left out."""
        if self.coverage:
            return Decimal(self.coverage.reached)
        if len(self.periods) == 1 or self.amount is None:
            return self.actual
        return sum((min(each.actual, each.amount or ZERO) for each in self.periods), ZERO)

    @property
    def goal(self) -> Decimal | None:
        if self.coverage and self.amount is not None:
            return Decimal(self.coverage.of)
        return self.amount

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down; None while there is no number. More than 100 for a surplus."""
        if self.goal is None or self.problem:
            return None
        return int(self.done * 100 // self.goal) if self.goal else 100

    @property
    def pace(self) -> Decimal | None:
        """What should be reached today on the straight line, one decimal."""
        if self.goal is None or self.is_ceiling:
            return None
        return (self.goal * self.share_of_time).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def share_of_time(self) -> Decimal:
        return Decimal(Span.year(self.target.plan.year).elapsed(self.as_of))

    # --- the verdict -----------------------------------------------------------------------------------------
    @property
    def is_ceiling(self) -> bool:
        return self.target.operator == Operator.AT_MOST

    @property
    def met(self) -> bool:
        if self.amount is None or self.problem:
            return False
        if self.is_ceiling:
            return not self.over
        if self.coverage:
            return bool(self.coverage.of) and self.coverage.reached == self.coverage.of
        return all(each.met for each in self.periods)

    @property
    def missing(self) -> Decimal:
        """How many more it takes: in records, or in members when every one is asked."""
        if self.amount is None or self.is_ceiling or self.problem:
            return ZERO
        if self.coverage:
            return Decimal(self.coverage.of - self.coverage.reached)
        return sum((each.short for each in self.periods), ZERO)

    @property
    def over(self) -> Decimal:
        """How much more than asked was done; what that means depends on the operator."""
        limit = self.amount_max if self.target.operator == Operator.RANGE else self.amount
        if limit is None or self.coverage or self.target.operator == Operator.AT_LEAST:
            return ZERO
        if self.is_ceiling:
            return sum((max(ZERO, each.actual - (each.amount or ZERO)) for each in self.periods), ZERO)
        return max(ZERO, self.actual - limit)

    @property
    def behind(self) -> bool:
        """Whether somebody should look at it today."""
        if self.amount is None or self.is_ceiling or self.met or self.problem:
            return False
        if self.coverage:
            line = PeriodStanding("", Span.year(self.target.plan.year), self.done, self.goal, self.as_of)
            return line.behind
        return any(each.behind for each in self.periods)

    @property
    def is_over(self) -> bool:
        """Whether the year has ended on the day."""
        return self.as_of >= date(self.target.plan.year, 12, 31)

    @property
    def has_begun(self) -> bool:
        return self.as_of >= date(self.target.plan.year, 1, 1)

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone) for the badge."""
        if self.problem:
            return "无法统计", "neutral"
        if self.amount is None:
            return "数量待定", "neutral"
        if self.is_ceiling:
            return ("已超出", "danger") if self.over else ("未超出", "success")
        if self.met:
            return "已完成", "success"
        if self.is_over:
            return "未完成", "danger"
        if self.behind:
            return "进度落后", "warning"
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
        target = self.target
        head = "" if target.scope == Scope.OFFICE else target.get_scope_display()
        if target.amount is None:
            return f"{head}数量待定"
        rhythm = "" if target.period == Period.YEAR else target.get_period_display()
        if target.operator == Operator.RANGE:
            return f"{head}{rhythm}{number(target.amount)}—{number(target.amount_max)}{self.unit}"
        return f"{head}{rhythm}{target.get_operator_display()}{number(target.amount)}{self.unit}"

    @property
    def text(self) -> str:
        """The whole standing in one line: 不少于2次 · 已完成1次 · 还差1次."""
        if self.problem:
            return f"无法统计：{self.problem}"
        return " · ".join(part for part in (self.requirement, self.done_text, self.missing_text) if part)

    @property
    def done_text(self) -> str:
        if self.coverage and self.amount is not None:
            reached = f"{self.coverage.of}{self.coverage.noun}中{self.coverage.reached}{self.coverage.noun[:1]}已达到"
            return f"{reached}（共{number(self.actual)}{self.unit}）"
        return f"已完成{number(self.actual)}{self.unit}"

    @property
    def missing_text(self) -> str:
        if self.over:
            words = {Operator.RANGE: "超出上限", Operator.AT_MOST: "超出"}.get(self.target.operator, "超出计划")
            return f"{words}{number(self.over)}{self.unit}"
        if self.missing:
            return f"还差{number(self.missing)}{self.coverage.noun if self.coverage else self.unit}"
        return ""

    @property
    def advice(self) -> str:
        """What it takes to be on the line again: 9月底前还需3次. Empty when nothing is asked this month or next."""
        if self.met or self.coverage or self.amount is None or self.is_ceiling or self.problem or self.is_over:
            return ""
        now = next((each for each in self.periods if each.span.first <= self.as_of <= each.span.last), None)
        if now is None or now.met:
            return ""
        for month in range(self.as_of.month, now.span.last.month + 1):
            end = Span.months(self.as_of.year, month, month).last
            wanted = (now.amount * Decimal(now.span.elapsed(end))).to_integral_value(ROUND_DOWN) - now.actual
            if wanted > 0:
                return f"{month}月底前还需{number(wanted)}{self.unit}"
        return f"{now.span.last.month}月底前还需{number(now.short)}{self.unit}"
