"""What this app offers to the lower ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from handling.models import Assignment
from proposals.models import others_see


def assigned_to(user: Any) -> Q:
    """A handling unit reads what was dispatched to it."""
    return Q(pk__in=Assignment.objects.of_units(user).values("proposal_id"))


def connect() -> None:
    others_see.register("handling", assigned_to)
