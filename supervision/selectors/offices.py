"""For which office a person organises something."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.errors import Denied
from organisation.models import Office
from organisation.selectors import can, grants


def working_office(user: Any) -> Office:
    """The first office the user receives proposals for, the home office before others. Raises Denied."""
    can(user, Can.RECEIVE_PROPOSALS).require()
    held = grants(user)
    where = held.where(Can.RECEIVE_PROPOSALS)
    if held.home and held.home.pk in where:
        return held.home
    office = Office.objects.filter(pk__in=where).order_by("code").first()
    if office is None:
        raise Denied("您的账号没有这项权限。如需要，请联系办公室。")
    return office
