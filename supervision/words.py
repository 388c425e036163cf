"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from __future__ import annotations


def install() -> None:
    """Nothing yet."""
