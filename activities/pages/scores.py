"""Averages of an appraisal. Nothing here knows who gave what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse

from activities.enums import ActivityState
from activities.models import Activity, ScoreCriterion, ScoredUnit, UnitScore
from activities.pages.heads import part_page
from activities.permissions import followup as record_rights
from activities.type_needs import LEAST_BALLOTS
from core import charts
from core.clock import today
from core.pages import Link
from organisation.selectors import rule

SHEETS_HELP = """录入得分

先填收回的测评表份数，再填每个项目的合计得分（所有测评表加起来），平均分自动计算。

测评不记名，这里不写评议人。"""
BALLOT_HELP = """评议打分

您的打分不记名：平台只记下您已经评议过，分数直接计入合计。

提交后不能再改。"""


@dataclass(frozen=True)
class UnitRow:
    unit: ScoredUnit
    scorers: int
    cells: list[tuple[str, str]]
    total: Decimal | None
    rectification: str
    tone: str
    sheets_url: str
    rectify_url: str

    @property
    def shown_total(self) -> str:
        return "—" if self.total is None else str(self.total)


def results(user: Any, activity: Activity) -> dict[str, Any]:
    """Table and chart; three queries."""
    criteria, units = list(activity.criteria.all()), list(activity.scored_units.all())
    hidden = hidden_ballots(activity, units)
    points = {(row.unit_id, row.criterion_id): row for row in UnitScore.objects.filter(unit__activity=activity)}
    rows = [unit_row(unit, criteria, points, with_ballots=not hidden) for unit in units]
    may = record_rights.can_supplement(user, activity)
    links = [Link("评议项目和单位", reverse("scores_set_up", args=[activity.pk]), icon="list-check")] if may else []
    return {
        "page": part_page(activity, "评议结果", links),
        "activity": activity,
        "criteria": criteria,
        "rows": rows,
        "hidden": hidden,
        "top": sum(each.top for each in criteria),
        "chart": chart_of(rows, 860),
        "compact": chart_of(rows, 340),
        "may_write": bool(record_rights.can_score(user, activity)),
        "why_not": record_rights.can_score(user, activity).reason,
    }


def hidden_ballots(activity: Activity, units: list[ScoredUnit]) -> str:
    """Why ballots are left out of the averages for now: nobody shall read a single one from a sum that grows."""
    cast = max((unit.ballots for unit in units), default=0)
    least = rule(LEAST_BALLOTS, activity.office) if cast else 0
    if cast and activity.state != ActivityState.SUMMARISED:
        return f"已有 {cast} 人网上评议，完成总结后合并计算。"
    return f"网上评议只有 {cast} 人，不足 {least} 人，为了不记名，不计入结果。" if cast < least else ""


def unit_row(unit: ScoredUnit, criteria: list[ScoreCriterion], points: dict[tuple[int, int], UnitScore], *,
             with_ballots: bool) -> UnitRow:  # fmt: skip
    scorers = unit.scorers if with_ballots else unit.sheets
    means = [average(points.get((unit.pk, each.pk)), scorers, with_ballots) for each in criteria]
    total = None if None in means or not means else sum(means, Decimal(0))
    cells = [(each.label, "—" if mean is None else str(mean)) for each, mean in zip(criteria, means, strict=True)]
    words, tone = rectification(unit)
    return UnitRow(
        unit, scorers, cells, total, words, tone,
        reverse("unit_sheets", args=[unit.pk]), reverse("unit_rectification", args=[unit.pk]),
    )  # fmt: skip


def average(row: UnitScore | None, scorers: int, with_ballots: bool) -> Decimal | None:
    """Points per scorer, two decimals; None while nobody has scored."""
    if row is None or not scorers:
        return None
    points = row.sheet_points + (row.ballot_points if with_ballots else 0)
    return (points / scorers).quantize(Decimal("0.01"), ROUND_HALF_UP)


def rectification(unit: ScoredUnit) -> tuple[str, str]:
    """In words, and the colour."""
    if unit.rectified_on:
        return "已整改", "success"
    if unit.rectify_by is None:
        return "", "neutral"
    return ("整改逾期", "danger") if unit.rectify_by < today() else ("整改中", "warning")


def chart_of(rows: list[UnitRow], width: int) -> charts.Figure | None:
    scored = [row for row in rows if row.total is not None]
    if not scored:
        return None
    series = charts.Series("平均分", [float(row.total) for row in scored])
    return charts.bars("各单位平均分", [row.unit.name for row in scored], [series], unit="分", width=width)
