"""The way to a proposal and the head of its page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.pages import Link, Page
from organisation.selectors import grants
from proposals.models import Proposal
from proposals.permissions import is_own

HOME = ("首页", "/")
MINE = ("我的提案", "/proposals/mine/")
WRITE = Link("写提案", "/proposals/new/", "primary", "pencil-square")


def crumbs(user: Any, proposal: Proposal, *more: str) -> list[tuple[str, str]]:
    """The way back: to the own proposals for the proposers' side, to the list for those who have it."""
    lists = ("提案", reverse("proposal_list")) if grants(user).holds(Can.VIEW_PROPOSALS) else HOME
    top = MINE if is_own(user, proposal) else lists
    steps = [top, (str(proposal), proposal.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def head(user: Any, proposal: Proposal) -> Page:
    return Page(
        str(proposal), lead=proposal.full_case_label, breadcrumbs=crumbs(user, proposal),
        badge=proposal.state_label, badge_tone=proposal.tone,
    )  # fmt: skip
