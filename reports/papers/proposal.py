"""提案: the text as it was handed in; 审查结果通知: filed, merged or not filed, and why."""

from __future__ import annotations

from typing import Any

from core.pdf.blocks import Block, Grid, Heading, Letterhead, Paragraph, Run, Signature
from organisation.selectors import code_labels
from proposals.defaults import CATEGORY
from proposals.enums import FILED, UNSENT, ProposalState
from proposals.models import Proposal
from proposals.rules import PARTS
from reports.documents import Composition
from reports.papers import Making, PaperKind, reading, register
from reports.papers.wording import addressees, asking, case, day_of, named, on, with_everything

NOT_FILED_REASON = "proposal_not_filed_reason"


def load(pk: int, part: int = 0) -> Proposal | None:
    return with_everything(pk)


def newest() -> tuple[int, int] | None:
    pk = Proposal.objects.filter(state__in=FILED).order_by("-filed_at").values_list("pk", flat=True).first()
    return (pk, 0) if pk else None


# --- the proposal itself -------------------------------------------------------------------------------------------
def compose(proposal: Proposal, making: Making) -> Composition:
    found = Composition(title_of(proposal), "")
    if proposal.state in UNSENT:
        found.date = "草稿，未提交"
    found.add(Grid([16, 34, 16, 34], facts(proposal)), *body(proposal))
    return found


def title_of(proposal: Proposal) -> str:
    return proposal.subject if proposal.subject.endswith("提案") else f"{proposal.subject}的提案"


def facts(proposal: Proposal) -> list[list[str]]:
    period = "会议期间" if proposal.in_plenary else "闭会期间"
    rows = [
        ["案号", proposal.full_case_label or "（未编）", "类别", proposal.get_kind_display()],
        ["提案者", proposal.proposers_label],
        ["分类", code_labels(CATEGORY).get(proposal.category, proposal.category), "提交时间",
         f"{on(proposal.submitted_at)}（{period}）" if proposal.submitted_at else ""],
        ["受理机构", proposal.office.short_name, "是否公开", "同意公开" if proposal.may_publish else "不同意公开"],
    ]  # fmt: skip
    return [*rows, ["建议承办\n单位", proposal.wished_units]] if proposal.wished_units else rows


def body(proposal: Proposal, *, first_level: int = 1) -> list[Block]:
    """The three parts under their headings; a part that is empty is left out."""
    made: list[Block] = []
    numbers = iter("一二三四")
    for name, label in PARTS.items():
        if text := getattr(proposal, name):
            number = f"{next(numbers)}、" if first_level == 1 else f"（{next(numbers)}）"
            made += [Heading(first_level, label, number=number), *plain_paragraphs(text)]
    return made


def plain_paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


register(PaperKind("proposal_text", "提案正文", load, reading.visible, compose, newest))


# --- what was decided ------------------------------------------------------------------------------------------------
def sees_decision(user: Any, proposal: Proposal) -> bool:
    """The proposers and the offices, once it is decided."""
    if proposal.state not in FILED and proposal.state != ProposalState.NOT_FILED:
        return False
    sight = reading.Sight(user, proposal)
    return bool(sight.own or sight.reads_all)


def compose_decision(proposal: Proposal, making: Making) -> Composition:
    filed = proposal.state in FILED
    title = f"关于{case(proposal)}予以立案的通知" if filed else f"关于《{proposal.subject}》提案审查结果的通知"
    found = Composition(title, "", head=Letterhead(proposal.office.name))
    found.add(Paragraph(f"{addressees(proposal)}：", indent=False), *decision(proposal))
    day = proposal.filed_at if filed else proposal.decided_at
    found.add(Signature(proposal.office.name, day_of(day) or making.day, sealed=True))
    found.add(*asking(proposal.office))
    return found


def decision(proposal: Proposal) -> list[Block]:
    received = f"您于{on(proposal.submitted_at)}提交的提案《{proposal.subject}》收悉。"
    if proposal.state == ProposalState.MERGED and proposal.merged_into:
        return [
            Paragraph(f"{received}经审查，该提案与{named(proposal.merged_into)}内容相近，决定并案办理。"),
            Paragraph("您仍是提案者，承办单位将向您单独答复，并征求您的意见。"),
        ]
    if proposal.state in FILED:
        category = code_labels(CATEGORY).get(proposal.category, "")
        runs: list[Run] = [received, f"经审查，决定予以立案，案号为{proposal.full_case_label}"]
        return [
            Paragraph([*runs, f"，分类为{category}。" if category else "。"]),
            Paragraph("提案将交由承办单位办理，办理进展和答复会在平台通知您。感谢您对政协工作的关心和支持。"),
        ]
    return not_filed(proposal, received)


def not_filed(proposal: Proposal, received: str) -> list[Block]:
    reason = code_labels(NOT_FILED_REASON).get(proposal.not_filed_reason, proposal.not_filed_reason)
    because = f"理由是：{reason.rstrip('。')}。" if reason else ""
    blocks: list[Block] = [Paragraph(f"{received}经审查，决定不予立案。{because}")]
    if proposal.became:
        blocks.append(Paragraph(f"您反映的意见已转为{proposal.became}，继续研究处理。"))
    return [*blocks, Paragraph("感谢您对政协工作的关心和支持，欢迎继续提出提案和意见建议。")]


register(PaperKind("filing_notice", "审查结果通知", load, sees_decision, compose_decision, newest))
