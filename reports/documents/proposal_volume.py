"""提案汇编: proposals with their replies in one volume: cover, contents, text, index by proposer, unit and category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from core.clock import Span, chinese_date
from core.errors import DomainError
from core.pdf.blocks import Block, Contents, Cover, Heading, Index, PageBreak, Paragraph
from handling.enums import ANSWERING, ReplyState
from handling.models import Assignment, Reply
from organisation.models import Office
from organisation.selectors import code_labels, descend
from proposals.defaults import CATEGORY
from proposals.enums import Stage
from proposals.models import Proposal, Proposer
from proposals.selectors import counted, of_offices
from reports.documents import Composition, Document, register
from reports.papers.proposal import body, plain_paragraphs
from reports.papers.replies import item_table, mark
from reports.papers.wording import on

#: More would be a file nobody can open.
MOST = 1000


def loaded(rows: QuerySet) -> list[Proposal]:
    """With people, units and delivered replies; a constant number of queries. By session and number."""
    replies = Reply.objects.filter(state=ReplyState.PASSED).prefetch_related("items").order_by("round")
    units = Assignment.objects.live().select_related("unit").prefetch_related(Prefetch("replies", queryset=replies))
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    found = rows.select_related("office", "home_office", "session__term").prefetch_related(
        Prefetch("proposers", queryset=people), Prefetch("assignments", queryset=units.order_by("pk"))
    )
    return list(found.order_by("session__starts", "case_no", "submitted_at", "pk")[: MOST + 1])


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """The cases filed in the year. Raises DomainError when there are none."""
    rows = of_offices(Proposal.objects.all(), descend(office.pk))
    filed = counted(rows, Stage.FILED, Span.year(year)).filter(case_no__isnull=False)
    return volume(office, loaded(filed), f"{year}年提案汇编", as_of, f"{office.name}{year}年没有立案的提案。")


def compose_chosen(office: Office, ids: Sequence[int], as_of: datetime) -> Composition:
    """Those somebody chose. Raises DomainError for nothing or too many."""
    return volume(office, loaded(Proposal.objects.filter(pk__in=ids)), "提案汇编", as_of, "没有选中提案。")


def volume(office: Office, proposals: list[Proposal], title: str, as_of: datetime, nothing: str) -> Composition:
    if not proposals:
        raise DomainError(nothing)
    if len(proposals) > MOST:
        raise DomainError(f"一册最多收 {MOST} 件提案，请缩小范围。")
    labels = code_labels(CATEGORY)
    found = Composition(f"{office.name}\n{title}", office.name)
    found.figure("proposals", len(proposals), "件")
    found.add(
        Cover(title, [office.name, f"共{len(proposals)}件", chinese_date(timezone.localtime(as_of).date())]),
        Contents([(entry(each), anchor(each)) for each in proposals]),
    )
    for each in proposals:
        found.add(*chapter(each, labels), PageBreak())
    found.add(*indices(proposals, labels))
    return found


def anchor(proposal: Proposal) -> str:
    return f"proposal-{proposal.pk}"


def entry(proposal: Proposal) -> str:
    """第12号　案由（提案者）."""
    number = f"{proposal.case_label}　" if proposal.case_no else ""
    return f"{number}{proposal.subject}（{proposal.short_proposers_label}）"


def chapter(proposal: Proposal, labels: dict[str, str]) -> list[Block]:
    number = f"{proposal.case_label}　" if proposal.case_no else ""
    made: list[Block] = [
        Heading(1, f"{number}{proposal.subject}", number="", anchor=anchor(proposal)),
        Paragraph(f"提案者：{proposal.proposers_label}"),
        Paragraph(f"分类：{labels.get(proposal.category, '未分类')}　　提交日期：{on(proposal.submitted_at)}"),
    ]
    made += body(proposal, first_level=2)
    for assignment in proposal.assignments.all():
        made += answers(assignment)
    return made


def answers(assignment: Assignment) -> list[Block]:
    """The reply in force: the last round that was delivered."""
    delivered = list(assignment.replies.all())
    if assignment.role not in ANSWERING or not delivered:
        return []
    reply = delivered[-1]
    facts = "，".join(part for part in (reply.doc_no, on(reply.signed_on or reply.sent_at)) if part)
    category = f"（{mark(reply)}类）" if reply.category else ""
    return [
        Heading(2, f"{assignment.unit.name}的答复{category}", number=""),
        *([Paragraph(facts)] if facts else []),
        *plain_paragraphs(reply.body),
        *item_table(list(reply.items.all())),
    ]


def indices(proposals: Iterable[Proposal], labels: dict[str, str]) -> list[Block]:
    people: dict[str, list[str]] = {}
    units: dict[str, list[str]] = {}
    categories: dict[str, list[str]] = {}
    for each in proposals:
        at = anchor(each)
        for row in each.proposers.all():
            people.setdefault(row.member.name, []).append(at)
        for row in each.assignments.all():
            units.setdefault(row.unit.name, []).append(at)
        categories.setdefault(labels.get(each.category, "未分类"), []).append(at)
    found = [("提案者索引", people), ("承办单位索引", units), ("分类索引", categories)]
    return [Index(title, sorted(entries.items())) for title, entries in found if entries]


register(
    Document("proposal_volume", "提案汇编", "本年立案的提案和答复汇编成册，有目录和索引", compose,
             compose_chosen=compose_chosen)
)  # fmt: skip
