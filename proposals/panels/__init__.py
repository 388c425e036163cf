"""The page of a proposal, made of parts (core.panels): `parts.add(Part(…))` in a module of its own.

Apps above add theirs: the handling units' rows, replies, supervision, publication.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from accounts.roles import Can
from core.panels import Check, Panel, Part, Parts
from organisation.selectors import grants
from proposals import permissions
from proposals.models import Proposal

__all__ = ["Check", "Panel", "Part", "Sight", "parts"]


class Sight:
    """One user's look at one proposal; what several parts need is read once."""

    def __init__(self, user: Any, proposal: Proposal) -> None:
        self.user, self.proposal = user, proposal

    @cached_property
    def own(self) -> bool:
        """Is the user on the proposers' side?"""
        return permissions.is_own(self.user, self.proposal)

    @cached_property
    def works(self) -> bool:
        """Staff of the receiving office, who decide and assign. Never on a proposal of their own."""
        return self.proposal.office_id in grants(self.user).where(Can.RECEIVE_PROPOSALS) and not self.own

    @cached_property
    def reads_all(self) -> bool:
        """Staff and leaders of the receiving office, of the home office and of those above."""
        where = grants(self.user).where(Can.VIEW_PROPOSALS)
        return bool(where & {self.proposal.office_id, self.proposal.home_office_id})

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The handling units the user works for."""
        return grants(self.user).unit_ids


parts: Parts = Parts("part of a proposal's page")
