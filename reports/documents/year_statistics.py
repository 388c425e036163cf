"""年度统计: the page of statistics as a document, from the same figures: key figures with last year's, the offices
below in comparison, charts with their numbers, what each figure means.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from core.clock import chinese_date
from core.errors import DomainError
from core.pdf.blocks import (
    Bars,
    Block,
    Column,
    Columns,
    Figure,
    Heading,
    Paragraph,
    Run,
    Signature,
    Table,
    number_headings,
)
from organisation.models import Office
from organisation.selectors import descend
from reports.documents import Composition, Document, register
from reports.statistics import drawing, pages
from reports.statistics.comparison import Line, columns
from reports.statistics.drawing import Chart
from reports.statistics.kinds import PLAN, KeyFigure, Kind, shown
from reports.statistics.pages import ALL, DOCUMENT, Asked, Counted
from reports.statistics.periods import Period

#: What the first sentence says of each section.
SAID = ("activities", "person_times", "attendance", "collected", "filed", "filing_rate", "opinions", "accepted")


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Of the office and those below it. Raises DomainError when nothing at all is on record."""
    today = timezone.localtime(as_of).date()
    known = list(Office.objects.filter(pk__in=descend(office.pk)).select_related("parent"))
    of = pages.counted(Asked(None, office, Period(year, day=today), known))
    if not any(each.value for each in of.figures):
        raise DomainError(f"{office.name}{year}年没有可供统计的记录。")
    until = f"数据截至{chinese_date(today)}" if of.asked.period.is_open else ""
    found = Composition(f"{office.name}\n{year}年工作统计", "", until)
    found.add(*key_figures(found, of), *beside(of), *charts(of), *meanings())
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, today))
    return found


# --- key figures -----------------------------------------------------------------------------------------------------
def key_figures(found: Composition, of: Counted) -> list[Block]:
    rows = [(each.kind.label, f"{each.whole}{each.unit}", each.last_text, each.change or "—") for each in of.figures]
    heads = [Column("项目", 30), Column("本年", 20, "right"), Column("上年同期", 22, "right"),
             Column("增减", 28, "center")]  # fmt: skip
    told = Paragraph(f"上年同期为{of.asked.period.last_words}。期末在任委员{of.now.serving}人。")
    return [Heading(1, "主要数字"), summary(found, of), Table(heads, rows, "主要数字对照表"), told]


def summary(found: Composition, of: Counted) -> Paragraph:
    """The year in one sentence, every number a figure."""
    known = {each.kind.key: each for each in of.figures if each.value is not None}
    figures = {key: figure(found, each) for key, each in known.items()}
    runs: list[Run] = [of.asked.period.words]
    for key in SAID:
        if key in figures:
            runs += ["，" if len(runs) > 1 else "", known[key].kind.label, figures[key]]
    return Paragraph([*runs, "。"])


def figure(found: Composition, each: KeyFigure) -> Figure:
    value = int(each.value) if each.value == int(each.value) else each.value
    return found.figure(each.kind.key, value, each.unit, each.kind.label, each.url)


# --- the offices beside each other -----------------------------------------------------------------------------------
def beside(of: Counted) -> list[Block]:
    lines = of.lines()
    if not lines:
        return []
    whole = [*lines, of.total()]
    kinds = columns(lines)
    plan = [kind for kind in kinds if kind.section == PLAN]
    rest = [kind for kind in kinds if kind.section != PLAN]
    tables = [office_table(whole, plan, "各办公室计划和活动情况表", with_members=True)]
    if rest:
        tables.append(office_table(whole, rest, "各办公室提案和社情民意情况表"))
    told = "各办公室按编码排列。联办活动在各联办办公室都计一次，各行相加可能多于合计。"
    return [Heading(1, "各办公室情况"), *tables, Paragraph(told)]


def office_table(lines: list[Line], kinds: list[Kind], title: str, with_members: bool = False) -> Table:
    heads = [*(["委员"] if with_members else []), *(kind.short for kind in kinds)]
    width = 74 // len(heads)
    shape = [Column("办公室", 100 - width * len(heads)), *(Column(head, width, "right") for head in heads)]
    rows = [
        (line.side.label, *([line.serving] if with_members else []), *(cell(line, kind) for kind in kinds))
        for line in lines
    ]
    return Table(shape, rows, title)


def cell(line: Line, kind: Kind) -> str:
    value = line.value(kind)
    return "—" if value is None else f"{shown(value)}{line.of(kind)}{'%' if kind.is_rate else ''}"


# --- charts ----------------------------------------------------------------------------------------------------------
def charts(of: Counted) -> list[Block]:
    made = [block for chart in drawing.charts_of(of.count, ALL) for block in blocks_of(chart)]
    return [Heading(1, "分类情况"), *made] if made else []


def blocks_of(chart: Chart) -> list[Block]:
    """A drawing of one number for each label; a table of several."""
    if chart.side_by_side:
        return by_month(chart)
    if len(chart.names) == 1:
        return [Bars(chart.title, [(row.label, row.values[0]) for row in chart.rows], chart.unit)]
    names = [*chart.names, *(["比率"] if any(row.note for row in chart.rows) else [])]
    heads = [Column("项目", 100 - 20 * len(names)), *(Column(name, 20, "right") for name in names)]
    rows = [[row.label, *map(shown, row.values), row.note][: len(heads)] for row in chart.rows]
    return [Table(heads, rows, f"{chart.title}表（单位：{chart.unit}）")]


def by_month(chart: Chart) -> list[Block]:
    """This year as a drawing, both years as a table."""
    drawn = Columns(
        f"{chart.title}（{chart.names[0]}）", [(row.label, row.values[0]) for row in chart.rows], chart.unit
    )
    heads = [Column("年度", 16), *(Column(row.label.removesuffix("月"), 7, "center") for row in chart.rows)]
    rows = [[name, *(shown(row.values[at]) for row in chart.rows)] for at, name in enumerate(chart.names)]
    return [drawn, Table(heads, rows, f"{chart.title}次数表（按月）")]


def meanings() -> list[Block]:
    return [Heading(1, "数字的含义"), Table([Column("项目", 24), Column("含义", 76)], pages.definitions())]


register(Document(DOCUMENT, "年度工作统计", "主要数字和上年同期对照、各办公室情况、分类图表，附数字的含义", compose))
