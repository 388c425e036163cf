"""The log of exchange."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.roles import Can
from organisation.selectors import grants
from supervision.models import Exchange


def listed(user: Any) -> QuerySet:
    rows = Exchange.objects.filter(office_id__in=grants(user).where(Can.RECEIVE_PROPOSALS))
    return rows.select_related("file", "by", "office")


def get_for(user: Any, pk: int) -> Exchange:
    """Raises Http404."""
    found = listed(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
