"""Photos a document may show: of what took place in its days, those the office marked for reports first."""

from __future__ import annotations

from collections.abc import Collection

from activities.figures import records
from activities.models import Photo
from core.clock import Span

MOST = 60


def photos_of(office_ids: Collection[int], span: Span) -> list[tuple[str, str]]:
    """(media id, caption) of at most MOST photos, the marked ones (用于报告) first, each part by date.

    Without words of its own a photo is called what the activity is. `core.pdf` prints marked photos only: mark what was
    chosen before printing.
    """
    rows = Photo.objects.filter(activity__in=records(office_ids, span)).select_related("activity")
    rows = rows.order_by("-use_in_report", "activity__starts_at", "activity_id", "order", "pk")
    return [(str(photo.pk), photo.caption or photo.activity.title) for photo in rows[:MOST]]
