"""Similar texts on a proposal's page: fetched when it is looked at, because finding them takes a moment."""

from __future__ import annotations

from django.urls import reverse

from proposals.enums import RECEIVED, ProposalState
from proposals.panels import Panel, Part, Sight, parts
from proposals.similar import KIND, may_review


def panels(sight: Sight) -> list[Panel]:
    """For those who review or lead; a withdrawn one is over."""
    if sight.proposal.state not in RECEIVED - {ProposalState.RETURNED} or not may_review(sight.user, sight.proposal):
        return []
    return [Panel("similar/_panel.html", {"url": reverse("similar_of", args=[KIND, sight.proposal.pk])})]


def connect() -> None:
    parts.add(Part("similar", 30, panels=panels))
