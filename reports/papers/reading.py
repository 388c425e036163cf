"""Who may have which document about a proposal: those who see the proposal, by their side."""

from __future__ import annotations

from typing import Any

from handling.models import Assignment
from organisation.selectors import grants
from proposals.models import Proposal, Proposer
from proposals.panels import Sight


def visible(user: Any, proposal: Proposal) -> bool:
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


def reads_all(user: Any, proposal: Proposal) -> bool:
    """Staff and leaders of the offices concerned."""
    return Sight(user, proposal).reads_all


def of_unit(user: Any, assignment: Assignment) -> bool:
    return assignment.unit_id in grants(user).unit_ids


def is_person(user: Any, proposer: Proposer) -> bool:
    return proposer.member.user_id is not None and proposer.member.user_id == user.pk
