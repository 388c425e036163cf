"""What the tests of progress say shortly: a target, a record, the standing of the only target."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import progress
from plans.models import Target
from tests import factories as make
from tests.plans.counted import KEY

YEAR_END, JUNE_END = date(2026, 12, 31), date(2026, 6, 30)


def target(plan, **values) -> Target:
    return make.TargetFactory(plan=plan, **{"measure": KEY, "filters": {}, **values})


def held(office, month=4, day=10, members=(), kind="inspection", **values):
    activity = make.ActivityFactory(
        office=office, type=make.activity_type(kind), starts_at=make.moment(month, day), **values
    )
    for member in members:
        make.AttendanceFactory(activity=activity, member=member)
    return activity


def only(plan, as_of=YEAR_END) -> progress.Progress:
    (found,) = progress.of_plan(plan, as_of=as_of)
    return found


def queries(plan) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        progress.of_plan(plan)
    return len(caught)
