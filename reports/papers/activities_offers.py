"""Which papers the page of an activity offers to whom."""

from __future__ import annotations

from activities import panels as activity_panels
from activities.panels import Sight
from activities.panels.invitations import newest
from core.panels import Panel, Part
from reports.papers import Offer, kinds

NOTICE = "activity_notice"
#: In the order of the activity's life.
KEYS = (NOTICE, "attendance_sheet", "activity_attendance", "activity_minutes", "activity_report")


def of_activity(sight: Sight) -> list[Offer]:
    """Without a query of their own: the page has read the notice, and each kind decides by the activity itself."""
    return [Offer(kinds.get(key), sight.activity.pk) for key in KEYS if offered(key, sight)]


def offered(key: str, sight: Sight) -> bool:
    return newest(sight) is not None if key == NOTICE else kinds.get(key).sees(sight.user, sight.activity)


def panels(sight: Sight) -> list[Panel]:
    offers = of_activity(sight)
    return [Panel("reports/_papers.html", {"offers": offers}, side=True)] if offers else []


def connect() -> None:
    activity_panels.register(Part("papers", 68, panels=panels))
