"""提案办理情况表: a line for each unit's part of each proposal, on landscape pages and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from core.clock import Span, chinese_date
from core.errors import DomainError
from core.pdf.blocks import Column, Table
from handling.answering import of_whole_replies
from handling.enums import ANSWERING, ReplyState, Stage
from handling.models import Assignment, Clock, Feedback, Reply
from organisation.models import Office
from organisation.selectors import code_labels, descend
from proposals.defaults import CATEGORY
from proposals.enums import Stage as Counted
from proposals.models import Proposal, Proposer
from proposals.selectors import counted, of_offices
from reports.documents import Composition, Document, register
from reports.papers.replies import mark

COLUMNS = [
    Column("案号", 7, "center"), Column("案由", 16), Column("提案者", 8), Column("分类", 8),
    Column("状态", 7, "center"), Column("承办单位", 10), Column("方式", 5, "center"), Column("交办日期", 9, "center"),
    Column("期限", 9, "center"), Column("答复日期", 9, "center"), Column("类别", 4, "center"),
    Column("评价", 8, "center"),
]  # fmt: skip
MOST = 5000


def loaded(rows: QuerySet) -> list[Proposal]:
    """With everything a line says; a constant number of queries."""
    replies = Reply.objects.filter(state=ReplyState.PASSED).order_by("round")
    clocks = Clock.objects.filter(stage__in=(Stage.REPLY, Stage.COOP)).order_by("pk")
    units = Assignment.objects.live().select_related("unit").order_by("pk").prefetch_related(
        Prefetch("replies", queryset=replies), Prefetch("clocks", queryset=clocks)
    )  # fmt: skip
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    found = rows.select_related("session__term").prefetch_related(
        Prefetch("proposers", queryset=people), Prefetch("assignments", queryset=units)
    )
    return list(found.order_by("session__starts", "case_no", "submitted_at", "pk")[: MOST + 1])


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """What was submitted in the year. Raises DomainError when there is nothing."""
    rows = counted(of_offices(Proposal.objects.all(), descend(office.pk)), Counted.SUBMITTED, Span.year(year))
    return table_of(office, loaded(rows), f"{year}年提案办理情况表", as_of)


def compose_chosen(office: Office, ids: Sequence[int], as_of: datetime) -> Composition:
    return table_of(office, loaded(Proposal.objects.filter(pk__in=ids)), "提案办理情况表", as_of)


def table_of(office: Office, proposals: list[Proposal], title: str, as_of: datetime) -> Composition:
    if not proposals:
        raise DomainError("没有符合条件的提案。")
    if len(proposals) > MOST:
        raise DomainError(f"一张表最多列 {MOST} 件提案，请缩小范围。")
    labels, opinions = code_labels(CATEGORY), judged(proposals)
    rows = [line for each in proposals for line in lines(each, labels, opinions)]
    day = chinese_date(timezone.localtime(as_of).date())
    found = Composition(f"{office.name}\n{title}", "", f"共{len(proposals)}件，数据截至{day}")
    found.figure("proposals", len(proposals), "件")
    found.template = "documents/landscape.html"
    found.add(Table(COLUMNS, rows, wide=True))
    return found


def judged(proposals: list[Proposal]) -> dict[int, list[Feedback]]:
    """Reply → the newest answer of each proposer."""
    replies = [reply.pk for each in proposals for row in each.assignments.all() for reply in row.replies.all()]
    found: dict[int, list[Feedback]] = {}
    for answer in of_whole_replies().filter(reply__in=replies):
        found.setdefault(answer.reply_id, []).append(answer)
    return found


def lines(proposal: Proposal, labels: dict[str, str], opinions: dict[int, list[Feedback]]) -> list[tuple[str, ...]]:
    """One for each unit; the proposal's own cells are said once. Without units one line."""
    own = (proposal.case_label or "—", proposal.subject, proposal.short_proposers_label,
           labels.get(proposal.category, proposal.category), proposal.state_label)  # fmt: skip
    units = [of_unit(row, opinions) for row in proposal.assignments.all()] or [("",) * 7]
    return [(own if number == 0 else (proposal.case_label or "—", "", "", "", "")) + unit
            for number, unit in enumerate(units)]  # fmt: skip


def of_unit(row: Assignment, opinions: dict[int, list[Feedback]]) -> tuple[str, ...]:
    reply = next(reversed(row.replies.all()), None)
    due = next((iso(clock.due_on) for clock in row.clocks.all()), "")
    answered = row.role in ANSWERING and reply is not None
    said = "、".join(dict.fromkeys(each.get_result_display() for each in opinions.get(reply.pk, []))) if reply else ""
    return (
        row.unit.name, row.get_role_display(), iso(row.dispatched_at), due, iso(reply.passed_at) if reply else "",
        mark(reply) if answered and reply.category else "", said,
    )  # fmt: skip


def iso(moment: datetime | date | None) -> str:
    """2026-03-05: narrow, and sorted rightly in a workbook."""
    if moment is None:
        return ""
    return (timezone.localtime(moment) if isinstance(moment, datetime) else moment).strftime("%Y-%m-%d")


register(
    Document("proposal_handling", "提案办理情况表", "每件提案的承办单位、期限、答复和评价，可导出表格", compose,
             compose_chosen=compose_chosen)
)  # fmt: skip
