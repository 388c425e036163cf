"""Data every installation starts with: types, categories, reasons, rules. Offices edit them afterwards.

An app's `defaults.py` has an idempotent `install()`; it runs after every migrate and never touches a row that exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def after_migrate(app: AppConfig, install: Callable[[], None]) -> None:
    """Calls `install` once the app's tables are up to date."""

    def run(sender: Any, **kwargs: Any) -> None:
        install()

    post_migrate.connect(run, sender=app, weak=False, dispatch_uid=f"{app.name}.defaults")
