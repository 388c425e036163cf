"""年度协商计划: the items of the plan that have a form of consultation, by form, with their number."""

from __future__ import annotations

from datetime import datetime

from core.errors import DomainError
from core.pdf.blocks import Block, Heading, Paragraph, Signature, number_headings, paragraphs
from organisation.models import Office
from plans import consultation
from plans.consultation import FormGroup
from plans.enums import PlanState
from plans.pages import items as item_pages
from plans.schedule import Standing
from reports.documents import Composition, Document, register
from reports.documents.annual_plan import day_of, plan_of


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Raises DomainError when the plan of the year has no consultations."""
    plan = plan_of(office, year)
    groups = consultation.by_form(item_pages.standings_of(plan)) if plan else []
    if plan is None or not groups:
        raise DomainError(f"{office.name}{year}年的计划里没有协商活动。请在月度安排里给协商活动选好协商形式。")
    approved = plan.state == PlanState.APPROVED
    found = Composition(f"{office.name}\n{year}年度协商计划", "", "" if approved else "草稿，未经批准")
    count = found.figure("consultations", sum(len(group.standings) for group in groups), "项")
    runs = [f"{year}年安排重点协商活动", count, "，其中"]
    for place, group in enumerate(groups):
        number = found.figure(f"consultations.{group.code}", len(group.standings), "项")
        runs += ["、" if place else "", f"{group.label}", number]
    found.add(Paragraph([*runs, "。具体安排如下。"]))
    for group in groups:
        found.add(Heading(1, group.title), *(block for each in group.standings for block in lines(group, each)))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, day_of(plan, as_of)))
    return found


def lines(group: FormGroup, each: Standing) -> list[Block]:
    """One consultation: its topic as a heading, then what, when, who, by whom."""
    item = each.item
    told = [
        (group.content_label, item.content), ("时间", when(each)),
        ("参加人员", item.participants), ("组织单位", "、".join(item.organiser_list)),
    ]  # fmt: skip
    blocks: list[Block] = [Heading(2, item.topic)]
    for label, text in told:
        first, *rest = paragraphs(text) or [None]
        if first is not None:
            blocks += [Paragraph(f"{label}：{first.runs}"), *rest]
    return blocks


def when(each: Standing) -> str:
    """The approved time; what was decided since is added, never put in its place."""
    return f"{each.item.time.text}（{each.note}）" if each.note else each.item.time.text


register(Document("consultation_plan", "年度协商计划", "按协商形式列出的协商议题、时间、参加人员和组织单位", compose,
                  ("consultation",)))  # fmt: skip
