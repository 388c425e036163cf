"""Project package. Knows every app; no app imports it."""

from liaison.celery import app as celery_app

__all__ = ["celery_app"]
