"""Choosing photos for a manuscript."""

from __future__ import annotations

from typing import Any

from activities import selectors as activities
from activities.models import Activity, Photo
from core.pdf.blocks import Heading, Signature
from organisation.selectors import descend
from reports.documents.summary.periods import span_of
from reports.forms.manuscripts import slot_of
from reports.manuscripts import passages as kept
from reports.models import Manuscript
from reports.pages.editor import plain

MOST = 120  # on one page


def choices(manuscript: Manuscript, user: Any) -> list[Photo]:
    """Photos marked for reports, of activities of the days it is about which the user may see."""
    offices = frozenset(descend(manuscript.office_id))
    rows = activities.report_photos(offices, span_of(manuscript))
    return list(rows.filter(activity__in=Activity.objects.visible_to(user))[:MOST])


def places(manuscript: Manuscript) -> dict[str, tuple[str, str]]:
    """slot → (key, how it begins) of every passage photos may follow."""
    found = {}
    for each in kept.load(manuscript.passages):
        if not isinstance(each.block, Signature):
            found[slot_of(each.key)] = (each.key, beginning(each))
    return found


def beginning(passage: Any) -> str:
    said = plain(passage.current) or getattr(passage.block, "caption", "") or getattr(passage.block, "title", "")
    mark = "■ " if isinstance(passage.block, Heading) else "　"
    return f"{mark}{said[:24] or '图表'}{'…' if len(said) > 24 else ''}"
