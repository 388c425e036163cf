"""Lists and rules shipped with the portal; offices change them in the basic data."""

from __future__ import annotations


def install() -> None:
    """Nothing yet."""
