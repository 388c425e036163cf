"""提案工作统计: the figures of the statistics page on paper, with their definitions and the year before beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from core.breakdown import Share
from core.clock import chinese_date
from core.errors import DomainError
from core.pdf.blocks import Bars, Block, Column, Heading, Paragraph, Run, Signature, Table, number_headings
from handling.answering import QUESTIONS
from handling.overview import Line, Overview, of_year
from organisation.models import Office
from organisation.selectors import descend
from reports.documents import Composition, Document, register
from reports.documents.summary.scope import plain


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Of the proposals submitted in the year. Raises DomainError when there are none."""
    of = of_year(frozenset(descend(office.pk)), year)
    if not of.decided.counts["collected"]:
        raise DomainError(f"{office.name}{year}年没有征集到提案。")
    today = timezone.localtime(as_of).date()
    found = Composition(f"{office.name}\n{year}年提案工作统计", "", f"数据截至{chinese_date(today)}")
    found.add(summary(found, of, year), *decided_part(found, of), *handled_part(found, of), *unit_part(of))
    columns = [Column("项目", 20), Column("含义", 80)]
    found.add(Heading(1, "数字的含义"), Table(columns, of.definitions))
    found.blocks = number_headings(found.blocks)
    found.add(Signature(office.name, today))
    return found


def summary(found: Composition, of: Overview, year: int) -> Paragraph:
    lines = {line.label: line for line in (*of.collected_lines, *of.handled_lines)}
    runs: list[Run] = [f"{year}年共"]
    for words, label in (("征集提案", "征集"), ("，立案", "立案"), ("，立案率", "立案率"), ("；交办", "已交办"),
                         ("，按期率", "按期率"), ("，面商率", "面商率")):  # fmt: skip
        line = lines[label]
        if line.value is not None:
            runs += [words, found.figure(label, plain(line.value), line.unit, label)]
    return Paragraph([*runs, "。"])


def line_table(found: Composition, lines: Sequence[Line], caption: str) -> Table:
    """This year, the year before, the difference."""
    for line in lines:
        if line.value is not None:
            found.figure(line.label, plain(line.value), line.unit)
    rows = [(line.label, line.text, line.last_text, line.change or "—") for line in lines]
    columns = [Column("项目", 34), Column("本年", 18, "right"), Column("上年", 18, "right"),
               Column("比较", 30, "center")]  # fmt: skip
    return Table(columns, rows, caption)


def decided_part(found: Composition, of: Overview) -> list[Block]:
    shares = of.decided.by_category
    made: list[Block] = [Heading(1, "征集和审查"), line_table(found, of.collected_lines, "征集和审查情况表")]
    if shares:
        made.append(Bars("各类提案件数", [(each.label, each.total) for each in shares], "件"))
    tables = [("分类情况表", "分类", shares), ("提案者类型情况表", "类型", of.decided.by_kind),
              ("集体提案情况表", "集体类型", of.decided.by_collective),
              ("不予立案理由表", "理由", of.decided.by_reason)]  # fmt: skip
    return made + [share_table(title, head, rows) for title, head, rows in tables if rows]


def share_table(title: str, head: str, rows: Sequence[Share]) -> Table:
    columns = [Column(head, 60), Column("征集", 20, "right"), Column("立案", 20, "right")]
    return Table(columns, [(each.label, each.total, each.done) for each in rows], title)


def handled_part(found: Composition, of: Overview) -> list[Block]:
    made: list[Block] = [Heading(1, "交办和答复"), line_table(found, of.handled_lines, "交办和答复情况表")]
    pairs = of.category_lines
    if any(line.value for line, _ in pairs):
        rows = [(line.label, line.text, share.text, share.last_text) for line, share in pairs]
        columns = [Column("答复类别", 46), Column("件数", 18, "right"), Column("占比", 18, "right"),
                   Column("上年占比", 18, "right")]  # fmt: skip
        made += [Bars("答复类别", [(line.label, line.value or 0) for line, _ in pairs], "件"),
                 Table(columns, rows, "答复类别情况表")]  # fmt: skip
    answers = [
        (label, *(line.text for line in of.answer_lines(question)), rate.text)
        for (question, label), rate in zip(QUESTIONS.items(), of.satisfaction_lines, strict=True)
    ]
    columns = [Column("评价内容", 25), *(Column(line.label, 15, "right") for line in of.answer_lines("result")),
               Column("满意率", 15, "right")]  # fmt: skip
    return [*made, Table(columns, answers, "提案者评价情况表"), line_table(found, of.promise_lines, "承诺事项情况表")]


def unit_part(of: Overview) -> list[Block]:
    """The same columns as the page, those with most work first."""
    units = sorted(of.units, key=lambda unit: (-unit.assigned, unit.pk))
    columns = [Column("承办单位", 25), Column("承办件", 10, "right"), Column("办复", 9, "right"),
               Column("按期办复", 10, "right"), Column("超期未复", 10, "right"), Column("按期率", 12, "right"),
               Column("面商率", 12, "right"), Column("结果满意率", 12, "right")]  # fmt: skip
    rows = [
        (each.name, each.assigned, each.closed, each.on_time, each.overdue, percent(each.on_time_rate),
         percent(each.contact_rate), percent(each.satisfied))
        for each in units
    ]  # fmt: skip
    return [Heading(1, "承办单位办理情况"), Table(columns, rows, "承办单位办理情况表")] if rows else []


def percent(value: float | None) -> str:
    return "—" if value is None else f"{value:g}%"


register(
    Document("proposal_statistics", "提案工作统计", "征集、立案、办理、答复、满意度和各单位情况，附数字的含义", compose)
)
