"""The demo office's records are made by the real services on the days they are dated.

The services read the clock of `django.utils.timezone`; while the demo is built it shows those days. Only the one
process that builds the demo is affected.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

REAL_NOW = timezone.now


def moment(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """In the portal's time zone."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


@contextmanager
def on(when: datetime) -> Iterator[datetime]:
    """What is written inside is dated `when`, but never later than now."""
    shown, before = min(when, REAL_NOW()), timezone.now
    timezone.now = lambda: shown
    try:
        yield shown
    finally:
        timezone.now = before
