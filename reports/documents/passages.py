"""Passages that several documents share: what was done, in sentences and tables, counted from the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from activities import figures as activity_figures
from activities.defaults import QUANTITY
from activities.enums import CAME
from activities.figures import Figures, YearFigures
from activities.measures import type_units, unit_in
from core.breakdown import Share
from core.clock import Span
from core.pdf.blocks import Bars, Block, Column, Heading, Paragraph, Run, Table
from opinions import selectors as opinions
from organisation.selectors import code_labels
from proposals import selectors as proposals
from proposals.enums import Stage
from proposals.models import Proposal
from reports.documents import Composition


@dataclass(frozen=True)
class Scope:
    """Whose records, of which days."""

    office_ids: frozenset[int]
    span: Span
    #: How a sentence begins: 全年, or 今年以来 as long as the year is not over.
    lead: str = "全年"


def plain(value: Decimal | int | float) -> int | float:
    """12.00 → 12, 2.50 → 2.5."""
    return int(value) if value == int(value) else float(value)


def joined(parts: Iterable[Sequence[Run]], between: str = "、") -> list[Run]:
    """Runs of runs with a mark between them."""
    found: list[Run] = []
    for part in parts:
        found += [between, *part] if found else part
    return found


def share(part: int, whole: int) -> int:
    """Whole per cent, rounded down, so that 100 means all."""
    return part * 100 // whole if whole else 0


# --- activities --------------------------------------------------------------------------------------------------
def activity_passage(found: Composition, scope: Scope, year: YearFigures) -> list[Block]:
    total = year.total
    if not total.count:
        return [Heading(1, "履职活动开展情况"), Paragraph(f"{scope.lead}没有已开展的活动记录。")]
    first: list[Run] = [
        f"{scope.lead}开展各类活动", found.figure("activities", total.count, "次"), "，",
        "参加活动的委员达", found.figure("activities.person_times", total.came, "人次"),
        "，涉及委员", found.figure("activities.members", year.members, "人"), "。其中",
        *joined([of.label, found.figure(f"activities.{key}", of.count, "次")] for key, of in year.by_type.items()),
        "。",
    ]  # fmt: skip
    blocks: list[Block] = [Heading(1, "履职活动开展情况"), Paragraph(first)]
    blocks += [
        Paragraph(runs) for runs in (turnout(found, total), quantities(found, total), unplanned(found, year)) if runs
    ]
    months = [(each.label, each.count) for each in year.by_month.values()]
    return [*blocks, type_table(found, year), Bars("各月活动次数", months, "次"), activity_table(scope)]


def type_table(found: Composition, year: YearFigures) -> Table:
    """Each type with its attendance and quantities (集中学习 48 小时, 参学率 100%)."""
    rows = []
    for code, of in year.by_type.items():
        came = (
            found.figure(f"activities.{code}.{key}", plain(value), unit, of.label)
            for key, value, unit in (("due", of.due, "人次"), ("came", of.came, "人次"), ("rate", of.rate or 0, "%"))
        )
        due, there, rate = (str(each.value) for each in came) if of.due else ("", "", "")
        rows.append((of.label, of.count, due, there, rate and f"{rate}%", amounts(found, code, of)))
    columns = [
        Column("类型", 24),
        Column("次数", 11, "center"),
        Column("应到", 11, "center"),
        Column("实到", 11, "center"),
        Column("到会率", 13, "center"),
        Column("时长和数量", 30),
    ]
    return Table(columns, rows, caption="各类活动情况表")


def amounts(found: Composition, code: str, of: Figures) -> str:
    """48小时、16户: only what occurred."""
    given = (
        ("hours", of.hours, "小时"),
        ("households", of.households, "户"),
        ("copies", of.copies, "份"),
        ("amount", of.amount, "元"),
    )
    kept = [
        found.figure(f"activities.{code}.{key}", plain(value), unit, of.label) for key, value, unit in given if value
    ]
    return "、".join(f"{each.value}{each.unit}" for each in kept)


def turnout(found: Composition, total: Figures) -> list[Run]:
    if not total.due:
        return []
    return [
        "活动应到委员", found.figure("activities.due", total.due, "人次"),
        "，实到", found.figure("activities.person_times", total.came, "人次"),
        "，到会率", found.figure("activities.rate", plain(total.rate or 0), "%"), "。",
    ]  # fmt: skip


def quantities(found: Composition, total: Figures) -> list[Run]:
    """What was handed out, visited, given: only what occurred."""
    given = [
        ("累计时长", "hours", total.hours, "小时"),
        ("走访群众", "households", total.households, "户"),
        ("发放资料", "copies", total.copies, "份"),
        ("捐助资金", "amount", total.amount, "元"),
    ]
    parts = [
        [words, found.figure(f"activities.{key}", plain(value), unit)] for words, key, value, unit in given if value
    ]
    return [*joined(parts, "，"), "。"] if parts else []


def unplanned(found: Composition, year: YearFigures) -> list[Run]:
    if not year.unplanned:
        return []
    return ["在计划安排之外，根据工作需要增加活动", found.figure("activities.unplanned", year.unplanned, "次"), "。"]


def activity_table(scope: Scope) -> Table:
    """Every activity of the span with who came, the earliest first."""
    came = Count("attendances", filter=Q(attendances__state__in=CAME))
    held = activity_figures.records(scope.office_ids, scope.span).select_related("type")
    rows = [
        (day(each.starts_at), each.type.label, each.title, each.came)
        for each in held.annotate(came=came).order_by("starts_at", "pk")
    ]
    columns = [
        Column("日期", 16, "center"),
        Column("类型", 18, "center"),
        Column("活动名称", 50),
        Column("人次", 16, "center"),
    ]
    return Table(columns, rows, caption="活动开展情况一览表")


# --- what came of it -------------------------------------------------------------------------------------------------
def result_passage(found: Composition, year: YearFigures) -> list[Block]:
    """What the work came to (结对, 整改措施, 获奖 …) and what was written down beside activities, in the order of the
    lists; nothing when there is nothing.
    """
    known = code_labels(QUANTITY) if year.results else {}
    labels = {code: label for code, label in known.items() if year.results.get(code)}
    came_to = joined(
        [*named(label), found.figure(f"results.{code}", plain(year.results[code]), unit_in(label))]
        for code, label in labels.items()
    )
    units = type_units() if year.registers else {}
    written = joined(
        [of.label, found.figure(f"activities.{code}", of.count, units.get(code, "项"))]
        for code, of in year.registers.items()
    )
    paragraphs = [Paragraph(["工作成果：", *came_to, "。"])] if came_to else []
    paragraphs += [Paragraph(["形成和登记的材料、事项：", *written, "。"])] if written else []
    return [Heading(1, "工作成果"), *paragraphs] if paragraphs else []


def named(label: str) -> list[Run]:
    """结成帮扶对子（对） → 结成帮扶对子."""
    unit = unit_in(label)
    return [label.removesuffix(f"（{unit}）") if unit else label]


# --- proposals ---------------------------------------------------------------------------------------------------
def proposal_passage(found: Composition, scope: Scope) -> list[Block]:
    year = proposals.year_figures(scope.office_ids, scope.span)
    head = Heading(1, "提案工作")
    if not (year.collected or year.filed):
        return [head, Paragraph(f"{scope.lead}没有提交提案的记录。")]
    runs: list[Run] = [
        f"{scope.lead}征集提案", found.figure("proposals", year.collected, "件"),
        "，经审查立案", found.figure("proposals.filed", year.filed, "件"),
        "，立案率", found.figure("proposals.rate", plain(year.filing_rate or 0), "%"), "。",
        *by_category(found, "proposals", year.by_category, "件"),
    ]  # fmt: skip
    chart = category_chart("提案分类情况", year.by_category, "件")
    return [head, Paragraph(runs), *chart, Paragraph(proposals.RATE_DEFINITION), *filed_table(scope)]


def by_category(found: Composition, key: str, shares: Sequence[Share], unit: str) -> list[Run]:
    parts = [[each.label, found.figure(f"{key}.category.{each.key}", each.total, unit)] for each in shares]
    return ["按内容分，", *joined(parts), "。"] if parts else []


def category_chart(title: str, shares: Sequence[Share], unit: str) -> list[Block]:
    return [Bars(title, [(each.label, each.total) for each in shares], unit)] if shares else []


def filed_table(scope: Scope) -> list[Block]:
    """The cases filed in the span by number."""
    cases = proposals.counted(proposals.of_offices(Proposal.objects.all(), scope.office_ids), Stage.FILED, scope.span)
    rows = [
        (each.case_label, each.subject, "、".join(person.member.name for person in each.proposers.all()))
        for each in proposals.with_people(cases).order_by("session__starts", "case_no")
    ]
    columns = [Column("案号", 16, "center"), Column("案由", 60), Column("提案者", 24)]
    return [Table(columns, rows, caption="立案提案一览表")] if rows else []


# --- opinions ----------------------------------------------------------------------------------------------------
def opinion_passage(found: Composition, scope: Scope) -> list[Block]:
    year = opinions.year_figures(scope.office_ids, scope.span)
    head = Heading(1, "社情民意信息")
    if not (year.submitted or year.accepted):
        return [head, Paragraph(f"{scope.lead}没有报送社情民意信息的记录。")]
    runs: list[Run] = [
        f"{scope.lead}收到委员报送社情民意信息", found.figure("opinions", year.submitted, "条"),
        "，采用", found.figure("opinions.accepted", year.accepted, "条"), "。",
        *by_category(found, "opinions", year.by_category, "条"),
    ]  # fmt: skip
    return [head, Paragraph(runs), *category_chart("社情民意信息分类情况", year.by_category, "条")]


def day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日"
