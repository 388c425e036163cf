"""按审查意见办理: what the reviewers recommended is done, by the same services as by hand."""

from __future__ import annotations

from typing import Any

from core.errors import DomainError, StateChanged
from organisation.selectors import code_labels
from proposals.defaults import RETURN_REASON
from proposals.enums import Verdict
from proposals.models import Proposal, Recommendation
from proposals.services.merging import merge
from proposals.services.people import locking
from proposals.services.review import file_case, not_file, return_for_changes


def follow(*, proposal: Proposal, by: Any, seen: int | None = None) -> Proposal:
    """Does what the current recommendation says; `seen` is its key as the actor saw it.

    Raises Denied, DomainError; StateChanged when somebody recommended something else meanwhile.
    """
    with locking(proposal) as locked:
        advice = locked.recommendations.filter(is_current=True).select_related("merge_into").first()
        if advice is None:
            raise DomainError("还没有审查意见。")
        if seen is not None and advice.pk != seen:
            raise StateChanged("审查意见刚刚有改动，请重新查看后再办理。")
        locked.seen_version = proposal.seen_version
        return carry_out(locked, advice, by=by)


def carry_out(proposal: Proposal, advice: Recommendation, *, by: Any) -> Proposal:
    given = {"proposal": proposal, "by": by}
    if advice.verdict == Verdict.FILE:
        return file_case(**given, category=advice.category or proposal.category)
    if advice.verdict == Verdict.MERGE:
        return merge(**given, into=advice.merge_into, words=advice.text)
    if advice.verdict == Verdict.RETURN:
        listed = code_labels(RETURN_REASON).get(advice.reason, "")
        return return_for_changes(**given, reason="\n".join(part for part in (listed, advice.text) if part))
    to_opinion = advice.verdict == Verdict.TO_OPINION
    return not_file(**given, ground=advice.reason, words=advice.text, as_opinion=to_opinion)
