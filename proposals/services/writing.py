"""Writing and handing in. `by` is the acting user; audit rows and notices are written in the same transaction."""

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
from organisation.selectors import contact, current_session, root_of, users_with
from proposals import rules
from proposals.enums import ProposalState
from proposals.models import Proposal, Proposer, SerialCounter
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
        stamp(locked)
    tell_office(locked)
    return locked


def tell_office(proposal: Proposal) -> None:
    text = f"{proposal.proposers_label}提交了提案《{proposal}》，请审查。"
    tell(users_with(Can.RECEIVE_PROPOSALS, proposal.office), text, url=proposal.get_absolute_url())


def stamp(proposal: Proposal) -> None:
    """Time, session, plenary and serial number of the first submission; nothing when it was handed in before."""
    if proposal.submitted_at is not None:
        return
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
    proposal.serial_no = next_number(SerialCounter, session=session, highest=lambda: highest("serial_no", session.pk))


def highest(field: str, session_id: int) -> int | None:
    """The highest number given in the session until now."""
    return Proposal.objects.filter(session_id=session_id).aggregate(last=Max(field))["last"]


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """Before filing only. The office is told, without a link: it no longer sees the text."""
    with FLOW.step(proposal, "withdraw", by=by, reason=reason) as locked:
        pass
    tell(users_with(Can.RECEIVE_PROPOSALS, locked.office), f"{by.name}撤回了提案《{locked}》。")
    return locked


@transaction.atomic
def discard(*, proposal: Proposal, by: Any) -> None:
    """Deletes a draft that was never submitted."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    can_edit(by, locked).require()
    if locked.submitted_at is not None:
        raise DomainError("这件提案提交过，不能删除。可以修改后重新提交，或者撤回。")
    record("proposal.discard", locked, by=by)
    locked.delete()
