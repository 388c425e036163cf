"""Background jobs: the row in the database is the truth, the broker only a doorbell.

A kind is registered once with `job_kind`; `enqueue` finds the running job of the same key instead of making a second.
A job survives a killed worker, an emptied broker, a lost message and a message delivered twice (safety.md B.4).
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from core.errors import DomainError
from core.models import Job, StoredFile
from core.registry import Registry

log = logging.getLogger(__name__)
State = Job.State
LIVE = (State.QUEUED, State.RUNNING)
MESSAGE_LENGTH = 300
RETRIABLE = (State.FAILED, State.CANCELLED)


class Cancelled(Exception):
    """Raised inside a job at its next progress report after somebody cancelled it or another worker took it over."""


@dataclass(frozen=True)
class JobResult:
    """`file` is offered for download; `url` is where “open” leads."""

    file: StoredFile | None = None
    url: str = ""
    message: str = ""


#: What a job's work ends with: called in the transaction that ends the job, and only if the job is still this
#: worker's. Rows made here exist exactly once, however often the work was begun.
Deliver = Callable[[], JobResult]


@dataclass(frozen=True)
class JobKind:
    """`allowed(user, params)`: whether the owner may still start it again and have its file. `quiet`: made while
    somebody waits for it; success is no news.
    """

    name: str
    label: str
    run: Callable[..., Deliver]
    allowed: Callable[[Any, dict[str, Any]], bool]
    quiet: bool = False


kinds: Registry[JobKind] = Registry("job kind")
#: Called with a job that is over; the notices app adds itself here.
finished_observers: list[Callable[[Job], None]] = []


def anybody(user: Any, params: dict[str, Any]) -> bool:
    return True


def job_kind(
    name: str, *, label: str, allowed: Callable[[Any, dict[str, Any]], bool] = anybody, quiet: bool = False
) -> Callable[[Callable[..., Deliver]], Callable[..., Deliver]]:
    """Registers `run(progress, **params) -> deliver`: the slow work, safe to begin twice, then its delivery."""

    def register(run: Callable[..., Deliver]) -> Callable[..., Deliver]:
        kinds.register(name, JobKind(name, label, run, allowed, quiet))
        return run

    return register


# --- asking ----------------------------------------------------------------------------------------------------
def enqueue(kind: str, *, title: str, owner: Any, params: dict[str, Any], key: str | None = None) -> Job:
    """The job for this key: the live one if there is one, else a new row whose bell is rung on commit."""
    kinds.get(kind)
    with transaction.atomic():
        if key:
            Job.objects.filter(key=key).exclude(state__in=LIVE).update(key=None)
        job, created = Job.objects.get_or_create(
            key=key or f"{kind}:{uuid.uuid4()}",
            defaults={"kind": kind, "title": title, "owner": owner, "params": params},
        )
        if created:
            transaction.on_commit(lambda: ring(job))
    return job


def ring(job: Job) -> None:
    """Tells the workers. A broker that is away is logged only: the sweeper rings again."""
    from core.tasks import run_job

    try:
        run_job.apply_async(args=[str(job.pk)])
    except Exception:
        log.warning("broker away, job %s stays queued", job.pk, exc_info=True)


def position(job: Job) -> int:
    """How many jobs are before this one in the queue."""
    return Job.objects.filter(state__in=LIVE, created_at__lt=job.created_at).count()


def estimate(job: Job) -> int:
    """Seconds a job of this kind usually takes: the median of the last five; 0 while nobody knows."""
    ended = Job.objects.filter(kind=job.kind, state=State.DONE, started_at__isnull=False).order_by("-finished_at")
    seconds = sorted((each.finished_at - each.started_at).total_seconds() for each in ended[:5])
    return ceil(seconds[len(seconds) // 2]) if seconds else 0


def still_allowed(job: Job, user: Any) -> bool:
    """Rights may have ended since the job was asked for."""
    kind = kinds.find(job.kind)
    return kind is None or kind.allowed(user, job.params)


def cancel(job: Job) -> None:
    """Stops a job that is not over; a running one notices at its next progress report."""
    Job.objects.filter(pk=job.pk, state__in=LIVE).update(
        state=State.CANCELLED, finished_at=timezone.now(), token=None, key=None
    )


def retry(job: Job) -> None:
    """Queues a failed or cancelled job again. Raises DomainError when it is not over or has succeeded."""
    changed = Job.objects.filter(pk=job.pk, state__in=RETRIABLE).update(
        state=State.QUEUED, attempts=0, message="", stage="", done=0, total=0, finished_at=None
    )
    if not changed:
        raise DomainError("这项任务不需要重试。")
    transaction.on_commit(lambda: ring(job))


# --- running ---------------------------------------------------------------------------------------------------
class Progress:
    """What a running job tells about itself: a stage, and how much of it is done when that can be counted."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told_at = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Written at most once a second, always when the stage changes or is complete. Raises Cancelled."""
        now = time.monotonic()
        if stage == self._stage and now - self._told_at < 1 and done < total:
            return
        self._stage, self._told_at = stage, now
        mine = Job.objects.filter(pk=self.job.pk, token=self.job.token)
        if not mine.update(stage=stage, done=done, total=total, heartbeat=timezone.now()):
            raise Cancelled


