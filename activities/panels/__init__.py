"""The page of an activity, made of parts: each adds buttons, lines of the checklist and panels from its own module.

    panels.register(Part("photos", 50, links=…, checks=…, panels=…))

The order of the parts is the order on the page. A part that has nothing to say to this user gives empty lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from accounts.roles import Can
from activities import permissions, selectors
from activities.models import Activity, Attendance
from core.pages import Link
from core.registry import Registry
from organisation.selectors import grants


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `url` leads to where it is filled in, empty for those who may not."""

    label: str
    done: bool
    text: str
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A piece of the page: the template sees `panel`, the context given here. `side`: the narrow column."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    side: bool = False


class Sight:
    """One user's look at one activity; what several parts need is read once."""

    def __init__(self, user: Any, activity: Activity) -> None:
        self.user, self.activity = user, activity

    @cached_property
    def staff(self) -> bool:
        """Sees names and attendance."""
        return permissions.sees_people(self.user, self.activity).allowed

    @cached_property
    def editable(self) -> bool:
        return permissions.can_edit(self.user, self.activity).allowed

    @cached_property
    def works(self) -> bool:
        """Does this office work at all, whether this activity is open or not."""
        return grants(self.user).holds(Can.EDIT_ACTIVITIES)

    @cached_property
    def rows(self) -> list[Attendance]:
        """Everybody on the list, for those who see names."""
        return selectors.roll(self.activity) if self.staff else []

    @cached_property
    def own(self) -> Attendance | None:
        """The member's own line of the list."""
        is_member = "member" in grants(self.user).roles
        return selectors.own_attendance(self.activity, self.user) if is_member else None

    def edit_url(self, name: str) -> str:
        """The address of a page of this activity, empty for those who may not write."""
        return reverse(name, args=[self.activity.pk]) if self.editable else ""


def nothing(sight: Sight) -> list[Any]:
    return []


@dataclass(frozen=True)
class Part:
    """`links` are buttons in the head for those who work on the activity while it is open; keep them few."""

    key: str
    order: int
    links: Callable[[Sight], list[Link]] = nothing
    checks: Callable[[Sight], list[Check]] = nothing
    panels: Callable[[Sight], list[Panel]] = nothing


parts: Registry[Part] = Registry("part of an activity's page")


def register(part: Part) -> Part:
    return parts.register(part.key, part)


def gathered(what: str, sight: Sight) -> list[Any]:
    """All `links`, `checks` or `panels` of the parts, in their order."""
    ordered = sorted(parts, key=lambda part: part.order)
    return [each for part in ordered for each in getattr(part, what)(sight)]
