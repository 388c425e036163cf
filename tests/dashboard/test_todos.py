"""Who is told that a year's days off are missing, and when."""

from datetime import date

import pytest
import time_machine

from dashboard.todos import missing_holidays
from organisation.models import DaysOff

pytestmark = pytest.mark.django_db


def told(user, day):
    with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
        return [todo.label for todo in missing_holidays(user)]


def test_the_committees_people_are_told_from_november(world):
    staff = world.people["county_staff"]
    assert told(staff, date(2026, 10, 20)) == []
    assert told(staff, date(2026, 11, 20)) == ["2027年的节假日安排没有录入"]


def test_townships_are_not(world):
    assert told(world.people["staff"], date(2026, 11, 20)) == []


def test_entered_is_done(world):
    DaysOff.objects.create(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3), office=world.offices["county"])
    assert told(world.people["county_staff"], date(2026, 11, 20)) == []
