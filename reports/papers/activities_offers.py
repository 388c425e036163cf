"""Which papers the page of an activity offers to whom."""

from __future__ import annotations

from activities import panels as activity_panels
from activities.panels import Sight
from core.panels import Panel, Part
from reports.papers import Offer, kinds

#: In the order of the activity's life.
KEYS = ("activity_notice", "attendance_sheet", "activity_attendance", "activity_minutes", "activity_report")


def of_activity(sight: Sight) -> list[Offer]:
    """A constant number of queries: each kind decides by the activity itself."""
    found = [kinds.get(key) for key in KEYS]
    return [Offer(kind, sight.activity.pk) for kind in found if kind.sees(sight.user, sight.activity)]


def panels(sight: Sight) -> list[Panel]:
    offers = of_activity(sight)
    return [Panel("reports/_papers.html", {"offers": offers}, side=True)] if offers else []


def connect() -> None:
    activity_panels.register(Part("papers", 68, panels=panels))
