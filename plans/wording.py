"""The standing of a target in words. Every figure comes from `plans.figures.Progress`; nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from core.clock import Span
from plans.enums import Metric, Operator, Period, Scope

if TYPE_CHECKING:
    from plans.figures import PeriodStanding, Progress

BEYOND = {Operator.RANGE: "超出上限", Operator.AT_MOST: "超出"}


def number(value: Decimal | None) -> str:
    """2.00 → 2, 2.50 → 2.5; nothing → 待定."""
    return "待定" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def requirement(figure: Progress) -> str:
    """每季度不少于1次, 每名委员计划2件（覆盖面80%以上）, 人均不少于1件, 2—3篇, 数量待定."""
    target = figure.target
    head = "" if target.scope == Scope.OFFICE else target.get_scope_display()
    if target.amount is None:
        return f"{head}{average(figure)}数量待定"
    rhythm = "" if target.period == Period.YEAR else target.get_period_display()
    asked = f"{target.get_operator_display()}{number(target.amount)}"
    if target.operator == Operator.RANGE:
        asked = f"{number(target.amount)}—{number(target.amount_max)}"
    share = f"（覆盖面{number(target.coverage_goal)}%以上）" if figure.coverage and target.coverage_goal else ""
    return f"{head}{rhythm}{rate_name(figure)}{average(figure)}{asked}{figure.unit}{share}"


def average(figure: Progress) -> str:
    return "人均" if figure.target.metric == Metric.AVERAGE else ""


def rate_name(figure: Progress) -> str:
    """到会率, 立案率: what the per cent are of."""
    return figure.basis.label if figure.basis and figure.target.metric == Metric.PERCENT else ""


def text(figure: Progress) -> str:
    if figure.problem:
        return f"无法统计：{figure.problem}"
    return " · ".join(part for part in (requirement(figure), done(figure), missing(figure)) if part)


def done(figure: Progress) -> str:
    coverage = figure.coverage
    if coverage and figure.amount is not None:
        reached = f"{coverage.of}{coverage.noun}中{coverage.reached}{coverage.noun[:1]}已达到"
        return f"{reached}（{total(figure)}）"
    if not figure.known:
        return "还没有可以统计的记录"
    verb = "目前" if figure.is_rate or average(figure) else "已完成"
    basis = f"（{figure.basis.text}）" if figure.basis else ""
    return f"{verb}{average(figure)}{number(figure.actual)}{figure.unit}{basis}"


def total(figure: Progress) -> str:
    """The total beside a coverage; a rate of everybody is no sum."""
    return f"{'合计' if figure.basis else '共'}{number(figure.actual)}{figure.unit}"


def missing(figure: Progress) -> str:
    if figure.over:
        return f"{BEYOND.get(figure.target.operator, '超出计划')}{number(figure.over)}{unit_of_gap(figure)}"
    if figure.missing:
        return f"还差{number(figure.missing)}{unit_of_gap(figure)}"
    return ""


def unit_of_gap(figure: Progress) -> str:
    """Members of a coverage, points of a rate, else records."""
    if figure.coverage:
        return figure.coverage.noun
    return "个百分点" if figure.is_rate else figure.unit


# --- what to do ------------------------------------------------------------------------------------------------------
def advice(figure: Progress) -> str:
    """9月底前还需3次; empty for what has no line to its last day, and when nothing is asked yet."""
    if figure.met or figure.coverage or figure.amount is None or figure.is_ceiling or figure.problem:
        return ""
    if figure.is_over or figure.is_rate or average(figure):
        return ""
    now = next((each for each in figure.periods if each.span.first <= figure.as_of <= each.span.last), None)
    return "" if now is None or now.met else wanted_by(now, figure)


def wanted_by(now: PeriodStanding, figure: Progress) -> str:
    """The first month end by which the line asks for one more."""
    for end in month_ends(figure.as_of, now.span.last):
        wanted = (now.amount * Decimal(now.span.elapsed(end))).to_integral_value(ROUND_DOWN) - now.actual
        if wanted > 0:
            return f"{by(end, figure.as_of)}还需{number(wanted)}{figure.unit}"
    return f"{by(now.span.last, figure.as_of)}还需{number(now.short)}{figure.unit}"


def month_ends(day: date, last: date) -> Iterator[date]:
    """The last days of the months from the day on, and the last day itself."""
    year, month = day.year, day.month
    while (end := Span.months(year, month, month).last) < last:
        yield end
        year, month = year + month // 12, month % 12 + 1
    yield last


def by(end: date, day: date) -> str:
    """9月底前, 6月20日前, 2027年3月底前."""
    year = "" if end.year == day.year else f"{end.year}年"
    is_month_end = end == Span.months(end.year, end.month, end.month).last
    return f"{year}{end.month}月底前" if is_month_end else f"{year}{end.month}月{end.day}日前"
