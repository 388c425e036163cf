"""The people of a proposal."""

from __future__ import annotations

from typing import Any

from proposals.models import Proposal


def proposers_of(proposal: Proposal) -> list[Any]:
    """Users of all proposers, for notices."""
    return [row.member.user for row in proposal.proposers.select_related("member__user")]
