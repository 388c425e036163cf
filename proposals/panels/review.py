"""The review on a proposal's page: checklist and recommendations for the office, what was decided for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.pages import Link
from organisation.selectors import code_labels, codes
from proposals.defaults import CATEGORY, CHECK, NOT_FILED_REASON, RETURN_REASON
from proposals.enums import UNDECIDED, ProposalState
from proposals.models import CheckMark, Proposal, Recommendation
from proposals.panels import Panel, Part, Sight, parts
from proposals.selectors import with_people
from proposals.services.checking import REASONS
from proposals.services.converting import receiver


@dataclass(frozen=True)
class Line:
    """One line of the checklist. `answer` is pass, fail or empty; `before` what was found before it came back."""

    code: str
    label: str
    answer: str = ""
    note: str = ""
    before: str = ""


def lines(proposal: Proposal) -> list[Line]:
    marks = {mark.code: mark for mark in proposal.check_marks.all()}
    return [
        line(code, label, marks.get(code)) for code, label in codes(CHECK, proposal.office).values_list("code", "label")
    ]


def line(code: str, label: str, mark: CheckMark | None) -> Line:
    if mark is None:
        return Line(code, label)
    if mark.outdated:
        return Line(
            code, label, before=f"上次{'符合' if mark.passed else '不符合'}{'：' + mark.note if mark.note else ''}"
        )
    return Line(code, label, "pass" if mark.passed else "fail", mark.note)


def standing(found: list[Line]) -> tuple[str, str]:
    """The checklist in one sentence, with its tone."""
    open_, failed = sum(not each.answer for each in found), sum(each.answer == "fail" for each in found)
    parts_ = [f"{failed} 项不符合" if failed else "", f"{open_} 项未核对" if open_ else ""]
    text = "，".join(part for part in parts_ if part)
    return (text, "warning" if failed else "neutral") if text else ("全部符合", "success")


def advice_facts(row: Recommendation) -> list[tuple[str, Any]]:
    reasons = code_labels(REASONS.get(row.verdict, RETURN_REASON)) if row.reason else {}
    lead = row.merge_into
    facts = [
        ("理由", reasons.get(row.reason, row.reason)),
        ("分类", code_labels(CATEGORY).get(row.category, row.category) if row.category else ""),
        ("并入", f"{lead.number_label}《{lead}》" if lead else ""),
        ("提出", row.committee.name if row.committee else ""),
        ("说明", row.text),
    ]
    return [(label, value) for label, value in facts if value]


def review(sight: Sight) -> list[Panel]:
    """For the office, as long as nothing is decided."""
    proposal = sight.proposal
    if sight.own or not sight.reads_all or proposal.state not in UNDECIDED:
        return []
    found = lines(proposal)
    text, tone = standing(found)
    rows = list(proposal.recommendations.select_related("merge_into", "committee", "by"))
    current = next((row for row in rows if row.is_current), None)
    return [
        Panel("proposals/_advice.html", side=True, context={
            "proposal": proposal, "current": current, "facts": advice_facts(current) if current else [],
            "earlier": [row for row in rows if not row.is_current], "works": sight.works,
        }),
        Panel("proposals/_checklist.html", side=True, context={
            "proposal": proposal, "lines": found, "text": text, "tone": tone, "works": sight.works,
        }),
    ]  # fmt: skip


def outcome(sight: Sight) -> list[Panel]:
    """Not filed, or merged: what happens instead; what was merged into this one."""
    proposal = sight.proposal
    if proposal.state == ProposalState.NOT_FILED:
        label = code_labels(NOT_FILED_REASON).get(proposal.not_filed_reason, "")
        return [Panel("proposals/_not_filed.html", {"proposal": proposal, "reason": label, "own": sight.own})]
    if proposal.state == ProposalState.MERGED:
        lead = with_people(Proposal.objects.filter(pk=proposal.merged_into_id)).get()
        seen = Proposal.objects.visible_to(sight.user).filter(pk=lead.pk).exists()
        return [Panel("proposals/_merged.html", {"lead": lead, "linked": seen, "own": sight.own, "merged": []})]
    return brought_in(proposal, sight)


def brought_in(proposal: Proposal, sight: Sight) -> list[Panel]:
    if proposal.submitted_at is None:
        return []
    merged = list(with_people(proposal.merged.all()).order_by("submitted_at", "pk"))
    if not merged:
        return []
    return [
        Panel("proposals/_merged.html", {"lead": None, "linked": sight.reads_all, "own": sight.own, "merged": merged})
    ]


def links(sight: Sight) -> list[Link]:
    proposal = sight.proposal
    open_ = sight.works and proposal.state == ProposalState.NOT_FILED and not proposal.became
    if not open_ or receiver() is None:
        return []
    return [Link("转为社情民意", reverse("proposal_become", args=[proposal.pk]), icon="arrow-right-circle", post=True)]


def connect() -> None:
    parts.add(Part("outcome", 20, links=links, panels=outcome))
    parts.add(Part("review", 22, panels=review))
