"""The demo can be loaded on any day of any year."""

from __future__ import annotations

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from activities.models import Activity
from core.models import WorkflowEvent
from plans.models import AnnualPlan

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OVER = ("summarised", "held", "cancelled")


@pytest.mark.parametrize("day", ["2027-01-03 08:00+08:00", "2028-03-31 23:30+08:00"])
def test_nothing_lies_ahead_of_the_day_and_last_year_is_complete(day, settings, tmp_path):
    settings.VAR, year = tmp_path, int(day[:4])
    with time_machine.travel(day, tick=False):
        call_command("demo", verbosity=0)
        assert AnnualPlan.objects.in_force().filter(year__in=(year - 1, year)).count() == 6
        assert not WorkflowEvent.objects.filter(at__gt=timezone.now()).exists()
        assert not Activity.objects.filter(starts_at__year=year - 1).exclude(state__in=OVER).exists()
