"""Every write to proposals. `by` is the acting user; audit rows and notices are written in the same transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core.casenumbers import next_number
from core.errors import DomainError
from core.versions import editing
from members.authors import member_of
from notices.services import tell
from organisation.models import Session
from organisation.selectors import codes, contact, current_session, root_of, users_with
from proposals import rules
from proposals.defaults import CATEGORY
from proposals.enums import ProposalState
from proposals.models import CaseCounter, Proposal, Proposer
from proposals.permissions import can_edit, can_write
from proposals.workflow import FLOW


@dataclass(frozen=True)
class Text:
    """What the proposer writes."""

    subject: str = ""
    category: str = ""
    background: str = ""
    analysis: str = ""
    suggestions: str = ""
    wished_units: str = ""
    may_publish: bool = True


@transaction.atomic
def write(*, text: Text, by: Any, proposal: Proposal | None = None, version: int | None = None,
          and_submit: bool = False) -> Proposal:  # fmt: skip
    """Saves the text as a new draft or into the proposal, and submits it when asked.

    Raises Denied, Conflict, or DomainError naming the field that is not complete.
    """
    proposal = start(text=text, by=by) if proposal is None else rewrite(
        proposal=proposal, text=text, version=version, by=by
    )  # fmt: skip
    if and_submit:
        submit(proposal=proposal, by=by)
    return proposal


def start(*, text: Text, by: Any) -> Proposal:
    can_write(by).require()
    member = member_of(by)
    proposal = Proposal.objects.create(
        state=ProposalState.DRAFT,
        office=root_of(member.office),
        home_office=member.office,
        session=current_session(member.office),
        updated_by=by,
        **asdict(text),
    )
    Proposer.objects.create(proposal=proposal, member=member, order=1)
    record("proposal.create", proposal, by=by)
    return proposal


def rewrite(*, proposal: Proposal, text: Text, version: int | None, by: Any) -> Proposal:
    with editing(proposal, version=version, by=by) as locked:
        can_edit(by, locked).require()
        changed = [name for name, value in asdict(text).items() if getattr(locked, name) != value]
        for name, value in asdict(text).items():
            setattr(locked, name, value)
        record("proposal.update", locked, by=by, detail={"fields": changed})
    return locked


@transaction.atomic
def submit(*, proposal: Proposal, by: Any) -> Proposal:
    """Locks the text. Time, session and plenary are stamped once, by the server's clock (Asia/Shanghai).

    Raises DomainError when something is missing or no session of the committee holds today.
    """
    with FLOW.step(proposal, "submit", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        if locked.submitted_at is None:
            stamp(locked)
    names = "、".join(row.member.name for row in locked.proposers.select_related("member"))
    tell(users_with(Can.RECEIVE_PROPOSALS, locked.office), f"{names}提交了提案《{locked}》，请审查。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


def stamp(proposal: Proposal) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    session = current_session(proposal.office, today)
    if session is None:
        raise DomainError(
            f"{proposal.office.short_name}还没有设置今天所在的届次，暂时不能提交。您写的内容可以先保存为草稿，"
            f"并请联系{contact(proposal.office)}。"
        )
    proposal.submitted_at, proposal.session = now, session
    proposal.in_plenary = session.plenary_starts <= today <= session.plenary_ends


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """Before filing only. The office is told, without a link: it no longer sees the text."""
    with FLOW.step(proposal, "withdraw", by=by, reason=reason) as locked:
        pass
    tell(users_with(Can.RECEIVE_PROPOSALS, locked.office), f"{by.name}撤回了提案《{locked}》。")
    return locked


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
        locked.category, locked.filed_at = category, timezone.now()
        locked.case_no = next_number(CaseCounter, session=session_of(locked), highest=lambda: highest_case_no(locked))
    tell(proposers_of(locked), f"您的提案《{locked}》已立案，案号：{locked.full_case_label}。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


def highest_case_no(proposal: Proposal) -> int | None:
    return Proposal.objects.filter(session_id=proposal.session_id).aggregate(last=Max("case_no"))["last"]


def session_of(proposal: Proposal) -> Session:
    return Session.objects.select_related("term").get(pk=proposal.session_id)


@transaction.atomic
def discard(*, proposal: Proposal, by: Any) -> None:
    """Deletes a draft that was never submitted."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    can_edit(by, locked).require()
    if locked.submitted_at is not None:
        raise DomainError("这件提案提交过，不能删除。可以修改后重新提交，或者撤回。")
    record("proposal.discard", locked, by=by)
    locked.delete()


def proposers_of(proposal: Proposal) -> list[Any]:
    """Users of all proposers, for notices."""
    return [row.member.user for row in proposal.proposers.select_related("member__user")]
