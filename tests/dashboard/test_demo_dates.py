"""The demo can be loaded on any day of any year, and is the same every time."""

from __future__ import annotations

import hashlib
import re

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, Attendance, Photo
from core.models import WorkflowEvent
from members.models import Member
from opinions.models import OpinionReport
from organisation.models import Office, Session
from plans.models import AnnualPlan, PlanSection, ScheduledItem, Target
from proposals.models import Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: What is different each time or follows from something else.
NOT_CONTENT = re.compile(r"(^|_)id$|^password|lineage$|^updated_at$|^created_at$|^last_login$|storage_name|_url$")
CONTENT = (Office, User, Session, Member, AnnualPlan, PlanSection, Target, ScheduledItem, Activity, Attendance, Photo,
           Proposal, OpinionReport)  # fmt: skip
OVER = ("summarised", "held", "cancelled")


def digest() -> dict[str, str]:
    """Model → fingerprint of all its rows in their order, without keys, passwords and times of saving."""
    return {model.__name__: fingerprint(model) for model in CONTENT}


def fingerprint(model) -> str:
    names = [field.attname for field in model._meta.concrete_fields if not NOT_CONTENT.search(field.attname)]
    rows = list(model.objects.order_by("pk").values_list(*names))
    assert rows, f"no {model.__name__} in the demo"
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def built(year: int) -> dict[str, str]:
    """Loads the demo, undone afterwards: nothing lies ahead of the day, last year is complete; its fingerprints."""
    with transaction.atomic():
        call_command("demo", verbosity=0)
        assert AnnualPlan.objects.in_force().filter(year__in=(year - 1, year)).count() == 6
        assert not WorkflowEvent.objects.filter(at__gt=timezone.now()).exists()
        assert not Activity.objects.filter(starts_at__year=year - 1).exclude(state__in=OVER).exists()
        found = digest()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(("day", "times"), [("2027-01-03 08:00+08:00", 2), ("2028-03-31 23:30+08:00", 1)])
def test_on_any_day_it_is_complete_and_the_same_every_time(day, times, settings, tmp_path):
    settings.VAR = tmp_path
    with time_machine.travel(day, tick=False):
        digests = [built(int(day[:4])) for _ in range(times)]
    assert all(each == digests[0] for each in digests)
