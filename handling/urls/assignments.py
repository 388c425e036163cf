"""Planning, dispatching, signing for, deadlines, reminders."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
