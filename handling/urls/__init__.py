"""Addresses of the handling of proposals."""

from __future__ import annotations

from typing import Any

from handling.urls import assignments, replies, statistics, tracking

urlpatterns: list[Any] = [
    *assignments.urlpatterns, *replies.urlpatterns, *statistics.urlpatterns, *tracking.urlpatterns
]  # fmt: skip
