"""What several pages of activities read from the request."""

from __future__ import annotations

from django.http import HttpRequest

from activities import permissions, selectors
from activities.models import Activity
from activities.permissions import followup as record_rights
from core.clock import today

READ_OR_WRITE = ["GET", "POST"]


def editable(request: HttpRequest, pk: int) -> Activity:
    activity = selectors.get_for(request.user, pk)
    permissions.can_edit(request.user, activity).require()
    return activity


def invitable(request: HttpRequest, pk: int) -> Activity:
    """For pages on which partner offices work too."""
    activity = selectors.get_for(request.user, pk)
    permissions.can_invite(request.user, activity).require()
    return activity


def supplementable(request: HttpRequest, pk: int) -> Activity:
    """For photos, materials and other records, which a summarised activity still takes."""
    activity = selectors.get_for(request.user, pk)
    record_rights.can_supplement(request.user, activity).require()
    return activity


def asked_year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else today().year
