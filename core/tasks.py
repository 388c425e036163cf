"""The tasks the workers know: run one job, sweep the jobs, tidy the files."""

from __future__ import annotations

from celery import shared_task

from core import jobs, tidy


@shared_task(name="core.run_job")
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.tidy_files")
def tidy_files() -> None:
    tidy.tidy()
