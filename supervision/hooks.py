"""What this app offers to the lower ones."""

from __future__ import annotations


def connect() -> None:
    """Nothing yet."""
