"""上半年、下半年工作计划: the months of one half from the year's plan, and what its targets ask by the end of it."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_UP, Decimal
from functools import partial

from core.errors import DomainError
from core.pdf.blocks import Block, Column, Heading, Paragraph, Signature, Table, number_headings
from organisation.models import Office
from plans import consultation, progress
from plans.enums import Metric, Operator, Period, PlanState, Scope
from plans.figures import Progress, number
from plans.models import AnnualPlan
from plans.pages import items as item_pages
from plans.schedule import Standing
from reports.documents import Composition, Document, register
from reports.documents.annual_plan import day_of, plan_of, what, who

HALVES = {"first": ("上半年", range(1, 7)), "second": ("下半年", range(7, 13))}
#: Amounts that add up over the year and may be divided.
DIVISIBLE = frozenset({Metric.RECORDS, Metric.PERSON_TIMES, Metric.HOURS, Metric.AMOUNT, Metric.HOUSEHOLDS,
                       Metric.COPIES})  # fmt: skip

#: How often a period comes in half a year.
TIMES = {Period.HALF_YEAR: 1, Period.QUARTER: 2, Period.TWO_MONTHS: 3, Period.MONTH: 6, Period.TEN_DAYS: 18}


def compose(office: Office, year: int, as_of: datetime, *, half: str) -> Composition:
    """Raises DomainError when the office has no plan for the year."""
    plan = plan_of(office, year)
    if plan is None:
        raise DomainError(f"{office.name}还没有{year}年的年度计划，请先录入计划。")
    name, months = HALVES[half]
    approved = plan.state == PlanState.APPROVED
    found = Composition(f"{office.short_name}{year}年{name}工作计划", office.name, "" if approved else "草稿，未经批准")
    items = [each for each in item_pages.standings_of(plan) if falls(each, months) and not each.is_dropped]
    count = found.figure("items", len(items), "项")
    found.add(Paragraph([f"按照《{plan.title}》，{name}安排工作", count, "，目标和月度安排如下。"]))
    found.add(*target_part(found, plan, name), *schedule_part(items))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, day_of(plan, as_of)))
    return found


def falls(each: Standing, months: range) -> bool:
    """Whether some of its days lie in the half; a moved item where it was moved to."""
    span = each.span
    return span.first.month <= months[-1] and span.last.month >= months[0]


# --- targets -------------------------------------------------------------------------------------------------------
def target_part(found: Composition, plan: AnnualPlan, name: str) -> list[Block]:
    figures = progress.of_plan(plan)
    found.figures["targets"] = len(figures)
    rows = [(place, each.target.text, each.requirement, portion(each, name)) for place, each in enumerate(figures, 1)]
    columns = [Column("序号", 9, "center"), Column("目标", 41), Column("全年要求", 25, "center"),
               Column(name, 25, "center")]  # fmt: skip
    return [Heading(1, f"{name}目标"), Table(columns, rows)] if rows else []


def portion(figure: Progress, name: str) -> str:
    """What the half asks: a yearly amount up to its end halved upwards, one of shorter periods for its months."""
    target = figure.target
    if target.amount is None:
        return "数量待定"
    if target.operator == Operator.AT_MOST or target.metric not in DIVISIBLE or figure.problem:
        return "按全年要求"
    unit = figure.unit
    if target.period == Period.YEAR:
        if name == "下半年":
            return "完成全年要求"
        return f"不少于{number(half_of(target.amount))}{unit}{each_words(target.scope)}"
    if times := TIMES.get(Period(target.period)):
        return f"{number(target.amount * times)}{unit}{each_words(target.scope)}"
    return "按全年要求"


def half_of(amount: Decimal) -> Decimal:
    return (amount / 2).quantize(Decimal(1), rounding=ROUND_UP)


def each_words(scope: str) -> str:
    return "" if scope == Scope.OFFICE else f"（{Scope(scope).label}）"


# --- schedule ------------------------------------------------------------------------------------------------------
def schedule_part(items: list[Standing]) -> list[Block]:
    columns = [Column("时间", 15, "center"), Column("类型", 15, "center"), Column("主题及内容", 44),
               Column("参加及组织", 26)]  # fmt: skip
    type_of = consultation.types()
    rows = [
        (each.time.text, type_of(each.item), what(each.item), who(each.item))
        for each in sorted(items, key=lambda each: (each.span.first, each.item.order))
    ]
    return [Heading(1, "月度安排"), Table(columns, rows)] if rows else []


for half, (name, _) in HALVES.items():
    register(
        Document(f"half_plan_{half}", f"{name}工作计划", f"年度计划中{name}的目标和安排", partial(compose, half=half),
                 ("plan",))
    )  # fmt: skip
