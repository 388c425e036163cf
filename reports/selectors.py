"""Reads of produced documents."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from reports.models import Report


def get_for(user: Any, pk: int) -> Report:
    """The report, or 404 for whoever may not know of it."""
    found = Report.objects.visible_to(user).select_related("office", "file", "created_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
