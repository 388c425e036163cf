"""Objects of the life before the review, for access and page tests: called from tests/world.py."""

from __future__ import annotations

from typing import Any


def add_proposals(world: Any) -> None:
    """Proposals beside the four of `add_submissions`."""
