"""Contacts, replies, opinions of co-handling units, satisfaction."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
