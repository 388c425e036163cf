"""One screen for a leader: the year's figures, how far each office is, what needs attention, reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.clock import Span, today
from core.components import Task
from core.downloads import Download, offered_to
from dashboard import supervised
from dashboard.office import problems_first, targets_of
from organisation.models import Office
from organisation.selectors import grants, offices_for
from plans import progress
from plans.asking import Ask, ask
from plans.board import TargetCard
from plans.enums import Metric
from plans.figures import Progress, number
from plans.measures import measures
from plans.models import AnnualPlan
from plans.pages.summaries import Summary

TOP_TARGETS = 6
#: (label, measure, metric, unit) of the figures on top.
FIGURES = (
    ("开展活动", "activities", Metric.RECORDS, "次"),
    ("委员参加", "activities", Metric.PERSON_TIMES, "人次"),
    ("收到提案", "proposals", Metric.RECORDS, "件"),
    ("社情民意", "opinions", Metric.RECORDS, "条"),
)


@dataclass(frozen=True)
class YearFigure:
    """A figure with the records behind it."""

    label: str
    value: str
    unit: str
    url: str


@dataclass(frozen=True)
class OfficeLine:
    """How one office stands. `plan` is None while it has none in force."""

    office: Office
    plan: AnnualPlan | None
    summary: Summary

    @property
    def percent(self) -> int:
        """Targets met of all, in whole per cent."""
        return self.summary.met * 100 // self.summary.total if self.summary.total else 0

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone)."""
        if self.plan is None:
            return "没有执行中的计划", "neutral"
        if self.summary.behind:
            return f"{self.summary.behind} 项进度落后", "warning"
        return ("全部完成", "success") if self.summary.met == self.summary.total else ("正常推进", "info")


@dataclass(frozen=True)
class LeaderPanel:
    year: int
    figures: Sequence[YearFigure]
    lines: Sequence[OfficeLine]
    cards: Sequence[TargetCard]
    downloads: Sequence[Download]
    proposals: Sequence[Task] = ()

    @property
    def hint(self) -> str:
        return f"{self.year} 年"

    @property
    def reports_url(self) -> str:
        return reverse("report_list")


def panel(user: Any) -> LeaderPanel:
    """Of all offices the user looks into; nine queries at most, however many offices there are."""
    year, offices = today().year, list(offices_for(user, Can.VIEW_PLANS))
    office_ids = frozenset(office.pk for office in offices)
    figures = progress.of_targets(targets_of(office_ids, year))
    urgent = [each for each in problems_first(figures) if each.behind or each.tone == "danger"]
    return LeaderPanel(
        year,
        figures=year_figures(grants(user).where(Can.VIEW_PLANS), year),  # closed offices worked too
        lines=office_lines(offices, figures),
        cards=[TargetCard(figure, True) for figure in urgent[:TOP_TARGETS]],
        downloads=offered_to(user),
        proposals=supervised.tasks(user),
    )


def year_figures(office_ids: frozenset[int], year: int) -> list[YearFigure]:
    """Counted by the measures of the targets, so that they agree with every plan and list; one query."""
    shown = [row for row in FIGURES if row[1] in measures]
    found = ask([Ask(key, metric) for _, key, metric, _ in shown], office_ids, Span.year(year))
    return [
        YearFigure(label, number(each.value), unit, each.url)
        for (label, _, _, unit), each in zip(shown, found, strict=True)
    ]


def office_lines(offices: Sequence[Office], figures: Sequence[Progress]) -> list[OfficeLine]:
    by_office: dict[int, list[Progress]] = {}
    for each in figures:
        by_office.setdefault(each.target.plan.office_id, []).append(each)
    return [
        OfficeLine(office, mine[0].target.plan if mine else None, Summary.of(mine))
        for office in offices
        for mine in [by_office.get(office.pk, [])]
    ]
