"""年度工作计划汇总: the plans in force of an office and all below it, rolled up into one document."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from core.errors import DomainError
from core.pdf.blocks import Block, Column, Heading, Paragraph, Signature, Table, number_headings
from organisation.models import Office
from plans import consultation, rollup
from plans.figures import Progress
from plans.rollup import OfficeLine
from reports.documents import Composition, Document, register
from reports.documents.annual_plan import what


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Raises DomainError when none of the offices has a plan in force."""
    lines = rollup.lines(rollup.tree(office), year)
    held = [line for line in lines if line.is_in_force]
    if not held:
        raise DomainError(f"{office.name}和下级办公室都没有{year}年执行中的计划。")
    found = Composition(f"{office.name}\n{year}年工作计划汇总", "")
    found.add(summary(found, lines, held), office_table(lines), *target_part(held, office), *schedule_part(held))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, timezone.localdate(as_of)))
    return found


def summary(found: Composition, lines: list[OfficeLine], held: list[OfficeLine]) -> Paragraph:
    items, done = sum(line.scheduled.total for line in held), sum(line.scheduled.done for line in held)
    return Paragraph([
        "本级和下级共", found.figure("offices", len(lines), "个"), "办公室，",
        found.figure("plans", len(held), "个"), "有执行中的年度计划，共有目标",
        found.figure("targets", sum(line.summary.total for line in held), "项"), "，月度安排",
        found.figure("items", items, "项"), "，已开展", found.figure("items.done", done, "项"), "。",
    ])  # fmt: skip


def office_table(lines: list[OfficeLine]) -> Table:
    columns = [Column("办公室", 28), Column("计划", 16, "center"), Column("目标", 28), Column("月度安排", 28)]
    rows = [
        (line.office.short_name, line.state[0], line.summary.text if line.is_in_force else "",
         line.scheduled.text if line.is_in_force else "")
        for line in lines
    ]  # fmt: skip
    return Table(columns, rows, caption="各办公室计划一览表")


def target_part(held: list[OfficeLine], office: Office) -> list[Block]:
    """One row per office and target, with the sum of what may be added."""
    figures = [figure for line in held for figure in line.figures]
    rows = [
        (row.label, "\n".join(asked(each) for each in row.cells.values()), row.total)
        for row in rollup.sums(figures, office)
    ]  # fmt: skip
    columns = [Column("统计内容", 30), Column("各办公室的要求", 46), Column("已完成合计", 24, "center")]
    note = Paragraph("上级办公室的数已包含下级，合计就是上级的数，没有上级目标的相加；人数、百分比等不能相加的不合计。")
    return [Heading(1, "年度目标"), Table(columns, rows), note] if rows else []


def asked(figure: Progress) -> str:
    return f"{figure.target.plan.office.short_name}：{figure.requirement}"


def schedule_part(held: list[OfficeLine]) -> list[Block]:
    """All items month by month with whose they are and how they stand."""
    type_of = consultation.types()
    items = sorted((each for line in held for each in line.standings), key=lambda each: each.span.first)
    rows = [
        (each.time.text, each.item.plan.office.short_name, type_of(each.item), what(each.item),
         each.label)
        for each in items
    ]  # fmt: skip
    columns = [Column("时间", 14, "center"), Column("办公室", 18), Column("类型", 14, "center"),
               Column("主题及内容", 38), Column("情况", 16, "center")]  # fmt: skip
    return [Heading(1, "月度安排"), Table(columns, rows)] if rows else []


register(Document("plan_year", "年度工作计划汇总", "本级和下级各办公室的目标、安排合在一起", compose, ("year",)))
