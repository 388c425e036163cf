"""Passages about calls for submissions and surveys (domain.md R04, R06, R11); empty when there were none."""

from __future__ import annotations

from calls import selectors as calls
from core.clock import chinese_date
from core.pdf.blocks import Block, Figure, Paragraph, Run
from plans.enums import Metric
from reports.documents import Composition
from reports.documents.summary.scope import Part, Scope, joined, plain, sentence
from surveys import selectors as surveys


def call_part(found: Composition, scope: Scope) -> list[Part]:
    year = calls.year_figures(scope.office_ids, scope.span)
    runs = [*collected(found, scope, year), *prizes(found, scope, year), *presented(found, scope, year)]
    return [Part("learning", "征文和发言", sentence("calls", runs))] if runs else []


def texts(found: Composition, scope: Scope, key: str, count: int, label: str, **filters: str) -> Figure:
    url = scope.url("submissions", **filters)
    return found.figure(f"submissions.{key}" if key else "submissions", count, "篇", label, url)


def collected(found: Composition, scope: Scope, year: calls.YearFigures) -> list[Run]:
    if not year.entries:
        return []
    kinds = [[each.label, texts(found, scope, each.key, each.total, each.label, stage="submitted", kind=each.key)]
             for each in year.by_kind]  # fmt: skip
    total = texts(found, scope, "", year.entries, "委员来稿", stage="submitted")
    runs: list[Run] = [f"{scope.lead}收到委员征文、发言等来稿", total]
    if len(kinds) > 1:
        runs += ["，其中", *joined(kinds)]
    if year.accepted:
        runs += ["，采用", texts(found, scope, "accepted", year.accepted, "采用的来稿", stage="accepted")]
    return [*runs, "。"]


def prizes(found: Composition, scope: Scope, year: calls.YearFigures) -> list[Run]:
    """Prizes for groups have no list of their own."""
    parts: list[list[Run]] = [
        [each.label, texts(found, scope, f"prize.{each.key}", each.total, each.label, stage="awarded", prize=each.key)]
        for each in year.by_prize
    ]
    parts += [
        [each.label, found.figure(f"submissions.group_prize.{each.key}", each.total, "个", each.label)]
        for each in year.by_group_prize
    ]
    return ["评出", *joined(parts), "。"] if parts else []


def presented(found: Composition, scope: Scope, year: calls.YearFigures) -> list[Run]:
    given = [("口头发言", "oral", year.oral), ("书面发言", "written", year.written)]
    parts = [[label, texts(found, scope, key, count, label, stage="accepted", presented=key)]
             for label, key, count in given if count]  # fmt: skip
    return ["在会上交流", *joined(parts), "。"] if parts else []


def survey_part(found: Composition, scope: Scope) -> list[Part]:
    """How many were asked and answered, then each satisfaction result with its date and its definition."""
    year = surveys.year_figures(scope.office_ids, scope.span)
    if not year.surveys:
        return []
    url = scope.url("surveys")
    runs: list[Run] = [f"{scope.lead}开展问卷调查和满意度测评",
                       found.figure("surveys", year.surveys, "次", "问卷和测评", url)]  # fmt: skip
    if year.answered:
        people = scope.url("surveys", Metric.PERSON_TIMES)
        runs += ["，委员参加填写", found.figure("surveys.answered", year.answered, "人次", "参加填写的委员", people)]
    rated = [each for each in year.satisfaction if each.rate is not None]
    blocks: list[Block] = [*sentence("surveys", [*runs, "。"])]
    for each in rated:
        blocks += sentence(f"survey.{each.survey.pk}", satisfaction(found, each))
    definitions = dict.fromkeys(each.definition for each in rated)
    blocks += [Paragraph(words, key=f"surveys.definition.{number}") for number, words in enumerate(definitions, 1)]
    return [Part("building", "问卷调查和满意度测评", blocks)]


def satisfaction(found: Composition, each: surveys.Satisfaction) -> list[Run]:
    key, url = f"surveys.{each.survey.pk}", each.survey.get_absolute_url()
    return [
        f"{chinese_date(each.held_on)}“{each.survey}”收到答卷",
        found.figure(f"{key}.sheets", each.sheets, "份", str(each.survey), url),
        "，满意率", found.figure(f"{key}.rate", plain(each.rate or 0), "%", str(each.survey), url), "。",
    ]  # fmt: skip
