"""Similar texts on a proposal's page: fetched when it is looked at, because finding them takes a moment."""

from __future__ import annotations

from django.urls import reverse

from core.pages import Link
from proposals.enums import RECEIVED, UNDECIDED, ProposalState
from proposals.panels import Panel, Part, Sight, parts
from proposals.similar import KIND, may_review

#: While it is decided on and handed out, what was there before is of use at once.
OPEN = UNDECIDED | {ProposalState.FILED}


def panels(sight: Sight) -> list[Panel]:
    """For those who review or choose units."""
    if sight.proposal.state not in OPEN or not may_review(sight.user, sight.proposal):
        return []
    return [Panel("similar/_panel.html", {"url": address(sight)})]


def links(sight: Sight) -> list[Link]:
    """Later it is a button only: the case itself comes first on the page."""
    state = sight.proposal.state
    if state not in RECEIVED or state in OPEN or state == ProposalState.RETURNED:
        return []
    return [Link("类似的提案", address(sight), icon="search")] if may_review(sight.user, sight.proposal) else []


def address(sight: Sight) -> str:
    return reverse("similar_of", args=[KIND, sight.proposal.pk])


def connect() -> None:
    parts.add(Part("similar", 30, links=links, panels=panels))
