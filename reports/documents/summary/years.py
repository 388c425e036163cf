"""Several years side by side (domain.md R09): the same figures for each of them and for all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Min
from django.utils import timezone

from activities.models import Activity
from core.clock import Span
from core.pdf.blocks import Block, Column, Columns, Heading, Table
from handling.defaults import REPLY_CATEGORY
from handling.statistics import Handled, handled
from opinions.models import OpinionReport
from organisation.models import Office
from organisation.selectors import code_labels
from plans import progress
from plans.asking import Ask, ask
from plans.enums import Metric
from plans.models import AnnualPlan, Target
from proposals.models import Proposal
from proposals.selectors import of_offices
from proposals.statistics import Scope as Proposals
from reports.documents import Composition
from reports.documents.summary.handling import category
from reports.documents.summary.scope import Scope, plain, sentence

#: What is asked of each year, in the order of the table.
ASKED = {
    "activities": ("开展活动", Ask("activities")),
    "person_times": ("参加活动委员", Ask("activities", Metric.PERSON_TIMES)),
    "turnout": ("到会率", Ask("activities", Metric.PERCENT)),
    "research": ("调研报告", Ask("activities", filters={"type": "research_report"})),
    "reports": ("政协专报", Ask("activities", filters={"type": "special_report"})),
    "instructed": ("领导批示", Ask("findings", filters={"stage": "instructed"})),
    "proposals": ("征集提案", Ask("proposals", filters={"stage": "submitted"})),
    "filed": ("立案提案", Ask("proposals", filters={"stage": "filed"})),
    "rate": ("立案率", Ask("proposals", Metric.PERCENT)),
    "key": ("重点提案", Ask("key_proposals")),
    "opinions": ("报送社情民意", Ask("opinions", filters={"stage": "submitted"})),
    "accepted": ("采用社情民意", Ask("opinions", filters={"stage": "accepted"})),
    "donated": ("捐款捐物", Ask("activities", Metric.AMOUNT, {"type": "donation"})),
}


@dataclass
class Line:
    label: str
    cells: list[str]


@dataclass
class Years:
    """The figures of each year and of all of them; one query for each and some for the handling."""

    found: Composition
    office: Office
    scope: Scope
    years: Sequence[int]

    @cached_property
    def spans(self) -> list[tuple[str, Span]]:
        return [*((str(year), Span.year(year)) for year in self.years), ("all", self.scope.span)]

    @cached_property
    def asked(self) -> list[list]:
        questions = [question for _, question in ASKED.values()]
        return [ask(questions, self.scope.office_ids, span) for _, span in self.spans]

    @cached_property
    def handled(self) -> list[tuple[Proposals, Handled]]:
        rows = [Proposals(self.scope.office_ids, span=span) for _, span in self.spans]
        return [(each, handled(each)) for each in rows]

    def lines(self) -> list[Line]:
        return [each for each in (*self.of_plans(), *self.counted(), *self.answered()) if any(each.cells)]

    def cell(self, key: str, year: str, value: int | float, unit: str, label: str, url: str) -> str:
        """Nothing for what did not occur."""
        return str(self.found.figure(f"years.{year}.{key}", value, unit, label, url).value) if value else ""

    def counted(self) -> list[Line]:
        made = []
        for place, (key, (label, _)) in enumerate(ASKED.items()):
            given = [row[place] for row in self.asked]
            cells = [self.cell(key, year, plain(each.value), each.unit, label, each.url)
                     for (year, _), each in zip(self.spans, given, strict=True)]  # fmt: skip
            made.append(Line(f"{label}（{given[0].unit}）", cells))
        return made

    def answered(self) -> list[Line]:
        """What was dispatched and how it was answered, by category."""
        labels = code_labels(REPLY_CATEGORY)
        used = sorted({key for _, of in self.handled for key, many in of.total.categories.items() if many})
        sent = [self.cell("dispatched", year, of.dispatched, "件", "交办提案", rows.url("dispatched"))
                for (year, _), (rows, of) in zip(self.spans, self.handled, strict=True)]  # fmt: skip
        return [Line("交办提案（件）", sent), *(self.of_answer(key, category(labels, key)) for key in used)]

    def of_answer(self, key: str, label: str) -> Line:
        cells = [self.cell(f"answer.{key}", year, of.total.categories[key], "件", label, rows.url("answer", key))
                 for (year, _), (rows, of) in zip(self.spans, self.handled, strict=True)]  # fmt: skip
        return Line(f"{label}（件）", cells)

    def of_plans(self) -> list[Line]:
        """Targets of the plans in force, and those that were met."""
        targets = Target.objects.filter(plan__in=AnnualPlan.objects.in_force().filter(
            office=self.office, year__in=self.years)).select_related("plan")  # fmt: skip
        standings = progress.of_targets(list(targets))
        asked, met = [], []
        for year, _ in self.spans:
            mine = [each for each in standings if year in ("all", str(each.target.plan.year))]
            url = mine[0].target.plan.get_absolute_url() if mine and year != "all" else ""
            asked.append(self.cell("targets", year, len(mine), "项", "年度目标", url))
            met.append(self.cell("met", year, sum(each.met for each in mine), "项", "完成的目标", url))
        return [Line("年度目标（项）", asked), Line("完成目标（项）", met)]


def part(found: Composition, office: Office, scope: Scope, years: Sequence[int]) -> list[Block]:
    """The table from the first year on that has records, and proposals and opinions as a drawing."""
    of = Years(found, office, scope, with_records(scope, years))
    lines = of.lines()
    if not lines:
        return []
    head = [f"{year}年" for year in of.years]
    width = 66 // (len(head) + 1)
    columns = [
        Column("项目", 100 - width * (len(head) + 1)),
        *(Column(each, width, "right") for each in [*head, "合计"]),
    ]
    said = sentence(
        "years", [f"{head[0]}至{head[-1]}主要工作情况如下表。" if len(head) > 1 else "主要工作情况如下表。"]
    )
    rows = [(each.label, *each.cells) for each in lines]
    return [
        Heading(1, "各年度工作情况", key="years"),
        *said,
        Table(columns, rows, "各年度主要工作情况表"),
        *drawn(of, head),
    ]


def with_records(scope: Scope, years: Sequence[int]) -> Sequence[int]:
    """From the first year on of which anything was registered: the portal may be younger than the term."""
    given = {"office_id__in": scope.office_ids}
    days = [Activity.objects.filter(**given).aggregate(first=Min("starts_at"))["first"],
            of_offices(Proposal.objects.all(), scope.office_ids).aggregate(first=Min("submitted_at"))["first"],
            OpinionReport.objects.filter(**given).aggregate(first=Min("submitted_at"))["first"]]  # fmt: skip
    first = min((timezone.localtime(each).year for each in days if each), default=years[-1])
    return [year for year in years if year >= first] or years


def drawn(of: Years, head: Sequence[str]) -> list[Block]:
    """One drawing for each of what grows over the years."""
    if len(head) < 2:
        return []
    place = {key: number for number, key in enumerate(ASKED)}
    wanted = {"proposals": ("各年征集提案", "件"), "opinions": ("各年报送社情民意信息", "条")}
    made = []
    for key, (title, unit) in wanted.items():
        values = [plain(row[place[key]].value) for row in of.asked[:-1]]
        if any(values):
            made.append(Columns(title, list(zip(head, values, strict=True)), unit))
    return made
