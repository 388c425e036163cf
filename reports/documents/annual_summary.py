"""年度工作总结 and 半年工作小结: what the plan asked for and what the records say, in sentences and tables.

Every number is counted by the function the dashboards use and kept in the report under its key; a sentence about
something that did not occur is left out.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from activities.figures import year_figures
from core.clock import Span, chinese_date
from core.pdf.blocks import Block, Column, Heading, Paragraph, ProgressTable, Run, Signature, Table, number_headings
from core.pdf.blocks import Progress as Bar
from organisation.models import Office
from organisation.selectors import descend
from plans import progress
from plans.figures import Progress
from plans.models import AnnualPlan
from plans.schedule import Standing, standing
from plans.selectors import in_force
from reports.documents import Composition, Document, register
from reports.documents.asking import call_passage, survey_passage
from reports.documents.handling import handling_passage
from reports.documents.passages import (
    Scope,
    activity_passage,
    joined,
    opinion_passage,
    plain,
    proposal_passage,
    result_passage,
    share,
)


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """The whole year of the office and the offices below it; before 31 December, what the records say so far."""
    today = timezone.localtime(as_of).date()
    lead = "今年以来" if until(year, today) else "全年"
    found = Composition(title=f"{office.name}{year}年工作总结", office=office.name, date=until(year, today))
    plan = in_force(office, year)
    standings = progress.of_plan(plan) if plan else []
    fill(found, Scope(frozenset(descend(office.pk)), Span.year(year), lead), plan, standings)
    found.add(*schedule_passage(found, plan), *gap_passage(found, standings))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, today))
    return found


def compose_half(office: Office, year: int, as_of: datetime) -> Composition:
    """January to June: records up to 30 June, targets judged by where the line stood on that day."""
    today, half = timezone.localtime(as_of).date(), Span.months(year, 1, 6)
    date_line = f"数据截至{chinese_date(today)}" if today < half.last else ""
    found = Composition(title=f"{office.name}{year}年上半年工作小结", office=office.name, date=date_line)
    plan = in_force(office, year)
    standings = progress.of_plan(plan, as_of=min(today, half.last)) if plan else []
    fill(found, Scope(frozenset(descend(office.pk)), half, "上半年"), plan, standings)
    found.add(*gap_passage(found, standings))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, today))
    return found


def fill(found: Composition, scope: Scope, plan: AnnualPlan | None, standings: list[Progress]) -> None:
    """What both say."""
    found.add(*target_passage(found, plan, standings))
    year = year_figures(scope.office_ids, scope.span)
    found.add(*activity_passage(found, scope, year), *result_passage(found, year))
    found.add(*proposal_passage(found, scope), *handling_passage(found, scope), *opinion_passage(found, scope))
    found.add(*call_passage(found, scope), *survey_passage(found, scope))


def until(year: int, today: date) -> str:
    """Below the title, as long as the year is not over: up to which day the records go."""
    return f"数据截至{chinese_date(today)}" if today < date(year, 12, 31) else ""


# --- targets -----------------------------------------------------------------------------------------------------
def target_passage(found: Composition, plan: AnnualPlan | None, standings: list[Progress]) -> list[Block]:
    head = Heading(1, "年度目标完成情况")
    if not standings:
        return [head, Paragraph("本年度没有可供对照的年度目标。")]
    met = sum(each.met for each in standings)
    runs: list[Run] = [
        f"《{plan.title}》确定年度目标", found.figure("targets", len(standings), "项"),
        "，已完成", found.figure("targets.met", met, "项"),
        "，完成率", found.figure("targets.rate", share(met, len(standings)), "%"), "。",
    ]  # fmt: skip
    for number, each in enumerate(standings, 1):
        found.figure(f"target.{number}", plain(each.done), each.unit, each.target.text)
    return [head, Paragraph(runs), ProgressTable([bar(each) for each in standings if each.goal], "年度目标完成情况表")]


def bar(each: Progress) -> Bar:
    unit = each.coverage.noun if each.coverage else each.unit
    return Bar(each.target.text, plain(each.goal), plain(each.done), unit)


def gap_passage(found: Composition, standings: list[Progress]) -> list[Block]:
    """What is still open, so that nobody has to look for it in the table."""
    open_ones = [each for each in standings if each.countable and each.amount is not None and not each.met]
    if not open_ones:
        return []
    listed = joined(([f"{each.target.text}（{each.missing_text or each.state_label}）"] for each in open_ones), "；")
    runs: list[Run] = ["尚有", found.figure("targets.open", len(open_ones), "项"), "目标没有完成：", *listed, "。"]
    return [
        Heading(1, "存在的差距"),
        Paragraph(runs),
        Paragraph("下一步，将对照差距逐项明确时间、责任人和措施，抓好落实。"),
    ]


# --- schedule ----------------------------------------------------------------------------------------------------
def schedule_passage(found: Composition, plan: AnnualPlan | None) -> list[Block]:
    items = list(plan.items.select_related("plan")) if plan else []
    if not items:
        return []
    rows = standing(items)
    done = sum(each.is_done for each in rows)
    runs: list[Run] = [
        "计划安排事项", found.figure("items", len(rows), "项"), "，已开展", found.figure("items.done", done, "项"),
        "，落实率", found.figure("items.rate", share(done, len(rows)), "%"), "。",
    ]  # fmt: skip
    columns = [Column("计划时间", 18, "center"), Column("安排事项", 46), Column("落实情况", 36)]
    return [
        Heading(1, "月度安排落实情况"),
        Paragraph(runs),
        Table(
            columns,
            [(each.item.time.text, each.item.topic, outcome(each)) for each in rows],
            caption="月度安排落实情况表",
        ),
    ]


def outcome(each: Standing) -> str:
    dates = "、".join(f"{record.date.month}月{record.date.day}日" for record in each.records)
    label = f"{each.label}（{dates}）" if dates and each.is_done else each.label
    return "。".join(part for part in (label, each.note) if part)


register(
    Document(
        "annual_summary",
        "年度工作总结",
        "目标完成情况、活动、提案、社情民意和月度安排落实情况，按记录自动成文",
        compose,
    )
)
register(
    Document(
        "half_year_summary",
        "半年工作小结",
        "一月至六月的目标进度、活动、提案和社情民意，按记录自动成文",
        compose_half,
    )
)
