"""我的提案: what is asked of the member, what is being written, what has been handed in, each with its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from core.components import Task
from core.registry import Registry
from core.templatetags.ui import cn_date, cn_datetime
from core.writing import unfinished
from proposals.enums import WRITABLE, InvitationState, ProposalKind
from proposals.enums import ProposalState as S
from proposals.models import Proposal
from proposals.permissions import can_write, is_lead
from proposals.selectors import asked_of, changed_since_signed, with_people

#: What further apps ask a proposer to do: user -> {primary key of a proposal: the request in words}.
wishes: Registry[Callable[[Any], dict[int, str]]] = Registry("requests to proposers")

#: What happens next with what was handed in, said to its proposer.
NEXT = {
    S.SUBMITTED: "办公室正在初审",
    S.IN_REVIEW: "等待审查决定",
    S.NOT_FILED: "请看不予立案的理由",
    S.MERGED: "和主案一起办理，分别答复",
    S.FILED: "等待交办",
    S.DISPATCHED: "等承办单位签收",
    S.HANDLING: "承办单位会与您联系",
    S.REPLIED: "答复已送到",
    S.REHANDLING: "承办单位重新办理",
    S.FOLLOW_UP: "承诺的事项正在跟踪",
}


def wished(user: Any) -> dict[int, str]:
    return {pk: words for wish in wishes for pk, words in wish(user).items()}


def waits(user: Any, wanted: dict[int, str]) -> Callable[[Proposal], bool]:
    """Whether the next step is the user's: the first proposer writes, asks, submits when all have answered; all do
    what is `wanted` of them (`wished`).
    """

    def own_turn(proposal: Proposal) -> bool:
        if proposal.pk in wanted:
            return True
        open_to_me = proposal.state in WRITABLE or (proposal.state == S.COSIGNING and not waiting_words(proposal))
        return open_to_me and bool(is_lead(user, proposal))

    return own_turn


def task(user: Any, wanted: dict[int, str]) -> Callable[[Proposal], Task]:
    """One line per proposal; what must be written on opens for writing at once."""

    def line(proposal: Proposal) -> Task:
        leads = bool(is_lead(user, proposal))
        when = (
            f"{cn_date(proposal.submitted_at)}提交" if proposal.submitted_at else f"{cn_date(proposal.updated_at)}保存"
        )
        say = wanted.get(proposal.pk) or next_step(proposal, leads)
        note = " · ".join(part for part in (proposal.full_case_label, when, say) if part)
        return Task(str(proposal), address(proposal, leads), note=note, due=proposal.state_label, tone=proposal.tone)

    return line


def address(proposal: Proposal, leads: bool) -> str:
    if leads and proposal.state == S.DRAFT:
        return reverse("proposal_edit", args=[proposal.pk])
    if leads and proposal.state == S.COSIGNING:
        return reverse("proposal_people", args=[proposal.pk])
    return proposal.get_absolute_url()


def next_step(proposal: Proposal, leads: bool) -> str:
    if proposal.state in WRITABLE and not leads:
        return "第一提案人正在修改"
    if proposal.state == S.DRAFT:
        return "写完后请人联名" if proposal.kind == ProposalKind.JOINT else "写完后提交"
    if proposal.state == S.RETURNED:
        return "请看退回理由，改好后重新提交"
    if proposal.state == S.COSIGNING:
        return waiting_words(proposal) or ("可以提交" if leads else "等第一提案人提交")
    if proposal.state == S.ORG_SIGN:
        return f"等召集人{proposal.convenor or ''}签署"
    return NEXT.get(S(proposal.state), "")


def waiting_words(proposal: Proposal) -> str:
    """“等 2 人确认，2026年6月3日 23:59截止”, or empty when nobody is asked any more."""
    rows = [row for row in proposal.invitations.all() if row.is_waiting]
    return f"等 {len(rows)} 人确认，{cn_datetime(max(row.expires_at for row in rows))}截止" if rows else ""


def first(user: Any) -> list[Task]:
    """What waits beside the proposals themselves: signatures asked for, the new text that was never saved."""
    new = unfinished(user, "proposals.write", reverse("proposal_new"), "（还没有写案由）") if can_write(user) else []
    return [*asked(user), *new]


def asked(user: Any) -> list[Task]:
    """What others wait for: signatures, and a second look at what was changed after signing."""
    found = [asked_task(user, each) for each in with_people(asked_of(user)).select_related("convenor")]
    return found + [
        Task(
            str(each), each.get_absolute_url(), note="您同意联名以后正文有改动，请看一看", due="请确认", tone="warning"
        )
        for each in changed_since_signed(user)
    ]


def asked_task(user: Any, proposal: Proposal) -> Task:
    url, label = proposal.get_absolute_url(), proposal.proposers_label
    if proposal.state == S.ORG_SIGN:
        return Task(str(proposal), url, note=f"{label} · 请您以召集人身份签署", due="待签署", tone="warning")
    row = next(row for row in proposal.invitations.all() if row.member_id == user.member.pk)
    note = f"{label}请您联名 · {cn_datetime(row.expires_at)}截止"
    return Task(str(proposal), url, note=note, due=InvitationState.PENDING.label, tone="warning")
