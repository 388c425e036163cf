"""Buttons on pages of plans that make a document at once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.components import Link
from organisation.models import Office
from reports import permissions
from reports.documents import documents


def for_plan(user: Any, office: Office, year: int, place: str) -> list[Link]:
    """One button per document that belongs on the page, for those who may make documents of the office."""
    if not permissions.can_make(user, office):
        return []
    return [
        Link(f"打印{each.label}", reverse("report_make", args=[each.key, office.pk, year]), icon="printer", post=True)
        for each in documents
        if place in each.places
    ]
