"""What the pages of plans share."""

from __future__ import annotations

from typing import Any

from core.pages import Page
from plans.models import AnnualPlan
from plans.pages.summaries import state_tone

HOME = ("年度计划", "/plans/")


def head(plan: AnnualPlan, *, title: str = "", lead: str = "", actions: Any = ()) -> Page:
    """The head of a page below the plan; without a title that of the plan itself."""
    trail = [HOME, (plan.title, plan.get_absolute_url() if title else "")]
    return Page(
        title or plan.title, lead, [*trail, (title, "")] if title else trail, list(actions),
        badge="" if title else plan.state_label, badge_tone=state_tone(plan.state),
    )  # fmt: skip
