"""Addresses of the handling of proposals."""

from __future__ import annotations

from typing import Any

from handling.urls import assignments, replies, tracking

urlpatterns: list[Any] = [*assignments.urlpatterns, *replies.urlpatterns, *tracking.urlpatterns]
