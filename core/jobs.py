"""Background jobs: the row in the database is the truth, the broker only a doorbell.

A kind is registered once with `job_kind`; `enqueue` finds the person's running job of the same key instead of making a
second. Heavy kinds have a queue of their own, so that a letter never waits behind a volume.
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
    somebody waits for it; success is no news. `heavy`: may take a minute, waits in the queue of such.
    """

    name: str
    label: str
    run: Callable[..., Deliver]
    allowed: Callable[[Any, dict[str, Any]], bool]
    quiet: bool = False
    heavy: bool = False


kinds: Registry[JobKind] = Registry("job kind")
#: Called with a job that is over; the notices app adds itself here.
finished_observers: list[Callable[[Job], None]] = []


def anybody(user: Any, params: dict[str, Any]) -> bool:
    return True


def job_kind(
    name: str, *, label: str, allowed: Callable[[Any, dict[str, Any]], bool] = anybody, quiet: bool = False,
    heavy: bool = False,
) -> Callable[[Callable[..., Deliver]], Callable[..., Deliver]]:  # fmt: skip
    """Registers `run(progress, **params) -> deliver`: the slow work, safe to begin twice, then its delivery."""

    def register(run: Callable[..., Deliver]) -> Callable[..., Deliver]:
        kinds.register(name, JobKind(name, label, run, allowed, quiet, heavy))
        return run

    return register


# --- asking ----------------------------------------------------------------------------------------------------
def enqueue(kind: str, *, title: str, owner: Any, params: dict[str, Any], key: str | None = None) -> Job:
    """The person's job for this key: the live one if there is one, else a new row whose bell is rung on commit."""
    found = kinds.get(kind)
    own = f"{getattr(owner, 'pk', '')}:{key}" if key else f"{kind}:{uuid.uuid4()}"
    queue = Job.Queue.HEAVY if found.heavy else Job.Queue.QUICK
    like = f"{kind}:{params['document']}" if "document" in params else kind
    with transaction.atomic():
        if key:
            Job.objects.filter(key=own).exclude(state__in=LIVE).update(key=None)
        job, created = Job.objects.get_or_create(
            key=own,
            defaults={"kind": kind, "title": title, "owner": owner, "params": params, "queue": queue, "like": like},
        )
        if created:
            transaction.on_commit(lambda: ring(job))
    return job


def ring(job: Job) -> None:
    """Tells the workers of its queue. A broker that is away is logged only: the sweeper rings again."""
    from core.tasks import run_job

    try:
        run_job.apply_async(args=[str(job.pk)], queue=broker_queue(job.queue))
    except Exception:
        log.warning("broker away, job %s stays queued", job.pk, exc_info=True)


def broker_queue(queue: str) -> str:
    """What the broker calls a queue."""
    name = settings.CELERY_TASK_DEFAULT_QUEUE
    return f"{name}-heavy" if queue == Job.Queue.HEAVY else name


def still_allowed(job: Job, user: Any) -> bool:
    """Rights may have ended since the job was asked for."""
    kind = kinds.find(job.kind)
    return kind is None or kind.allowed(user, job.params)


def cancel(job: Job) -> None:
    """Stops a job that is not over; a running one notices at its next progress report."""
    Job.objects.filter(pk=job.pk, state__in=LIVE).update(state=State.CANCELLED, finished_at=timezone.now(), token=None)


def retry(job: Job) -> None:
    """Queues a failed or cancelled job again. Raises DomainError when it is not over or has succeeded."""
    changed = Job.objects.filter(pk=job.pk, state__in=RETRIABLE).update(
        state=State.QUEUED, attempts=0, message="", stage="", done=0, total=0, unit="", started_at=None,
        finished_at=None, queued_at=timezone.now(),
    )  # fmt: skip
    if not changed:
        raise DomainError("这项任务不需要重试。")
    transaction.on_commit(lambda: ring(job))


# --- running ---------------------------------------------------------------------------------------------------
class Progress:
    """What a running job tells about itself: a stage, how much of it is done when that can be counted, its size."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told_at = 0.0
        self._told: tuple[str, bool] = ("", False)

    def __call__(self, stage: str, done: int = 0, total: int = 0, unit: str = "") -> None:
        """Written at most once a second, always when the stage changes or is complete. Raises Cancelled.

        `unit`: what is counted, such as 页 or 件.
        """
        now, told = time.monotonic(), (stage, bool(total) and done >= total)
        if told == self._told and now - self._told_at < 1:
            return
        self._told, self._told_at = told, now
        self._write(stage=stage[:60], done=done, total=total, unit=unit)

    def measured(self, size: int) -> None:
        """How much work it is, in records or whatever this kind counts: what its usual time depends on."""
        self._write(size=size)

    def _write(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, token=self.job.token)
        if not mine.update(heartbeat=timezone.now(), **values):
            raise Cancelled


def claim(job_id: str) -> Job | None:
    """Takes the job for this worker, or None when it is over, taken, or gone (a message delivered twice)."""
    now = timezone.now()
    stale = Q(state=State.RUNNING, heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))
    token = uuid.uuid4()
    taken = (
        Job.objects.filter(Q(state=State.QUEUED) | stale, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS)
        .update(state=State.RUNNING, attempts=F("attempts") + 1, heartbeat=now, started_at=now, token=token, stage="",
                done=0, total=0)
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
        mine.state, mine.finished_at, mine.token = state, timezone.now(), None
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
        state=State.FAILED, finished_at=now, token=None, message="多次尝试都没有完成，请稍后重试。"
    )
    stale.update(state=State.QUEUED, token=None)
    waiting = Job.objects.filter(state=State.QUEUED, queued_at__lt=now - timedelta(seconds=settings.JOB_SWEEP_SECONDS))
    for job in waiting.order_by("queued_at")[:100]:
        ring(job)
