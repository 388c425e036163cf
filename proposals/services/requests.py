"""After the office has taken it up: the proposer asks for a change of the text or for 撤案, the office decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core import textversions
from core.errors import DomainError, StateChanged
from core.versions import editing
from notices.services import tell
from organisation.selectors import users_with
from proposals.enums import RequestKind, RequestState
from proposals.models import ChangeRequest, Proposal
from proposals.permissions import MAY_ASK, can_ask, can_decide
from proposals.services.leaving import leave
from proposals.services.people import locking, proposers_of
from proposals.services.writing import texts_of
from proposals.workflow import FLOW
from similar.services import index


def ask_office(*, proposal: Proposal, kind: str, reason: str, by: Any, texts: Mapping[str, str] | None = None,
               version: int | None = None) -> ChangeRequest:  # fmt: skip
    """One request at a time. `texts`: the whole text as it should be. Raises Denied, DomainError."""
    with locking(proposal) as locked:
        can_ask(by, locked, kind).require()
        if version is not None and locked.version != version:
            raise StateChanged("正文刚刚有改动，请刷新后看过最新内容再申请。")
        if not reason.strip():
            raise DomainError("请填写理由。", field="reason")
        if locked.change_requests.filter(state=RequestState.REQUESTED).exists():
            raise DomainError("已经有一份申请在等办公室答复，答复后才能再申请。")
        wanted = {name: text for name, text in (texts or {}).items() if texts_of(locked).get(name) != text}
        if kind == RequestKind.CHANGE and not wanted:
            raise DomainError("正文没有改动。请先改好正文再申请。")
        request = ChangeRequest.objects.create(
            proposal=locked, kind=kind, reason=reason.strip(), texts=wanted, by=by, state=RequestState.REQUESTED
        )
        record("proposal.ask", locked, by=by, detail={"kind": kind, "fields": sorted(wanted)})
    tell(users_with(Can.RECEIVE_PROPOSALS, locked.office), f"{by.name}申请{request.get_kind_display()}：《{locked}》。",
         url=locked.get_absolute_url())  # fmt: skip
    return request


@transaction.atomic
def decide(*, request: ChangeRequest, grant: bool, answer: str, by: Any) -> ChangeRequest:
    """Grants (the text is replaced, or the proposal withdrawn; its numbers stay used) or refuses with a reason.

    Raises Denied, DomainError; StateChanged when it was decided, or the proposal has gone on too far meanwhile.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=request.proposal_id)
    locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    can_decide(by, proposal).require()
    if locked.state != RequestState.REQUESTED:
        raise StateChanged(f"这份申请已经有结果：{locked.get_state_display()}。")
    if not grant and not answer.strip():
        raise DomainError("请写明不同意的理由。", field="answer")
    if grant:
        carry_out(locked, proposal, by=by)
    locked.state = RequestState.GRANTED if grant else RequestState.REFUSED
    locked.decided_by, locked.decided_at, locked.answer = by, timezone.now(), answer.strip()
    locked.save()
    record("proposal.answer_request", proposal, by=by, detail={"kind": locked.kind, "answer": locked.state})
    tell_proposers(locked, proposal)
    return locked


def carry_out(request: ChangeRequest, proposal: Proposal, *, by: Any) -> None:
    if proposal.state not in MAY_ASK[RequestKind(request.kind)]:
        raise StateChanged(f"提案现在是“{proposal.state_label}”，不能再{request.get_kind_display()}。")
    if request.kind == RequestKind.WITHDRAW:
        with FLOW.step(proposal, "allow_withdrawal", by=by, reason=request.reason) as locked:
            leave(locked, by)
        return
    with editing(proposal, version=None, by=by) as changed:
        before = texts_of(changed)
        for name, text in request.texts.items():
            setattr(changed, name, text)
        textversions.keep(changed, texts_of(changed), by=request.by, before=before, note="经办公室同意修改")
    index(kind="proposals", pk=proposal.pk)


def tell_proposers(request: ChangeRequest, proposal: Proposal) -> None:
    """All of them: a changed or withdrawn text is everybody's who signed it."""
    why = f"：{request.answer}" if request.state == RequestState.REFUSED else "。"
    words = f"办公室{request.get_state_display()}{request.get_kind_display()}：《{proposal}》{why}"
    people = proposers_of(proposal) if request.state == RequestState.GRANTED else [request.by]
    tell(people, words, url=proposal.get_absolute_url())
