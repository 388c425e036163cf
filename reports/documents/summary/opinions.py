"""Social opinions submitted and accepted."""

from __future__ import annotations

from django.db.models import F, Q

from core.breakdown import counts
from core.pdf.blocks import Bars, Block, Run
from opinions import selectors
from opinions.enums import OpinionState, Stage
from opinions.models import OpinionReport
from plans.enums import Metric
from reports.documents import Composition
from reports.documents.summary.proposals import by_category
from reports.documents.summary.scope import Part, Scope, plain, sentence


def part(found: Composition, scope: Scope) -> list[Part]:
    year = selectors.year_figures(scope.office_ids, scope.span)
    if not (year.submitted or year.accepted):
        return []
    blocks = [*sentence("opinions", submitted(found, scope, year)), *charts(found, scope, year)]
    return [Part("opinions", "社情民意信息", blocks)]


def submitted(found: Composition, scope: Scope, year: selectors.YearFigures) -> list[Run]:
    url = scope.url("opinions", stage="submitted")
    runs: list[Run] = [f"{scope.lead}收到委员报送社情民意信息",
                       found.figure("opinions", year.submitted, "条", "报送社情民意信息", url)]  # fmt: skip
    if year.accepted:
        url = scope.url("opinions", stage="accepted")
        runs += ["，采用", found.figure("opinions.accepted", year.accepted, "条", "采用的社情民意信息", url)]
    if year.adoption_rate:
        url = scope.url("opinions", Metric.PERCENT)
        rate = found.figure("opinions.rate", plain(year.adoption_rate), "%", "采用率", url)
        runs += ["，报送信息的采用率", rate]

    def by_code(code: str) -> str:
        """Those without a category have no list of their own."""
        return scope.url("opinions", stage="submitted", category=code) if code else ""

    return [*runs, "。", *by_category(found, "opinions", year.by_category, "条", by_code)]


def charts(found: Composition, scope: Scope, year: selectors.YearFigures) -> list[Block]:
    """By category, and by how far they are."""
    received = OpinionReport.objects.filter(office_id__in=scope.office_ids)
    by_state = counts(selectors.counted(received, Stage.SUBMITTED, scope.span), F("state"), Q(pk__isnull=True))
    labels = {state: state.label for state in OpinionState} | {OpinionState.SUBMITTED: "正在处理"}
    states = [(labels[state], by_state[state][0]) for state in labels if state in by_state]
    categories = [(each.label, each.total) for each in year.by_category]
    for state, (total, _) in by_state.items():
        url = f"{scope.url('opinions', stage='submitted')}&state={state}"
        found.figure(f"opinions.state.{state}", total, "条", labels[OpinionState(state)], url)
    drawn = [Bars("社情民意信息分类情况", categories, "条"), Bars("社情民意信息办理情况", states, "条")]
    return [each for each in drawn if len(each.rows) > 1]