def claim(job_id: str) -> Job | None:
    """Takes the job for this worker, or None when it is over, taken, or gone (a message delivered twice)."""
    now = timezone.now()
    stale = Q(state=State.RUNNING, heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))
    token = uuid.uuid4()
    taken = (
        Job.objects.filter(Q(state=State.QUEUED) | stale, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS)
        .update(state=State.RUNNING, attempts=F("attempts") + 1, heartbeat=now, started_at=now, token=token)
    )  # fmt: skip
    return Job.objects.select_related("owner").get(pk=job_id) if taken else None


@contextmanager
def heart(job: Job):
    """Beats in a thread of its own, because laying out a long document reports nothing for many seconds."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(settings.JOB_HEARTBEAT_SECONDS):
            Job.objects.filter(pk=job.pk, token=job.token).update(heartbeat=timezone.now())
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def run(job_id: str) -> None:
    """Runs a job to its end. Everything that can go wrong ends in the row, in a sentence."""
    job = claim(job_id)
    if job is None:
        return
    try:
        with heart(job):
            deliver = kinds.get(job.kind).run(Progress(job), **job.params)
        finish(job, State.DONE, deliver)
    except Cancelled:
        log.info("job %s was cancelled", job.pk)
    except DomainError as error:
        fail(job, error.message)
    except Exception:
        log.exception("job %s failed", job.pk)
        fail(job, "生成时出现意外错误，请重试；如仍失败，请把编号告诉管理员。")


def fail(job: Job, sentence: str) -> None:
    finish(job, State.FAILED, lambda: JobResult(message=sentence))


def finish(job: Job, state: str, deliver: Deliver) -> None:
    """Delivers and writes the end in one transaction, only while the job is still this worker's."""
    with transaction.atomic():
        mine = Job.objects.select_for_update(of=("self",)).filter(pk=job.pk, token=job.token).first()
        if mine is None:
            return
        result = deliver()
        mine.state, mine.finished_at, mine.token, mine.key = state, timezone.now(), None, None
        mine.message, mine.result, mine.result_url = result.message[:MESSAGE_LENGTH], result.file, result.url
        mine.save()
        for observer in finished_observers:
            observer(mine)


# --- sweeping --------------------------------------------------------------------------------------------------
def sweep() -> None:
    """Rings again for jobs nobody took, requeues those whose worker died, gives up after the last attempt."""
    now = timezone.now()
    stale = Job.objects.filter(state=State.RUNNING, heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))
    stale.filter(attempts__gte=settings.JOB_MAX_ATTEMPTS).update(
        state=State.FAILED, finished_at=now, token=None, key=None, message="多次尝试都没有完成，请稍后重试。"
    )
    stale.update(state=State.QUEUED, token=None)
    waiting = Job.objects.filter(state=State.QUEUED, created_at__lt=now - timedelta(seconds=settings.JOB_SWEEP_SECONDS))
    for job in waiting.order_by("created_at")[:100]:
        ring(job)
