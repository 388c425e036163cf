"""Promises come back on their day: reported by the unit, checked by the office, judged by the proposers once more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from audit.services import record
from core import files
from core.clock import chinese_date, today
from core.errors import DomainError
from handling.answering import proposers_of
from handling.enums import ItemKind, Outcome, PromiseState, ReportState, Stage
from handling.feedback_links import url_for
from handling.models import Assignment, FollowUpReport, Reply, ReplyItem
from handling.promises import can_check, can_report
from handling.selectors import people_of
from handling.services import clocks, standing
from notices.services import tell
from organisation.selectors import users_with


def promises_made(reply: Reply, by: Any) -> None:
    """Called when a reply passed: each promise gets its clock, counted from the promised day."""
    for item in reply.items.filter(kind=ItemKind.PROMISED, state=PromiseState.OPEN):
        begin(item, reply.assignment, item.promised_on, 1, by)


def begin(item: ReplyItem, assignment: Assignment, day: date, number: int, by: Any) -> None:
    clocks.start(
        stage=Stage.FOLLOW_UP, proposal=assignment.proposal, assignment=assignment, by=by, on=day, round=number,
        subject_id=item.pk,
    )  # fmt: skip


@transaction.atomic
def report(*, item: ReplyItem, outcome: str, text: str, by: Any, day: date | None = None,
           new_date: date | None = None, upload: Any = None) -> FollowUpReport:  # fmt: skip
    """The unit says what became of a promise. Raises Denied, or DomainError naming a field."""
    locked = locked_item(item)
    can_report(by, locked).require()
    check(locked, outcome, text, day, new_date)
    stored = files.accept(upload, files.MATERIAL, by=by) if upload else None
    kept = outcome == PromiseState.KEPT
    written = FollowUpReport.objects.create(
        item=locked, outcome=outcome, text=text.strip(), day=day if kept else None,
        new_date=None if kept else new_date, file=stored, by=by,
    )  # fmt: skip
    proposal = locked.reply.assignment.proposal
    record("promise.report", locked.reply.assignment, by=by, detail={"item": str(locked)[:80], "outcome": outcome})
    tell(users_with(Can.RECEIVE_PROPOSALS, proposal.office),
         f"{locked.reply.assignment.unit}填报了《{str(proposal)[:60]}》承诺事项的落实情况，请核实。",
         url=written.get_absolute_url())  # fmt: skip
    return written


def locked_item(item: ReplyItem) -> ReplyItem:
    rows = ReplyItem.objects.select_related("reply__assignment__proposal__office", "reply__assignment__unit")
    return rows.select_for_update(of=("self",)).get(pk=item.pk)


def check(item: ReplyItem, outcome: str, text: str, day: date | None, new_date: date | None) -> None:
    if outcome not in (PromiseState.KEPT, PromiseState.BROKEN):
        raise DomainError("请选择是否已经落实。", field="outcome")
    if not text.strip():
        raise DomainError("请写明落实情况；没有落实的，写明原因。", field="text")
    if outcome == PromiseState.KEPT:
        if day is None:
            raise DomainError("请填写落实日期。", field="day")
        if day > today():
            raise DomainError("落实日期不能晚于今天。", field="day")
    elif new_date is not None and new_date <= today():
        raise DomainError("新的计划日期要在今天以后。", field="new_date")


@transaction.atomic
def accept(*, report: FollowUpReport, by: Any) -> ReplyItem:
    """核实: a kept promise is settled and the proposers are asked once more; one with a new date runs on; one without
    is settled as not kept.
    """
    locked, item = locked_report(report, by)
    decide(locked, ReportState.ACCEPTED, by)
    assignment = item.reply.assignment
    if locked.outcome == PromiseState.BROKEN and locked.new_date:
        promised_again(item, assignment, locked.new_date, by)
    else:
        settle(item, locked, by)
    standing.follow(proposal=assignment.proposal, by=by)
    return item


def locked_report(report: FollowUpReport, by: Any) -> tuple[FollowUpReport, ReplyItem]:
    item = locked_item(report.item)
    locked = FollowUpReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    locked.item = item
    can_check(by, locked).require()
    return locked, item


def decide(report: FollowUpReport, state: str, by: Any, answer: str = "") -> None:
    report.state, report.answer = state, answer
    report.decided_by, report.decided_at = by, timezone.now()
    report.save()
    record(f"promise.{state}", report.item.reply.assignment, by=by, detail={"item": str(report.item)[:80]})


def promised_again(item: ReplyItem, assignment: Assignment, day: date, by: Any) -> None:
    """The clock of the old date stops without having been met; the next round counts from the new date."""
    number = item.reports.filter(state=ReportState.ACCEPTED).count() + 1
    clocks.stop(stages=[Stage.FOLLOW_UP], assignment=assignment, subject_id=item.pk, outcome=Outcome.VOID)
    begin(item, assignment, day, number, by)
    tell(proposing_users(assignment),
         f"您的提案《{str(assignment.proposal)[:60]}》承诺的事项改期到{chinese_date(day)}，理由请看详情。",
         url=f"/promises/{item.pk}/")  # fmt: skip


def settle(item: ReplyItem, report: FollowUpReport, by: Any) -> None:
    """The promise is over; each proposer is asked about it once more, by a link of his own."""
    kept = report.outcome == PromiseState.KEPT
    item.state, item.settled_on = report.outcome, report.day if kept else today()
    item.save(update_fields=["state", "settled_on"])
    assignment, on = item.reply.assignment, timezone.localdate(report.at)
    outcome = Outcome.MET if kept else Outcome.VOID
    clocks.stop(stages=[Stage.FOLLOW_UP], assignment=assignment, subject_id=item.pk, outcome=outcome, on=on)
    what = "已经落实" if kept else "没有落实，原因请看提案页面"
    for proposer in proposers_of(assignment.proposal):
        text = f"您的提案《{str(proposer.proposal)[:60]}》在答复中承诺的事项{what}，请您再评价一次。"
        tell([proposer.member.user], text, url=url_for(item.reply, proposer, item))


def proposing_users(assignment: Assignment) -> list[User]:
    """The proposers who can sign in."""
    return [row.member.user for row in proposers_of(assignment.proposal) if row.member.user]


@transaction.atomic
def send_back(*, report: FollowUpReport, reason: str, by: Any) -> FollowUpReport:
    """退回: the unit reports anew; the clock runs on. Raises DomainError without a reason."""
    locked, item = locked_report(report, by)
    if not reason.strip():
        raise DomainError("请填写退回的理由。", field="reason")
    decide(locked, ReportState.SENT_BACK, by, reason.strip()[:500])
    assignment = item.reply.assignment
    tell(people_of(assignment.unit), f"《{str(assignment.proposal)[:60]}》的落实情况被退回，请看理由后重新填报。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked
