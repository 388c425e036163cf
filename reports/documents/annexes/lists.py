"""The lists behind a summary: activities, the schedule, proposals filed, opinions accepted, suggestions followed up."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from activities import figures as activity_figures
from activities.enums import CAME, FindingStage
from activities.figures import followup
from activities.models import Finding
from core.pdf.blocks import Column, Table
from opinions import selectors as opinions
from opinions.enums import Stage as OpinionStage
from opinions.models import OpinionReport
from organisation.selectors import code_labels
from plans.schedule import Standing
from proposals import selectors as proposals
from proposals.enums import Stage
from proposals.models import Proposal
from reports.documents.annexes import List
from reports.documents.summary.items import outcome
from reports.documents.summary.scope import Scope, day

ACTIVITIES = "活动开展情况一览表"
SCHEDULE = "月度安排落实情况表"
FILED = "立案提案一览表"
OPINIONS = "采用社情民意信息一览表"
FINDINGS = "意见建议批示和落实情况一览表"


def of(scope: Scope, items: Sequence[Standing]) -> list[List]:
    """Those that have rows, in this order."""
    given = [(ACTIVITIES, activities(scope)), (SCHEDULE, schedule(items)), (FILED, filed(scope)),
             (OPINIONS, accepted(scope)), (FINDINGS, findings(scope))]  # fmt: skip
    return [List(title, table) for title, table in given if table.rows]


def when(scope: Scope, value: object) -> str:
    """The year too, where there are several."""
    several = scope.span.first.year != scope.span.last.year
    return f"{value.year}年{day(value)}" if several else day(value)


def activities(scope: Scope) -> Table:
    """Every activity of the span with who came, the earliest first."""
    came = Count("attendances", filter=Q(attendances__state__in=CAME))
    held = activity_figures.records(scope.office_ids, scope.span).select_related("type").annotate(came=came)
    rows = [(when(scope, each.starts_at), each.type.label, each.title, each.came or "")
            for each in held.order_by("starts_at", "pk")]  # fmt: skip
    columns = [Column("日期", 16, "center"), Column("类型", 23, "center"), Column("活动名称", 49),
               Column("人次", 12, "center")]  # fmt: skip
    return Table(columns, rows)


def schedule(items: Sequence[Standing]) -> Table:
    columns = [Column("计划时间", 18, "center"), Column("安排事项", 46), Column("落实情况", 36)]
    return Table(columns, [(each.item.time.text, each.item.topic, outcome(each)) for each in items])


def filed(scope: Scope) -> Table:
    """The cases filed in the span by number."""
    cases = proposals.counted(proposals.of_offices(Proposal.objects.all(), scope.office_ids), Stage.FILED, scope.span)
    rows = [
        (each.case_label, each.subject, "、".join(person.member.name for person in each.proposers.all()))
        for each in proposals.with_people(cases).order_by("session__starts", "case_no")
    ]
    return Table([Column("案号", 16, "center"), Column("案由", 60), Column("提案者", 24)], rows)


def accepted(scope: Scope) -> Table:
    """What was accepted in the span, by the day of the decision."""
    rows = opinions.counted(
        OpinionReport.objects.filter(office_id__in=scope.office_ids), OpinionStage.ACCEPTED, scope.span
    )
    written = [
        (when(scope, each.decided_at), each.title, "、".join(author.member.name for author in each.authors.all()))
        for each in opinions.with_people(rows).order_by("decided_at", "pk")
    ]
    return Table([Column("采用日期", 18, "center"), Column("标题", 58), Column("撰稿人", 24)], written)


def findings(scope: Scope) -> Table:
    """What a leader wrote on or what was settled in the span. The words of an instruction are never copied here."""
    rows, settled = (
        followup.findings(scope.office_ids, scope.span, stage, {})
        for stage in (FindingStage.INSTRUCTED, FindingStage.RESOLVED)
    )
    both = Finding.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=settled.values("pk")))
    kinds = code_labels("finding_kind")
    told = [
        (each.text, kinds.get(each.kind, ""), stages(scope, each)) for each in both.order_by("noted_on", "order", "pk")
    ]
    return Table([Column("内容", 58), Column("类别", 12, "center"), Column("办理情况", 30)], told)


def stages(scope: Scope, finding: object) -> str:
    given = (("批示", finding.instructed_on), ("落实", finding.resolved_on))
    return "，".join(f"{when(scope, on)}{word}" for word, on in given if on)
