"""Proposals collected, filed and what became of them (domain.md R07, R09)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.breakdown import Share
from core.pdf.blocks import Bars, Block, Paragraph, Run
from handling.statistics import Handled, handled
from plans.enums import Metric
from proposals import selectors
from proposals.statistics import CONDITIONS, LABELS, totals
from proposals.statistics import Scope as Proposals
from reports.documents import Composition
from reports.documents.summary.handling import answer_chart, handling_blocks
from reports.documents.summary.scope import Part, Scope, joined, plain, sentence

#: Drawn as one picture of what the review decided; those merged are among the filed ones.
DECIDED = ("filed", "not_filed", "undecided")


def part(found: Composition, scope: Scope) -> list[Part]:
    year = selectors.year_figures(scope.office_ids, scope.span)
    rows = Proposals(scope.office_ids, span=scope.span)
    of = handled(rows)
    blocks: list[Block] = []
    if year.collected or year.filed:
        blocks = sentence("proposals", [*collected(found, scope, year), *decided(found, rows, year.collected)])
    told = handling_blocks(found, scope, rows, of)
    drawn = charts(found, rows, year, of) if year.collected else []
    if not (blocks or told):
        return []
    definition = [Paragraph(selectors.RATE_DEFINITION, key="proposals.definition")] if year.filing_rate else []
    return [Part("proposals", "提案工作", [*blocks, *definition, *told, *drawn])]


def collected(found: Composition, scope: Scope, year: selectors.YearFigures) -> list[Run]:
    whole = scope.url("proposals", Metric.PERCENT)
    parts: list[list[Run]] = []
    if year.collected:
        url = scope.url("proposals", stage="submitted")
        parts.append(["征集提案", found.figure("proposals", year.collected, "件", "征集提案", url)])
    if year.filed:
        url, words = scope.url("proposals", stage="filed"), "经审查立案" if year.collected else "审查立案提案"
        parts.append([words, found.figure("proposals.filed", year.filed, "件", "立案提案", url)])
    if year.filing_rate:
        parts.append(["立案率", found.figure("proposals.rate", plain(year.filing_rate), "%", "立案率", whole)])

    def by_code(code: str) -> str:
        return Proposals(scope.office_ids, span=scope.span).url("category", code)

    return [scope.lead, *joined(parts, "，"), "。", *by_category(found, "proposals", year.by_category, "件", by_code)]


def by_category(found: Composition, measure: str, shares: Sequence[Share], unit: str, url: Callable[[str], str]
                ) -> list[Run]:  # fmt: skip
    """按内容分，经济建设4件、…; `url` of a category's code. A single category has no number to repeat."""
    parts = [
        [each.label, found.figure(f"{measure}.category.{each.key}", each.total, unit, each.label, url(each.key))]
        for each in shares
    ]
    if len(parts) == 1:
        return [f"{'均' if shares[0].total > 1 else ''}属{shares[0].label}方面。"]
    return ["按内容分，", *joined(parts), "。"] if parts else []


def decided(found: Composition, rows: Proposals, collected: int) -> list[Run]:
    """What the review decided beside filing: only what occurred."""
    counts = totals(rows) if collected else dict.fromkeys(CONDITIONS, 0)
    words = {"merged": "立案提案中并案办理的", "not_filed": "不予立案的", "became": "转为社情民意等继续办理的",
             "undecided": "正在审查的"}  # fmt: skip
    for key in CONDITIONS:
        if counts[key]:
            found.figure(f"proposals.state.{key}", counts[key], "件", LABELS[key][0], rows.url(key))
    parts = [[text, found.facts[f"proposals.state.{key}"]] for key, text in words.items() if counts[key]]
    return [*joined(parts, "，"), "。"] if parts else []


def charts(found: Composition, rows: Proposals, year: selectors.YearFigures, of: Handled) -> list[Block]:
    """By what was decided, by category, by answer; a picture of one bar says nothing."""
    states = [(LABELS[key][0], found.facts[f"proposals.state.{key}"].value) for key in DECIDED
              if f"proposals.state.{key}" in found.facts]  # fmt: skip
    categories = [(each.label, each.total) for each in year.by_category]
    drawn = [Bars("提案审查情况", states, "件"), Bars("提案分类情况", categories, "件"), *answer_chart(of)]
    return [each for each in drawn if len(each.rows) > 1]
