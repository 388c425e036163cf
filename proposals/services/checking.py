"""Before the decision: the checklist, and what the review committee recommends. The newest recommendation counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.services import record
from core.errors import DomainError, StateChanged
from organisation.models import Committee
from organisation.selectors import code_choices
from proposals.defaults import CATEGORY, CHECK, NOT_FILED_REASON, RETURN_REASON
from proposals.enums import LEADS, UNDECIDED, ProposalState, Verdict
from proposals.models import CheckMark, Proposal, Recommendation
from proposals.permissions import can_decide
from proposals.services.people import locking


@dataclass(frozen=True)
class Tick:
    """One answered line of the checklist."""

    passed: bool
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """What the reviewers propose. `reason` is a code of the list the verdict goes by."""

    verdict: str
    reason: str = ""
    category: str = ""
    merge_into: Proposal | None = None
    committee: Committee | None = None
    text: str = ""


#: verdict → the list its reason is taken from.
REASONS = {Verdict.RETURN: RETURN_REASON, Verdict.NOT_FILE: NOT_FILED_REASON, Verdict.TO_OPINION: NOT_FILED_REASON}


def require_undecided(proposal: Proposal, by: Any, *, seen: int | None = None) -> None:
    """Raises Denied; StateChanged when it is decided, or no longer the version the reviewer read."""
    can_decide(by, proposal).require()
    if seen is not None and proposal.version != seen:
        raise StateChanged("正文刚刚有改动，请刷新后看过最新内容再审查。")
    if proposal.state not in UNDECIDED:
        raise StateChanged(f"现在是“{proposal.state_label}”，审查已经结束。请刷新后查看最新情况。")


def tick(*, proposal: Proposal, ticks: Mapping[str, Tick], by: Any) -> None:
    """Saves the answered lines; a line left out is open again. Raises Denied, StateChanged."""
    with locking(proposal) as locked:
        require_undecided(locked, by, seen=proposal.seen_version)
        offered = dict(code_choices(CHECK, locked.office))
        kept = {code: each for code, each in ticks.items() if code in offered}
        locked.check_marks.exclude(code__in=kept).delete()
        for code, each in kept.items():
            CheckMark.objects.update_or_create(
                proposal=locked, code=code,
                defaults={"passed": each.passed, "note": each.note.strip()[:200], "outdated": False, "by": by},
            )  # fmt: skip
        failed = sorted(code for code, each in kept.items() if not each.passed)
        record("proposal.check", locked, by=by, detail={"answered": len(kept), "failed": failed})


def recommend(*, proposal: Proposal, advice: Advice, by: Any) -> Recommendation:
    """Adds a recommendation, which takes the place of the one before. Raises Denied, DomainError, StateChanged."""
    with locking(proposal) as locked:
        require_undecided(locked, by, seen=proposal.seen_version)
        require_sense(locked, advice)
        locked.recommendations.filter(is_current=True).update(is_current=False)
        row = Recommendation.objects.create(
            proposal=locked, verdict=advice.verdict, reason=advice.reason, category=advice.category,
            merge_into=advice.merge_into, committee=advice.committee, text=advice.text.strip(), by=by,
        )  # fmt: skip
        record("proposal.recommend", locked, by=by, detail={"verdict": advice.verdict, "reason": advice.reason})
    return row


def require_sense(proposal: Proposal, advice: Advice) -> None:
    """Raises DomainError naming the field: what a verdict needs to be followed later."""
    listed = REASONS.get(Verdict(advice.verdict))
    known = dict(code_choices(listed, proposal.office)) if listed else {}
    if advice.reason and advice.reason not in known:
        raise DomainError(f"这条理由不适用于“{Verdict(advice.verdict).label}”，请重新选择。", field="reason")
    if listed == NOT_FILED_REASON and not advice.reason:
        raise DomainError("请选择不予立案的理由。", field="reason")
    if listed == RETURN_REASON and not (advice.reason or advice.text.strip()):
        raise DomainError("请选择退回理由，或者写明要补充什么。", field="reason")
    if advice.verdict == Verdict.MERGE:
        require_lead(proposal, advice.merge_into)
    if advice.category and advice.category not in dict(code_choices(CATEGORY, proposal.office)):
        raise DomainError("请选择“分类”。", field="category")


def require_lead(proposal: Proposal, lead: Proposal | None) -> None:
    why = "请选择并入哪一件提案。" if lead is None else cannot_lead(proposal, lead)
    if why:
        raise DomainError(why, field="merge_into")


def cannot_lead(proposal: Proposal, lead: Proposal) -> str:
    """Why `proposal` cannot be merged into `lead`, as a sentence; empty when it can."""
    if lead.pk == proposal.pk:
        return "不能并入它自己。"
    if (lead.office_id, lead.session_id) != (proposal.office_id, proposal.session_id):
        return "只能并入同一届次的提案。"
    if lead.state == ProposalState.MERGED:
        return f"《{lead}》已经并入另一件提案，请直接选那一件作主案。"
    return "" if lead.state in LEADS else f"《{lead}》现在是“{lead.state_label}”，不能再并入其他提案。"


def rearm(proposal: Proposal) -> None:
    """After a return, or a decision taken back: what was ticked and recommended must be looked at again."""
    proposal.check_marks.update(outdated=True)
    proposal.recommendations.filter(is_current=True).update(is_current=False)
