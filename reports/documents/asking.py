"""Passages about calls for submissions and surveys (domain.md R04, R06, R11); empty when there were none."""

from __future__ import annotations

from calls import selectors as calls
from core.clock import chinese_date
from core.pdf.blocks import Block, Heading, Paragraph, Run
from reports.documents import Composition
from reports.documents.passages import Scope, joined, plain
from surveys import selectors as surveys


def call_passage(found: Composition, scope: Scope) -> list[Block]:
    year = calls.year_figures(scope.office_ids, scope.span)
    if not (year.entries or year.awarded):
        return []
    runs: list[Run] = [
        f"{scope.lead}征集", *joined([each.label, found.figure(f"submissions.{each.key}", each.total, "篇")]
                                     for each in year.by_kind),
        "，共收到委员来稿", found.figure("submissions", year.entries, "篇"),
        "，采用", found.figure("submissions.accepted", year.accepted, "篇"), "。",
        *prizes(found, year), *presented(found, year),
    ]  # fmt: skip
    return [Heading(1, "征文和发言"), Paragraph(runs)]


def prizes(found: Composition, year: calls.YearFigures) -> list[Run]:
    parts = [[each.label, found.figure(f"submissions.prize.{each.key}", each.total, "篇")] for each in year.by_prize]
    parts += [
        [each.label, found.figure(f"submissions.group_prize.{each.key}", each.total, "个")]
        for each in year.by_group_prize
    ]
    return ["评出", *joined(parts), "。"] if parts else []


def presented(found: Composition, year: calls.YearFigures) -> list[Run]:
    given = [("口头发言", "oral", year.oral), ("书面发言", "written", year.written)]
    parts = [[label, found.figure(f"submissions.{key}", count, "篇")] for label, key, count in given if count]
    return ["在会上交流", *joined(parts), "。"] if parts else []


def survey_passage(found: Composition, scope: Scope) -> list[Block]:
    """How many were asked and answered, then each satisfaction result with its date and its definition."""
    year = surveys.year_figures(scope.office_ids, scope.span)
    if not year.surveys:
        return []
    runs: list[Run] = [f"{scope.lead}开展问卷调查和满意度测评", found.figure("surveys", year.surveys, "次")]
    if year.asked:
        runs += ["，委员参加填写", found.figure("surveys.answered", year.answered, "人次")]
    blocks: list[Block] = [Heading(1, "问卷调查和满意度测评"), Paragraph([*runs, "。"])]
    rated = [each for each in year.satisfaction if each.rate is not None]
    for each in rated:
        words: list[Run] = [
            f"{chinese_date(each.held_on)}“{each.survey}”收到答卷",
            found.figure(f"surveys.{each.survey.pk}.sheets", each.sheets, "份"),
            "，满意率", found.figure(f"surveys.{each.survey.pk}.rate", plain(each.rate or 0), "%"), "。",
        ]  # fmt: skip
        blocks.append(Paragraph(words))
    definitions = dict.fromkeys(each.definition for each in rated)
    return [*blocks, *(Paragraph(words) for words in definitions)]
