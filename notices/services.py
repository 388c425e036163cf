"""Telling people. Written in the transaction of what happened, so nobody is told of what did not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from core.jobs import kinds
from core.models import Job
from notices.models import Notice


def tell(recipients: Iterable[Any], text: str, *, url: str = "") -> None:
    """The same sentence to each person once."""
    people = {person.pk: person for person in recipients if person is not None}
    Notice.objects.bulk_create(Notice(recipient=person, text=text[:200], url=url) for person in people.values())


def mark_read(*, recipient: Any, pks: Collection[int] | None = None) -> None:
    """These notices, or all of the person's."""
    unread = Notice.objects.filter(recipient=recipient, read_at__isnull=True)
    (unread if pks is None else unread.filter(pk__in=pks)).update(read_at=timezone.now())


def on_job_over(job: Job) -> None:
    kind = kinds.find(job.kind)
    if kind is not None and kind.quiet and job.state == Job.State.DONE:
        return
    if job.owner is not None:
        tell([job.owner], f"{job.title}：{job.get_state_display()}", url=f"/jobs/{job.pk}/")
