"""What apps above must undo when a filed proposal no longer goes to handling units of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.registry import Registry
from proposals.models import Proposal

#: Called with (proposal, by) in the transaction that merges a filed proposal into another one or withdraws it.
leavers: Registry[Callable[[Proposal, Any], None]] = Registry("what follows a proposal that leaves")


def leave(proposal: Proposal, by: Any) -> None:
    for each in leavers:
        each(proposal, by)
