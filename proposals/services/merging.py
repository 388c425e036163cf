"""并案: several proposals on one matter are answered together, to all of their proposers separately."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.errors import DomainError, StateChanged
from notices.services import tell
from proposals.enums import LEADS
from proposals.models import Proposal
from proposals.permissions import can_merge
from proposals.services.checking import cannot_lead, rearm
from proposals.services.leaving import leave
from proposals.services.review import concerned
from proposals.workflow import FLOW


@transaction.atomic
def merge(*, proposal: Proposal, into: Proposal, by: Any, words: str = "") -> Proposal:
    """Puts it into a lead case of the same session; what was merged into it comes along. A number it has stays used.

    Counts as filed from now on. Raises Denied, DomainError when `into` cannot lead, StateChanged.
    """
    lead = locked_pair(proposal, into)
    why = cannot_lead(proposal, lead)
    if why:
        raise DomainError(why, field="into")
    can_merge(by, lead).require()
    reason = f"并入{lead.number_label}《{lead}》。{words.strip()}".strip()
    with FLOW.step(proposal, "merge", by=by, reason=reason) as locked:
        locked.merged_into, locked.decided_at = lead, timezone.now()
        locked.filed_at = locked.filed_at or locked.decided_at
        bring_along(locked, lead, by=by)
        leave(locked, by)
    tell(concerned(locked), f"您的提案《{locked}》与《{lead}》并案办理，承办单位会分别答复。",
         url=locked.get_absolute_url())  # fmt: skip
    tell(concerned(lead), f"《{locked}》已并入您的提案《{lead}》一并办理。", url=lead.get_absolute_url())
    return locked


def locked_pair(proposal: Proposal, into: Proposal) -> Proposal:
    """Locks both rows, always in the same order, so that merging crosswise waits instead of failing. The lead."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=[proposal.pk, into.pk]).order_by("pk")
    return {row.pk: row for row in rows}[into.pk]


def bring_along(proposal: Proposal, lead: Proposal, *, by: Any) -> None:
    for child in proposal.merged.select_for_update(of=("self",)):
        child.merged_into = lead
        child.save()
        record("proposal.new_lead", child, by=by, detail={"lead": lead.pk})


@transaction.atomic
def unmerge(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """撤销并案, until the lead case is answered: back to the review, keeping a number it had of its own."""
    lead = Proposal.objects.select_for_update(of=("self",)).filter(merged__pk=proposal.pk).first()
    with FLOW.step(proposal, "unmerge", by=by, reason=reason) as locked:
        if lead is None or locked.merged_into_id != lead.pk:
            raise StateChanged("并案情况刚刚有改动，请刷新后再办理。")
        if lead.state not in LEADS:
            raise DomainError(f"主案《{lead}》现在是“{lead.state_label}”，不能再撤销并案。")
        locked.merged_into = locked.decided_at = None
        locked.filed_at = locked.filed_at if locked.case_no else None
        rearm(locked)
    tell(concerned(locked), f"您的提案《{locked}》不再并案，正在重新审查。", url=locked.get_absolute_url())
    return locked
