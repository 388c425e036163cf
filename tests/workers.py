"""A real Celery worker and beat on the test database, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from core import jobs

ROOT = Path(settings.ROOT)


def environment() -> dict[str, str]:
    """The worker sees the test database, the test's media folder, and notices a dead colleague within seconds."""
    values = connection.settings_dict
    address = f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "liaison.settings.test",
        "DATABASE_URL": address,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "JOB_SWEEP_SECONDS": "2",
        "JOB_HEARTBEAT_SECONDS": "1",
        "JOB_STALE_SECONDS": "4",
    }


def celery(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "celery", "-A", "liaison", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment(), start_new_session=True)


def kill(process: subprocess.Popen, how: int = signal.SIGKILL) -> None:
    """Ends the process and all its children."""
    if process.poll() is None:
        os.killpg(process.pid, how)
        process.wait(timeout=20)


@contextmanager
def worker(*, beat: bool = False) -> Iterator[subprocess.Popen]:
    """A worker, with beat in the same process when asked for."""
    schedule = ["-B", "-s", str(Path(settings.MEDIA_ROOT).parent / "beat")] if beat else []
    queues = ",".join(jobs.broker_queue(queue) for queue in ("quick", "heavy"))
    process = celery(
        "worker", "-l", "WARNING", "-c", "1", "-Q", queues, "--without-gossip", "--without-mingle", *schedule
    )
    try:
        yield process
    finally:
        kill(process)


def wait_for(condition: Callable[[], object], *, seconds: float = 60, what: str = "the condition") -> object:
    """The first truthy answer. Raises AssertionError after the given time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := condition():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come true within {seconds} s")
