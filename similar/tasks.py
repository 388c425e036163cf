"""Counting what is common anew, every night."""

from __future__ import annotations

from celery import shared_task

from similar import services


@shared_task(name="similar.count")
def count() -> None:
    services.count()
