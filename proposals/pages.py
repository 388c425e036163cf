"""What the pages of one proposal say: head, receipt, detail, own list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.components import Task
from core.pages import Link, Page
from core.templatetags.ui import cn_date, cn_datetime
from core.workflow import history
from core.writing import Paper, Receipt, own_side
from organisation.selectors import code_labels, contact
from proposals.defaults import CATEGORY
from proposals.enums import TONES, ProposalState
from proposals.models import Proposal
from proposals.permissions import can_edit, is_proposer
from proposals.rules import PARTS
from proposals.workflow import FLOW

MINE = ("我的提案", "/proposals/mine/")
WRITE = Link("写提案", "/proposals/new/", "primary", "pencil-square")
#: Steps of the proposer; all others are the office's. Submitting is done on the writing page.
OWN_STEPS = frozenset({"withdraw"})


def crumbs(user: Any, proposal: Proposal, *more: str) -> list[tuple[str, str]]:
    """The way back: to the own proposals for a proposer, to the list for everybody else."""
    top = MINE if is_proposer(user, proposal) else ("提案", reverse("proposal_list"))
    steps = [top, (str(proposal), proposal.get_absolute_url() if more else "")]
    return steps + [(label, "") for label in more]


def head(user: Any, proposal: Proposal) -> Page:
    return Page(
        str(proposal), lead=proposal.full_case_label, breadcrumbs=crumbs(user, proposal),
        badge=proposal.state_label, badge_tone=TONES[ProposalState(proposal.state)],
    )  # fmt: skip


def paper(user: Any, proposal: Proposal) -> Paper:
    events = history(proposal)
    call, title = call_for(user, proposal, events)
    return Paper(
        parts=[(label, getattr(proposal, name)) for name, label in PARTS.items()],
        facts=[(label, value) for label, value in facts(proposal) if value],
        events=events,
        actions=own_side(FLOW, user, proposal, "proposal_act", bool(is_proposer(user, proposal)), OWN_STEPS),
        call=call,
        call_title=title,
        call_tone="warning",
        links=links(user, proposal),
    )


def call_for(user: Any, proposal: Proposal, events: list[Any]) -> tuple[str, str]:
    """What the proposer must know first: why it came back."""
    if proposal.state != ProposalState.RETURNED or not is_proposer(user, proposal):
        return "", ""
    returned = [event for event in events if event.name == "return"]
    return (returned[-1].reason if returned else ""), "请按下面的意见修改，然后重新提交"


def links(user: Any, proposal: Proposal) -> list[Link]:
    if not is_proposer(user, proposal):
        return []
    pk = proposal.pk
    found = []
    if can_edit(user, proposal):
        label = "继续写" if proposal.state == ProposalState.DRAFT else "修改提案"
        found.append(Link(label, reverse("proposal_edit", args=[pk]), "primary", "pencil-square"))
    if proposal.submitted_at:
        found.append(Link("查看回执", reverse("proposal_receipt", args=[pk]), icon="receipt"))
    else:
        found.append(Link("删除草稿", reverse("proposal_discard", args=[pk]), "danger", "trash3", post=True))
    return found


def facts(proposal: Proposal) -> list[tuple[str, Any]]:
    period = "会议期间" if proposal.in_plenary else "闭会期间"
    return [
        ("案号", proposal.full_case_label),
        ("提案人", "、".join(row.member.name for row in proposal.proposers.all())),
        ("联络处", proposal.home_office.short_name),
        ("受理机构", proposal.office.short_name),
        ("类别", proposal.get_kind_display()),
        ("分类", code_labels(CATEGORY).get(proposal.category, proposal.category)),
        ("建议承办单位", proposal.wished_units),
        ("是否同意公开", "同意" if proposal.may_publish else "不同意"),
        ("提交时间", f"{cn_datetime(proposal.submitted_at)}（{period}）" if proposal.submitted_at else ""),
        ("立案时间", cn_datetime(proposal.filed_at)),
    ]


def receipt(proposal: Proposal) -> Receipt:
    office = proposal.office.short_name
    return Receipt(
        number=proposal.receipt_no,
        title=str(proposal),
        at=proposal.submitted_at,
        receiver=office,
        facts=[
            ("提案人", "、".join(row.member.name for row in proposal.proposers.all())),
            ("现在的状态", proposal.state_label),
            *([("案号", proposal.full_case_label)] if proposal.case_no else []),
        ],
        next_steps=next_steps(proposal),
        contact=contact(proposal.office),
        again=Link("再写一件", WRITE.url, icon="pencil-square"),
        back=Link("查看这件提案", proposal.get_absolute_url(), "primary"),
    )


def next_steps(proposal: Proposal) -> list[str]:
    if proposal.state != ProposalState.SUBMITTED:
        return [f"这件提案现在是“{proposal.state_label}”。办理过程请看提案页面。"]
    return [
        f"{proposal.office.short_name}审查提案。立案以后编定案号，结果会在本平台通知您。",
        "如果需要补充，会退回给您并写明理由，改好后再提交即可。",
        "立案以前，您可以在提案页面撤回。",
    ]


def task(proposal: Proposal) -> Task:
    """One line of the proposer's own list; what must be written on opens for writing at once."""
    url = proposal.get_absolute_url()
    if proposal.state == ProposalState.DRAFT:
        url = reverse("proposal_edit", args=[proposal.pk])
    when = f"{cn_date(proposal.submitted_at)}提交" if proposal.submitted_at else f"{cn_date(proposal.updated_at)}保存"
    note = " · ".join(part for part in (proposal.full_case_label, when) if part)
    return Task(str(proposal), url, note=note, due=proposal.state_label, tone=TONES[ProposalState(proposal.state)])
