"""What waits for those who look after basic data."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.clock import today
from notices.todos import Todo
from organisation import workdays
from organisation.selectors import grants

#: The table of the next year is announced in November; in the rest of the year nobody is asked, nothing is read.
SEASON = {11, 12, 1}


def missing_holidays(user: Any) -> list[Todo]:
    """The committee's own people are told that a year's days off are still to be entered."""
    held, day = grants(user), today()
    home = held.home
    if day.month not in SEASON or home is None or home.parent_id or home.pk not in held.where(Can.MANAGE_OFFICE):
        return []
    year = workdays.missing_year(home)
    url = f"{reverse('days_list')}?year={year}"
    return [Todo(f"{year}年的节假日安排没有录入", 1, url, "calendar-x")] if year else []
