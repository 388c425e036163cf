"""办理流程单: every step with who and when, of the proposal, of each unit, of each reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from core.clock import start_of
from core.models import WorkflowEvent
from core.pdf.blocks import Column, Grid, Table
from handling.answering import of_whole_replies
from handling.defaults import CONTACT_WAY
from handling.enums import AskState
from handling.models import Assignment, Contact, Extension, FollowUpReport, Reply
from organisation.selectors import code_labels
from proposals.enums import UNSENT
from proposals.models import Proposal
from reports.documents import Composition
from reports.papers import Making, PaperKind, reading, register
from reports.papers.proposal import load, newest
from reports.papers.wording import case, minute, on


class Step(NamedTuple):
    at: datetime
    what: str
    who: str
    detail: str


def sees(user: Any, proposal: Proposal) -> bool:
    """The offices only: it names everybody who worked on it."""
    return proposal.state not in UNSENT and reading.reads_all(user, proposal)


def compose(proposal: Proposal, making: Making) -> Composition:
    assignments = list(proposal.assignments.select_related("unit").order_by("pk"))
    found = Composition("提案办理流程单", "")
    found.add(Grid([16, 34, 16, 34], facts(proposal, assignments)))
    columns = [Column("时间", 22, "center"), Column("环节", 20), Column("经办", 18), Column("说明", 40)]
    rows = [(minute(step.at), step.what, step.who, step.detail) for step in steps(proposal, assignments)]
    found.add(Table(columns, rows, "办理过程"))
    return found


def facts(proposal: Proposal, assignments: list[Assignment]) -> list[list[str]]:
    units = "\n".join(f"{row.unit.name}（{row.get_role_display()}，{row.state_label}）" for row in assignments)
    return [
        ["提案", f"{case(proposal)}\n{proposal.subject}"],
        ["提案者", proposal.proposers_label],
        ["现在状态", proposal.state_label, "提交时间", on(proposal.submitted_at)],
        ["承办单位", units or "（未交办）"],
    ]


def steps(proposal: Proposal, assignments: list[Assignment]) -> list[Step]:
    """All of them by time; nine queries however many there are."""
    units = {row.pk: row.unit.name for row in assignments}
    replies = dict(Reply.objects.filter(assignment__in=units).values_list("pk", "assignment_id"))
    made = [
        *events(Proposal, {proposal.pk: ""}),
        *events(Assignment, units),
        *events(Reply, {pk: f"{units[of]}答复" for pk, of in replies.items()}),
        *contacts(units), *extensions(units), *answers(list(replies)), *follow_ups(list(replies)),
    ]  # fmt: skip
    return sorted(made, key=lambda step: step.at)


def events(model: type, names: dict[int, str]) -> Iterable[Step]:
    kind = ContentType.objects.get_for_model(model)
    for each in WorkflowEvent.objects.filter(subject_type=kind, subject_id__in=names):
        name = names[each.subject_id]
        yield Step(each.at, f"{each.label}\n（{name}）" if name else each.label, each.actor_name, each.reason)


def contacts(units: dict[int, str]) -> Iterable[Step]:
    ways = code_labels(CONTACT_WAY)
    for each in Contact.objects.filter(assignment__in=units).select_related("by"):
        words = f"{ways.get(each.way, each.way)}，{each.persons}{'。' if each.note else ''}{each.note}"
        yield Step(start_of(each.day), f"与提案者沟通\n（{units[each.assignment_id]}）", each.by.name, words)


def extensions(units: dict[int, str]) -> Iterable[Step]:
    rows = Extension.objects.filter(clock__assignment__in=units).select_related("clock", "by", "decided_by")
    for each in rows:
        name = units[each.clock.assignment_id]
        length = f"{each.clock.get_stage_display()}，{each.amount}{each.get_unit_display()}"
        yield Step(each.at, f"申请延期\n（{name}）", each.by.name, f"{length}：{each.reason}")
        if each.state != AskState.REQUESTED and each.decided_at:
            yield Step(each.decided_at, f"{each.get_state_display()}延期\n（{name}）",
                       each.decided_by.name if each.decided_by else "", each.answer)  # fmt: skip


def answers(replies: list[int]) -> Iterable[Step]:
    """What proposers think; the words are theirs and stay out of a sheet that goes round."""
    for each in of_whole_replies().filter(reply__in=replies).select_related("proposer__member"):
        words = f"办理工作：{each.get_handling_display()}；办理结果：{each.get_result_display()}"
        yield Step(each.at, "提案者评价", each.proposer.member.name, words)


def follow_ups(replies: list[int]) -> Iterable[Step]:
    for each in FollowUpReport.objects.filter(item__reply__in=replies).select_related("item", "by"):
        words = f"{each.item.text}：{each.get_outcome_display()}。{each.text}"
        yield Step(each.at, "承诺事项跟踪", each.by.name, words)


register(PaperKind("handling_sheet", "办理流程单", load, sees, compose, newest))
