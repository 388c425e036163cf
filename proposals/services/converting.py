"""A proposal that is not filed goes on as a social opinion of the same people, linked both ways."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from audit.services import record
from core.errors import DomainError
from core.handover import HandedText, Receiver, receivers
from proposals.models import Proposal

OPINIONS, OPINION = "opinions", "社情民意信息"


def receiver() -> Receiver | None:
    """Who takes such texts; None when that app is not installed."""
    return receivers.find(OPINIONS)


def convert(proposal: Proposal, *, by: Any) -> None:
    """Hands the text over and notes where it went; the caller holds the row lock and saves.

    Counted once: the proposal stays the submission, the opinion counts only when it is accepted.
    """
    taker = receiver()
    if taker is None:
        raise DomainError("社情民意模块没有启用，不能转。")
    if proposal.became:
        raise DomainError(f"这件提案已经转为{proposal.became}。")
    proposal.became, proposal.became_url = OPINION, taker.take(handed(proposal), by)
    record("proposal.become", proposal, by=by, detail={"to": proposal.became_url})


def handed(proposal: Proposal) -> HandedText:
    return HandedText(
        title=proposal.subject,
        body="\n".join(part for part in (proposal.background, proposal.analysis) if part),
        source=f"不予立案的提案《{proposal}》",
        suggestions=proposal.suggestions,
        authors=tuple(proposal.proposers.values_list("member_id", flat=True)),
        source_url=proposal.get_absolute_url(),
        at=timezone.now(),
    )
