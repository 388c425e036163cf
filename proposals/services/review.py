"""The office's decisions. `by` is the acting user; audit rows and notices are written in the same transaction.

Merging is `merging`, the checklist and what the reviewers recommend `checking`.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.casenumbers import next_number
from core.errors import DomainError, StateChanged
from notices.services import tell
from organisation.models import Session
from organisation.selectors import codes
from proposals.defaults import CATEGORY, NOT_FILED_REASON
from proposals.enums import ProposalState
from proposals.models import CaseCounter, Proposal
from proposals.permissions import can_decide, leads_none
from proposals.services.checking import rearm
from proposals.services.converting import convert
from proposals.services.people import locking, proposers_of
from proposals.services.submitting import highest
from proposals.workflow import FLOW


def concerned(proposal: Proposal) -> list[Any]:
    """Users of all proposers and of the convenor, for notices of what was decided."""
    convenor = [proposal.convenor.user] if proposal.convenor else []
    return [*proposers_of(proposal), *convenor]


@transaction.atomic
def take_up(*, proposal: Proposal, by: Any) -> Proposal:
    """初审通过: waits for the decision; from here on it is withdrawn with the office's consent only."""
    with FLOW.step(proposal, "take_up", by=by) as locked:
        pass
    tell(concerned(locked), f"您的提案《{locked}》已通过初审，等待审查决定。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def return_for_changes(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """退回修改: the proposers may write again. The reason is shown to them; the review begins anew afterwards."""
    with FLOW.step(proposal, "return", by=by, reason=reason) as locked:
        leads_none(by, locked).require()
        rearm(locked)
    tell(concerned(locked), f"您的提案《{locked}》需要修改后重新提交，请查看退回理由。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def file_case(*, proposal: Proposal, category: str, by: Any) -> Proposal:
    """立案: confirms the category and gives the session's next case number, in one transaction.

    One that was filed before and merged since keeps its number.
    """
    with FLOW.step(proposal, "file", by=by) as locked:
        if not codes(CATEGORY, locked.office).filter(code=category).exists() and category != locked.category:
            raise DomainError("请选择“分类”。", field="category")
        locked.category = category
        locked.decided_at = timezone.now()
        locked.filed_at = locked.filed_at or locked.decided_at
        locked.case_no = locked.case_no or next_number(
            CaseCounter, session=session_of(locked), highest=lambda: highest("case_no", locked.session_id)
        )
    tell(concerned(locked), f"您的提案《{locked}》已立案，案号：{locked.full_case_label}。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


def session_of(proposal: Proposal) -> Session:
    return Session.objects.select_related("term").get(pk=proposal.session_id)


@transaction.atomic
def not_file(*, proposal: Proposal, ground: str, by: Any, words: str = "", as_opinion: bool = False) -> Proposal:
    """不予立案 with a reason of the list; with `as_opinion` the text goes on as a social opinion at once.

    Raises DomainError for a reason that is not on the list.
    """
    label = ground_label(proposal, ground)
    reason = "\n".join(part for part in (label, words.strip()) if part)
    with FLOW.step(proposal, "not_file", by=by, reason=reason) as locked:
        leads_none(by, locked).require()
        locked.not_filed_reason, locked.decided_at = ground, timezone.now()
        if as_opinion:
            convert(locked, by=by)
    further = f"内容已转为{locked.became}继续办理。" if locked.became else "详细说明见提案页面。"
    tell(concerned(locked), f"您的提案《{locked}》没有立案，理由：{label}。{further}", url=locked.get_absolute_url())
    return locked


def ground_label(proposal: Proposal, ground: str) -> str:
    row = codes(NOT_FILED_REASON, proposal.office).filter(code=ground).first()
    if row is None:
        raise DomainError("请选择不予立案的理由。", field="listed")
    return row.label


@transaction.atomic
def reconsider(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """重新审查 of one that was not filed: back to the review, with everything to be looked at again."""
    with FLOW.step(proposal, "reconsider", by=by, reason=reason) as locked:
        locked.not_filed_reason, locked.decided_at = "", None
        rearm(locked)
    tell(concerned(locked), f"您的提案《{locked}》正在重新审查，结果会另行通知。", url=locked.get_absolute_url())
    return locked


def become_opinion(*, proposal: Proposal, by: Any) -> Proposal:
    """转为社情民意, later than the decision not to file. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_decide(by, locked).require()
        if locked.state != ProposalState.NOT_FILED:
            raise StateChanged(f"现在是“{locked.state_label}”，只有不予立案的提案可以转为社情民意。")
        convert(locked, by=by)
        locked.save()
        tell(concerned(locked), f"您的提案《{locked}》的内容已转为{locked.became}继续办理。",
             url=locked.get_absolute_url())  # fmt: skip
    return locked
