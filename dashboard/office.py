"""What the home page shows to those who work in an office: this month's items, targets, what happened lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.roles import Can
from activities.enums import CAME, COUNTED
from activities.models import Activity
from activities.selectors import turnout
from core.clock import today
from core.pages import Link
from organisation.models import Office
from organisation.selectors import grants, home_office
from plans import links, progress, schedule
from plans.board import TargetCard
from plans.enums import PlanState
from plans.figures import Progress
from plans.models import AnnualPlan, ScheduledItem, Target
from plans.pages.summaries import Summary
from plans.schedule import Standing

#: How many of each are shown; the links lead to all of them.
TOP_TARGETS, RECENT = 6, 4
#: What has to be looked at comes first.
URGENCY = {"danger": 0, "warning": 1, "info": 2, "neutral": 3, "success": 4}


@dataclass(frozen=True)
class ItemLine:
    """A scheduled item with what this user can start from it."""

    standing: Standing
    starts: Sequence[Link] = ()

    @property
    def when(self) -> str:
        return self.standing.time.text

    @property
    def url(self) -> str:
        item = self.standing.item
        return self.standing.url or f"{reverse('plan_months', args=[item.plan_id])}#item-{item.pk}"


@dataclass(frozen=True)
class OfficePanel:
    """`plan` is the one in force this year; without it the panel says how to begin."""

    office: Office
    month: int
    plan: AnnualPlan | None
    items: Sequence[ItemLine]
    overdue: Sequence[ItemLine]
    cards: Sequence[TargetCard]
    summary: Summary
    recent: Sequence[Activity]

    @property
    def recent_url(self) -> str:
        return f"{reverse('activity_list')}?office={self.office.pk}"


def panel(user: Any) -> OfficePanel | None:
    """Of the office the user works in; None for those who do not work in one."""
    office = home_office(user)
    if office is None or office.pk not in grants(user).where(Can.EDIT_ACTIVITIES):
        return None
    day = today()
    targets, lines = targets_of({office.pk}, day.year), item_lines(user, office, day)
    figures = progress.of_targets(targets, reach=reach(user, office))
    sources = [*targets, *(line.standing.item for line in lines)]
    return OfficePanel(
        office, day.month,
        plan=sources[0].plan if sources else None,
        items=[line for line in lines if line.standing.month == day.month],
        overdue=[line for line in lines if line.standing.is_overdue and line.standing.month != day.month],
        cards=[TargetCard(figure, True) for figure in problems_first(figures)[:TOP_TARGETS]],
        summary=Summary.of(figures),
        recent=recent_activities(office),
    )  # fmt: skip


def reach(user: Any, office: Office) -> dict[int, frozenset[int]] | None:
    """The office and those below it as the user's grants know them: true for who works in this office only."""
    held = grants(user)
    return {office.pk: held.where(Can.VIEW_PLANS)} if held.home_ids == (office.pk,) else None


def targets_of(office_ids: set[int] | frozenset[int], year: int) -> list[Target]:
    """Targets of the plans in force, office by office in the order of the plan; one query."""
    rows = Target.objects.filter(plan__state=PlanState.APPROVED, plan__office_id__in=office_ids, plan__year=year)
    return list(rows.select_related("plan__office").order_by("plan__office__code", "order", "id"))


def problems_first(figures: Sequence[Progress]) -> list[Progress]:
    """Missed and behind first, then the least done; what is met comes last. The order of the plan breaks ties."""
    return sorted(figures, key=lambda each: (URGENCY[each.tone], each.percent or 0))


def item_lines(user: Any, office: Office, day: date) -> list[ItemLine]:
    """This year's items that stand for themselves, at the time they were moved to."""
    rows = ScheduledItem.objects.filter(plan__state=PlanState.APPROVED, plan__office=office, plan__year=day.year)
    return [
        ItemLine(standing, () if standing.records else links.starters(user, standing.item))
        for standing in schedule.standing(list(rows.select_related("plan")))
        if not standing.is_dropped
    ]


def recent_activities(office: Office) -> list[Activity]:
    """The latest, whatever became of them, with how many came (`came`) of how many (`due`)."""
    rows = Activity.objects.filter(office=office, state__in=COUNTED).select_related("type")
    return list(rows.annotate(came=turnout(CAME), due=turnout()).order_by("-starts_at", "-pk")[:RECENT])


def quick_links(user: Any) -> list[Link]:
    """What office staff start most often."""
    found = [Link("登记活动", reverse("activity_create"), "primary", "plus-lg")]
    if grants(user).holds(Can.MAKE_REPORTS):
        found.append(Link("制作报告", reverse("report_list"), icon="file-earmark-text"))
    return found
