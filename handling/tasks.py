"""The clock's own work on deadlines."""

from __future__ import annotations

from celery import shared_task

from handling.services import reminders


@shared_task(name="handling.send_reminders")
def send_reminders() -> None:
    reminders.send_due()
