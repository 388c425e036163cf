"""The two tasks the workers know: run one job, and sweep."""

from __future__ import annotations

from celery import shared_task

from core import jobs


@shared_task(name="core.run_job")
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()
