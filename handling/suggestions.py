"""Which units could handle a proposal: what became of the most similar past cases, beside what the proposer wishes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from handling.defaults import REPLY_CATEGORY
from handling.enums import AssignmentRole, ReplyState
from handling.models import Assignment, Reply
from organisation.models import HandlingUnit
from organisation.selectors import code_labels, rule
from proposals import similar as source
from proposals.models import Proposal
from similar.defaults import SHOW
from similar.selectors import Match, cases

#: Offered at most.
OFFERED = 5
#: A unit that helped says less about who should lead.
COOP_COUNTS = 0.5
#: Said before the name of a unit in one place and not in another: 县水利局, 水利局.
PLACE = re.compile(r"^(?:.{1,6}?[省市县区旗]|[省市县区旗])")


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
    """Units for this proposal, at most OFFERED, the best first; those the proposer wished for are marked and never
    left out. Only cases `user` may open speak; what a unit gave back (改办) does not. Advice only.
    """
    count = rule(SHOW, proposal.office)["cases"]
    found = cases(source.KIND, source.written(proposal), user, own=proposal.pk, count=count)
    evidence = evidence_by_unit(found)
    units = HandlingUnit.objects.filter(office=proposal.office, is_active=True)
    all_of = [one(unit, evidence.get(unit.pk, []), wished(unit.name, proposal.wished_units)) for unit in units]
    ranked = sorted((each for each in all_of if each.score or each.wished), key=lambda each: -each.score)
    return [each for place, each in enumerate(ranked) if place < OFFERED or each.wished]


def one(unit: HandlingUnit, rows: list[tuple[float, Evidence]], is_wished: bool) -> Suggestion:
    score = sum(weight for weight, _ in rows)
    return Suggestion(unit, round(score, 3), [each for _, each in rows], is_wished)


def evidence_by_unit(found: Iterable[Match]) -> dict[int, list[tuple[float, Evidence]]]:
    """unit → (weight, case) of what it handled and kept, the most similar first. Three queries."""
    scores = {match.text.object_id: match.score for match in found}
    rows = (
        Assignment.objects.live().filter(proposal_id__in=scores).exclude(dispatched_at=None)
        .select_related("unit", "proposal__session__term")
    )  # fmt: skip
    categories, labels = reply_categories(rows), code_labels(REPLY_CATEGORY)
    units: dict[int, list[tuple[float, Evidence]]] = {}
    for row in sorted(rows, key=lambda row: -scores[row.proposal_id]):
        score = scores[row.proposal_id]
        weight = score * (COOP_COUNTS if row.role == AssignmentRole.COOP else 1)
        category = categories.get(row.pk, "")
        told = evidence(row, labels.get(category, category), score)
        units.setdefault(row.unit_id, []).append((weight, told))
    return units


def reply_categories(rows: Iterable[Assignment]) -> dict[int, str]:
    """assignment → category of its newest delivered reply."""
    replies = Reply.objects.filter(assignment__in=[row.pk for row in rows], state=ReplyState.PASSED)
    return dict(replies.order_by("round").values_list("assignment_id", "category"))


def evidence(row: Assignment, category: str, score: float) -> Evidence:
    case = row.proposal
    return Evidence(
        title=str(case), label=case.full_case_label, url=case.get_absolute_url(), role=row.get_role_display(),
        outcome=category or row.state_label, score=round(score, 3),
    )  # fmt: skip


def wished(name: str, words: str) -> bool:
    """Whether the proposer's words name the unit, with or without the place before it: 水利局 is 县水利局."""
    bare = PLACE.sub("", name)
    return bool(words) and (name in words or (len(bare) > 2 and bare in words))
