"""How long somebody has to wait for a job, as far as it is known: place in the queue and usual time.

Asked for many jobs at once with two queries, because a page may show many. Nothing is guessed: a job without a fellow
of its kind and size has no estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.conf import settings

from core.models import Job

#: Jobs whose sizes differ by not more than this factor take about as long as each other.
ALIKE = 1.5
LAST = 5  # runs an estimate is taken from
READ = 300  # finished jobs that are looked at
#: Over the usual time by this much, and this many seconds, is slower than usual.
SLOW, SLACK = 1.3, 5


@dataclass(frozen=True)
class Standing:
    """`ahead`: jobs that must end before this one begins. `usual`: seconds such a job takes, 0 while nobody knows."""

    ahead: int = 0
    usual: int = 0

    def remaining(self, elapsed: int) -> int:
        """Seconds still to go, 0 when that is not known or over."""
        return max(0, self.usual - elapsed)

    def is_slow(self, elapsed: int) -> bool:
        return bool(self.usual) and elapsed > self.usual * SLOW + SLACK


def standings(jobs: Iterable[Job]) -> dict[Any, Standing]:
    """The standing of each job by its key; two queries at most, none when all are over."""
    live = [job for job in jobs if not job.is_over]
    if not live:
        return {}
    before, usual = _lines(live), _history(live)
    return {job.pk: Standing(_ahead(job, before), _usual(job, usual)) for job in live}


def standing(job: Job) -> Standing:
    return standings([job]).get(job.pk, Standing())


def _lines(live: Sequence[Job]) -> list[tuple[str, str, datetime]]:
    """Everything under way in the queues of these jobs: queue, state, since when."""
    if not any(job.state == Job.State.QUEUED for job in live):
        return []
    rows = Job.objects.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING), queue__in={job.queue for job in live})
    return list(rows.values_list("queue", "state", "queued_at"))


def _ahead(job: Job, lines: list[tuple[str, str, datetime]]) -> int:
    """Those waiting longer in the same queue and those at work there, less the workers that are then free."""
    if job.state != Job.State.QUEUED:
        return 0
    same = [(state, since) for queue, state, since in lines if queue == job.queue]
    running = sum(state == Job.State.RUNNING for state, _ in same)
    earlier = sum(state == Job.State.QUEUED and since < job.queued_at for state, since in same)
    return max(0, earlier + running + 1 - settings.JOB_WORKERS.get(job.queue, 1))


def _history(live: Sequence[Job]) -> list[dict[str, Any]]:
    """What jobs like these took, the last one first."""
    ended = Job.objects.filter(
        like__in={job.like for job in live}, state=Job.State.DONE, started_at__isnull=False, finished_at__isnull=False
    )
    found = ended.order_by("-finished_at").values("like", "size", "params", "started_at", "finished_at")
    return list(found[:READ])


def _usual(job: Job, history: list[dict[str, Any]]) -> int:
    """Median of the last runs of the same size; of the same request while the size is not known yet."""
    fellows = [each for each in history if each["like"] == job.like and _is_fellow(job, each)]
    seconds = sorted((each["finished_at"] - each["started_at"]).total_seconds() for each in fellows[:LAST])
    return ceil(seconds[len(seconds) // 2]) if seconds else 0


def _is_fellow(job: Job, other: dict[str, Any]) -> bool:
    if job.size and other["size"]:
        return max(job.size, other["size"]) <= ALIKE * min(job.size, other["size"])
    return job.size is None and other["params"] == job.params
