"""The page of an activity, made of parts (core.panels): `register(Part(…))` in a module of its own."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from accounts.roles import Can
from activities import permissions, selectors
from activities.models import Activity, Attendance
from core.panels import Check, Panel, Part, Parts
from organisation.selectors import grants

__all__ = ["Check", "Panel", "Part", "Sight", "gathered", "parts", "register"]


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


parts = Parts("part of an activity's page")
register, gathered = parts.add, parts.gathered
