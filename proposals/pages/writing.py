"""What the writing page offers and what the receipt says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.urls import reverse

from core.pages import Link
from core.templatetags.ui import cn_datetime
from core.writing import Receipt
from organisation.models import HandlingUnit, Office
from organisation.selectors import contact, offered, root_of, rules
from proposals.defaults import CATEGORY, COLLECTIVE_KIND
from proposals.enums import InvitationState, ProposalKind, ProposalState
from proposals.forms import Offer
from proposals.models import Batch, Proposal
from proposals.pages.heads import WRITE
from proposals.services import Text

FROM_WORD = Link("从 Word 文档导入", "/proposals/new/word/", icon="file-earmark-word")
ASIDE = "一事一案：一件提案只写一件事。\n\n有情况、有分析、有具体建议。\n\n可以从 Word 粘贴，段落会保留。"
WORD_HELP = (
    "文档怎样写能认出来\n\n案由单独一行，例如“关于……的提案”。\n\n各部分用小标题分开：情况、分析、建议，"
    "前面可以有“一、”“二、”。\n\n认不出的文字不会丢，会放在单独的一栏里，由您移到合适的地方。"
)


# --- the writing page ----------------------------------------------------------------------------------------------
def typed(proposal: Proposal | None, running: Sequence[Batch]) -> dict[str, Any]:
    """The proposal as the form's first values; a new one is meant for the collection that is running."""
    if proposal is None:
        return {"batch": running[0].pk} if len(running) == 1 else {}
    return {each.name: getattr(proposal, each.name) for each in fields(Text)} | {"batch": proposal.batch_id}


def offer(office: Office, proposal: Proposal | None, running: Sequence[Batch], posted_batch: str) -> Offer:
    limits = rules(("proposal.attachments", "proposal.attachment_mb", "proposal.suggested_chars"), office)
    return Offer(
        categories=offered(CATEGORY, office, proposal.category if proposal else ""),
        collective_kinds=offered(COLLECTIVE_KIND, office, proposal.collective_kind if proposal else ""),
        batches=batch_choices(office, running, {posted_batch, str(proposal.batch_id) if proposal else ""}),
        attachments=attached(proposal) if proposal else [],
        units=HandlingUnit.objects.filter(office=root_of(office), is_active=True).values_list("name", flat=True),
        limits=f"pdf、docx、xlsx、pptx 或图片；最多 {limits['proposal.attachments']} 个，"
        f"每个不超过 {limits['proposal.attachment_mb']} MB。",
        suggested=limits["proposal.suggested_chars"],
    )


def batch_choices(office: Office, running: Sequence[Batch], kept: set[str]) -> list[tuple[int, str]]:
    """Open ones, and those already chosen: that a closed one takes nothing any more is said when it is submitted."""
    found = list(running)
    others = {int(pk) for pk in kept if pk.isdecimal() and len(pk) < 19} - {each.pk for each in found}
    found += Batch.objects.filter(office=root_of(office), pk__in=others) if others else []
    return [(each.pk, batch_label(each)) for each in found]


def batch_label(batch: Batch) -> str:
    return f"{batch}（{cn_datetime(batch.closes_at)}截止）" if batch.is_open else f"{batch}（已截止）"


def attached(proposal: Proposal) -> list[tuple[int, str]]:
    rows = proposal.attachments.select_related("file")
    return [(row.pk, f"{row.file.original_name}（{size_text(row.file.size)}）") for row in rows]


def size_text(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def aside(running: Sequence[Batch]) -> str:
    """Advice, and what is being collected at the moment with the topics the committee hopes for."""
    calls = [
        f"正在征集：{each}，{cn_datetime(each.closes_at)}截止。" + (f"参考选题：\n{each.topics}" if each.topics else "")
        for each in running
    ]
    return "\n\n".join([ASIDE, *calls])


def needs_people(proposal: Proposal | None, kind: str) -> bool:
    """Whether others must sign before it can be handed in: then the next step is choosing them."""
    if kind != ProposalKind.JOINT or proposal is None:
        return kind in (ProposalKind.JOINT, ProposalKind.COLLECTIVE)
    rows = proposal.invitations.all()
    return proposal.proposers.count() < 2 or any(row.state == InvitationState.CHOSEN for row in rows)


def submit_label(proposal: Proposal | None) -> str:
    if proposal is None or not needs_people(proposal, proposal.kind):
        return "提交提案"
    return "下一步：选召集人" if proposal.kind == ProposalKind.COLLECTIVE else "下一步：选联名人"


def writing_links(proposal: Proposal) -> list[Link]:
    found = [Link("历史版本", reverse("proposal_versions", args=[proposal.pk]), icon="clock-history")]
    if proposal.kind != ProposalKind.INDIVIDUAL:
        found.insert(0, Link("署名", reverse("proposal_people", args=[proposal.pk]), icon="people"))
    return found


# --- the receipt ---------------------------------------------------------------------------------------------------


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
