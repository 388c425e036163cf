"""年度工作计划: the plan in force as it was approved, or the newest draft marked as such."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from core.errors import DomainError
from core.pdf.blocks import Block, Column, Heading, Signature, Table, number_headings, paragraphs
from organisation.models import Office
from plans import consultation, progress
from plans.enums import PlanState
from plans.models import AnnualPlan, ScheduledItem
from reports.documents import Composition, Document, register


def plan_of(office: Office, year: int) -> AnnualPlan | None:
    """The version in force; before there is one, the newest draft."""
    versions = AnnualPlan.objects.filter(office=office, year=year).prefetch_related("sections", "targets", "items")
    return versions.in_force().first() or versions.order_by("-revision").first()


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Raises DomainError when the office has no plan for the year."""
    plan = plan_of(office, year)
    if plan is None:
        raise DomainError(f"{office.name}还没有{year}年的年度计划，请先录入计划。")
    approved = plan.state == PlanState.APPROVED
    found = Composition(title=plan.title, office=office.name, date="" if approved else "草稿，未经批准")
    found.add(*paragraphs(plan.foreword))
    for section in plan.sections.all():
        found.add(Heading(section.level, section.title), *paragraphs(section.body))
    found.add(*target_part(plan), *schedule_part(plan))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, day_of(plan, as_of)))
    found.figures = {"plan.targets": len(plan.targets.all()), "plan.items": len(plan.items.all())}
    return found


def day_of(plan: AnnualPlan, as_of: datetime) -> date:
    """成文日期: the day of approval; of a draft, the day of printing."""
    return timezone.localtime(plan.approved_at or as_of).date()


def target_part(plan: AnnualPlan) -> list[Block]:
    columns = [Column("序号", 9, "center"), Column("目标", 61), Column("要求", 30, "center")]
    rows = [(number, each.target.text, each.requirement) for number, each in enumerate(progress.of_plan(plan), 1)]
    return [Heading(1, "年度目标"), Table(columns, rows)] if rows else []


def schedule_part(plan: AnnualPlan) -> list[Block]:
    columns = [
        Column("时间", 13, "center"),
        Column("类型", 15, "center"),
        Column("主题及内容", 46),
        Column("参加及组织", 26),
    ]
    type_of = consultation.types()
    rows = [(item.time.text, type_of(item), what(item), who(item)) for item in plan.items.all()]
    return [Heading(1, "月度安排"), Table(columns, rows)] if rows else []


def what(item: ScheduledItem) -> str:
    return f"{item.topic}。{item.content}" if item.content else item.topic


def who(item: ScheduledItem) -> str:
    return "；".join(part for part in (item.participants, item.organisers) if part)


register(Document("annual_plan", "年度工作计划", "计划正文、年度目标和月度安排", compose, ("plan",)))
