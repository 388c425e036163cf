"""Proposals in one glance for a leader: key cases, what is overdue, promises that are due. One query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from core import counts
from core.components import Task
from handling import promises, selectors
from handling.enums import Light
from handling.models import Assignment
from organisation.selectors import grants
from supervision.enums import KeyState
from supervision.models import KeyCase


def tasks(user: Any) -> list[Task]:
    """One line each, with the list behind it; lines without anything are left out."""
    where = grants(user).where(Can.VIEW_PROPOSALS)
    here = Q(proposal__office_id__in=where) | Q(proposal__home_office_id__in=where)
    late = Assignment.objects.filter(here, pk__in=selectors.overdue().values("assignment_id"))
    of_promises = promises.made().filter(reply__assignment__in=Assignment.objects.filter(here).values("pk"))
    cases, keys, listed = KeyCase.objects.filter(here), reverse("key_case_list"), reverse("promise_list")
    rows = [
        ("督办中的重点提案", cases.filter(state=KeyState.CONFIRMED), f"{keys}?state=confirmed", "info", "件"),
        ("答复或承诺超期的提案", late, f"{reverse('assignment_list')}?light={Light.RED}", "danger", "件"),
        ("到期待报结果的承诺", promises.arrived(of_promises), f"{listed}?standing=arrived", "warning", "项"),
    ]
    found = counts.together({at: row[1] for at, row in enumerate(rows)})
    return [
        Task(label, url, due=f"{found[at]} {unit}", tone=tone)
        for at, (label, _, url, tone, unit) in enumerate(rows)
        if found[at]
    ]
