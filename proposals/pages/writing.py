"""What the receipt and a line of the own list say."""

from __future__ import annotations

from django.urls import reverse

from core.components import Task
from core.pages import Link
from core.templatetags.ui import cn_date
from core.writing import Receipt
from organisation.selectors import contact
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.pages.heads import WRITE


def receipt(proposal: Proposal) -> Receipt:
    office = proposal.office.short_name
    return Receipt(
        number=proposal.receipt_no,
        title=str(proposal),
        at=proposal.submitted_at,
        receiver=office,
        facts=[
            ("提案人", proposal.proposers_label),
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
    return Task(str(proposal), url, note=note, due=proposal.state_label, tone=proposal.tone)
