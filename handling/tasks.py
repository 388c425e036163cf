"""The clock's own work on deadlines."""

from __future__ import annotations

from celery import shared_task

from handling.services import feedback, reminders


@shared_task(name="handling.send_reminders")
def send_reminders() -> None:
    reminders.send_due()


@shared_task(name="handling.close_overdue_feedback")
def close_overdue_feedback() -> None:
    feedback.close_overdue()
