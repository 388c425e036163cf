"""Who may make and open documents."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import Permission
from organisation.models import Office
from organisation.selectors import can


def can_make(user: Any, office: Office) -> Permission:
    return can(user, Can.MAKE_REPORTS, office)
