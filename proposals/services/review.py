"""The office's decisions. `by` is the acting user; audit rows and notices are written in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.casenumbers import next_number
from core.errors import DomainError
from notices.services import tell
from organisation.models import Session
from organisation.selectors import codes
from proposals.defaults import CATEGORY
from proposals.models import CaseCounter, Proposal
from proposals.services.people import proposers_of
from proposals.services.writing import highest
from proposals.workflow import FLOW


@transaction.atomic
def return_for_changes(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """退回修改: the proposers may write again. The reason is shown to them."""
    with FLOW.step(proposal, "return", by=by, reason=reason) as locked:
        pass
    tell(proposers_of(locked), f"您的提案《{locked}》需要修改后重新提交，请查看退回理由。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def file_case(*, proposal: Proposal, category: str, by: Any) -> Proposal:
    """立案: confirms the category and gives the session's next case number, in one transaction."""
    with FLOW.step(proposal, "file", by=by) as locked:
        if not codes(CATEGORY, locked.office).filter(code=category).exists() and category != locked.category:
            raise DomainError("请选择“分类”。", field="category")
        locked.category = category
        locked.filed_at = locked.decided_at = timezone.now()
        locked.case_no = next_number(
            CaseCounter, session=session_of(locked), highest=lambda: highest("case_no", locked.session_id)
        )
    tell(proposers_of(locked), f"您的提案《{locked}》已立案，案号：{locked.full_case_label}。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


def session_of(proposal: Proposal) -> Session:
    return Session.objects.select_related("term").get(pk=proposal.session_id)
