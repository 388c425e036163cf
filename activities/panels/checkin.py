"""The way to the door: for members on the day, for staff as long as the activity is open."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from activities import door, permissions
from activities.enums import CAME
from activities.models import Attendance
from activities.panels import Panel, Part, Sight, register
from activities.rules import door as door_rules
from activities.todos import door as door_todos
from core.pages import Link
from notices.todos import sources


def links(sight: Sight) -> list[Link]:
    if not permissions.can_invite(sight.user, sight.activity):
        return []
    return [Link("现场签到", reverse("checkin_desk", args=[sight.activity.pk]), icon="qr-code-scan")]


def panels(sight: Sight) -> list[Panel]:
    """How many are in, for those who see names, once somebody is."""
    if not any(row.arrived_at for row in sight.rows):
        return []
    came = sum(row.state in CAME for row in sight.rows)
    due = sum(row.is_expected for row in sight.rows)
    works = permissions.can_invite(sight.user, sight.activity).allowed
    context = {"came": came, "due": due, "activity": sight.activity, "works": works}
    return [Panel("activities/_checkin.html", context, side=True)]


def own_panels(sight: Sight) -> list[Panel]:
    shown = own_panel(sight, sight.own) if sight.own is not None else None
    return [shown] if shown else []


def own_panel(sight: Sight, row: Attendance) -> Panel | None:
    """On the day, and afterwards what was recorded."""
    is_open = permissions.is_open(sight.activity).allowed and door.terms(sight.activity).is_open(timezone.now())
    if not (is_open or row.arrived_at):
        return None
    return Panel("activities/_checkin_own.html", {"row": row, "open": is_open, "activity": sight.activity})


def install() -> None:
    door_rules.name_them()
    sources.register("checkin", door_todos.waiting)
    register(Part("own_checkin", 5, panels=own_panels))
    register(Part("checkin", 62, links=links, panels=panels))
