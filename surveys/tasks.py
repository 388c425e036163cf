"""The clock's own work on surveys."""

from __future__ import annotations

from celery import shared_task

from surveys import services


@shared_task(name="surveys.close_due")
def close_due() -> None:
    services.close_due()
