"""What a unit asks for and the office decides: another unit (改办), more time (延期); and pauses of a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core.clock import chinese_date, today
from core.errors import DomainError
from core.workdays import Length, Unit
from handling.defaults import LONGEST, PAUSE_REASON
from handling.enums import AskState, AssignmentState, Stage
from handling.guards import can_ask_time, can_time
from handling.models import Assignment, Clock, Extension, Pause, ReassignRequest
from handling.selectors import people_of
from handling.services import clocks
from handling.services.assignments import send, take_from
from handling.services.standing import follow
from handling.workflow import ASSIGNMENTS
from notices.services import tell
from organisation.models import HandlingUnit
from organisation.selectors import codes, contact, rule, users_with
from proposals.models import Proposal


def office_people(proposal: Proposal) -> list[Any]:
    return users_with(Can.RECEIVE_PROPOSALS, proposal.office)


# --- another unit ------------------------------------------------------------------------------------------------
@transaction.atomic
def request_reassignment(*, assignment: Assignment, reason: str, wished_unit: HandlingUnit | None = None,
                         by: Any) -> ReassignRequest:  # fmt: skip
    """申请改办, within the days of the rule deadline.reassign. Raises DomainError once they are over."""
    unsigned = assignment.state == AssignmentState.DISPATCHED
    with ASSIGNMENTS.step(assignment, "request_reassignment", by=by, reason=reason) as locked:
        require_in_time(locked)
        locked.updated_by = by
    clocks.stop(stages=[Stage.REASSIGN, *([Stage.SIGN] if unsigned else [])], assignment=locked)
    asked = ReassignRequest.objects.create(assignment=locked, reason=reason.strip(), wished_unit=wished_unit, by=by)
    tell(office_people(locked.proposal), f"{locked.unit.name}申请改办《{locked.proposal}》，请决定。",
         url=locked.proposal.get_absolute_url())  # fmt: skip
    follow(proposal=locked.proposal, by=by)
    return asked


def require_in_time(row: Assignment) -> None:
    clock = row.clocks.filter(stage=Stage.REASSIGN).order_by("-id").first()
    office = contact(row.proposal.office)
    if clock is None or clock.stopped_on is not None:
        raise DomainError(f"这件提案已经申请过改办。确有新的情况，请联系{office}。")
    if clock.due_on < today():
        raise DomainError(
            f"申请改办的期限是{chinese_date(clock.due_on)}，已经过了，请按交办要求办理。确有困难，请联系{office}。"
        )


def open_request(row: Assignment) -> ReassignRequest:
    asked = row.reassign_requests.select_for_update().filter(state=AskState.REQUESTED).first()
    if asked is None:
        raise DomainError("没有待决定的改办申请，请刷新后查看。")
    return asked


def settle(asked: ReassignRequest | Extension, state: str, answer: str, by: Any) -> None:
    asked.state, asked.answer, asked.decided_by, asked.decided_at = state, answer.strip(), by, timezone.now()
    asked.save()


@transaction.atomic
def refuse_reassignment(*, assignment: Assignment, reason: str, by: Any) -> Assignment:
    """Back to where it was: to be signed for, or being handled. Raises Denied, DomainError without a reason."""
    signed = assignment.signed_at is not None
    with ASSIGNMENTS.step(assignment, "keep_handling" if signed else "refuse_reassignment", by=by,
                          reason=reason) as locked:  # fmt: skip
        settle(open_request(locked), AskState.REFUSED, reason, by)
        locked.updated_by = by
    if not signed:
        clocks.start(stage=Stage.SIGN, proposal=locked.proposal, assignment=locked, by=by)
    tell(people_of(locked.unit), f"《{locked.proposal}》的改办申请没有同意：{reason}",
         url=locked.proposal.get_absolute_url())  # fmt: skip
    follow(proposal=locked.proposal, by=by)
    return locked


@transaction.atomic
def grant_reassignment(*, assignment: Assignment, unit: HandlingUnit | None, answer: str = "",
                       by: Any) -> Assignment | None:  # fmt: skip
    """The row is taken back; the next unit gets the same role and is told at once. Without a unit it is chosen later.

    Raises Denied, or DomainError when the unit cannot take it.
    """
    with ASSIGNMENTS.step(assignment, "grant_reassignment", by=by, reason=answer) as locked:
        settle(open_request(locked), AskState.GRANTED, answer, by)
        locked.updated_by = by
    take_from(locked, f"同意改办《{locked.proposal}》，不再由贵单位办理。")
    new = successor(locked, unit, by) if unit else None
    follow(proposal=locked.proposal, by=by, reason="改办")
    return new


def successor(old: Assignment, unit: HandlingUnit, by: Any) -> Assignment:
    if not unit.is_active:
        raise DomainError(f"{unit.name}已停用，请另选单位。", field="unit")
    if Assignment.objects.live().filter(proposal=old.proposal, unit=unit).exists():
        raise DomainError(f"{unit.name}已经在办理这件提案，请另选单位。", field="unit")
    row = Assignment.objects.create(proposal=old.proposal, unit=unit, role=old.role, note=old.note,
                                    state=AssignmentState.PLANNED, updated_by=by)  # fmt: skip
    return send(old.proposal, row, by)


# --- more time ---------------------------------------------------------------------------------------------------
@transaction.atomic
def request_extension(*, clock: Clock, length: Length, reason: str, by: Any) -> Extension:
    """申请延期. One request at a time; the history stays. Raises Denied, DomainError."""
    locked = locked_clock(clock)
    can_ask_time(by, locked).require()
    if not reason.strip():
        raise DomainError("请写明延期的理由。", field="reason")
    if locked.extensions.filter(state=AskState.REQUESTED).exists():
        raise DomainError("已有一个延期申请在等待决定，不必重复申请。")
    asked = Extension.objects.create(clock=locked, amount=length.amount, unit=length.unit, reason=reason.strip(), by=by)
    record("clock.ask_extension", locked, by=by, detail={"length": str(length), "reason": asked.reason})
    tell(office_people(locked.proposal), f"{locked.assignment.unit.name}申请《{locked.proposal}》{asked}，请决定。",
         url=locked.proposal.get_absolute_url())  # fmt: skip
    return asked


def locked_clock(clock: Clock) -> Clock:
    return (
        Clock.objects.select_for_update(of=("self",)).select_related("proposal__office", "assignment__unit")
        .get(pk=clock.pk)
    )  # fmt: skip


@dataclass(frozen=True)
class Outlook:
    """What a longer term would lead to. `warning`: it goes beyond the longest term of the rule."""

    day: date
    warning: str


def outlook(clock: Clock, length: Length) -> Outlook:
    """The deadline if this much more time were granted."""
    more = Extension(clock=clock, amount=length.amount, unit=length.unit, state=AskState.GRANTED)
    granted = [row for row in clock.extensions.all() if row.state == AskState.GRANTED]
    scale = clocks.Scale()
    found = clocks.reckoned(clock, [*granted, more], clock.pauses.all(), scale).day
    longest = Length.of(rule(LONGEST, clock.proposal.office))
    last = clocks.deadline(clock.started_on, longest, scale.calendar(clock.proposal.office)).day
    if found <= last:
        return Outlook(found, "")
    return Outlook(found, f"延期后从起算日起超过了{longest}（最迟{chinese_date(last)}），请慎重决定。")


@transaction.atomic
def grant_extension(*, extension: Extension, answer: str = "", by: Any) -> Extension:
    """同意延期: the deadline moves at once, and reminders are armed for the new day."""
    asked = decided(extension, AskState.GRANTED, answer, by)
    clock = clocks.recompute(clock=asked.clock)
    tell_of_extension(asked, f"同意{asked}，新的期限是{chinese_date(clock.due_on)}。")
    return asked


@transaction.atomic
def refuse_extension(*, extension: Extension, answer: str, by: Any) -> Extension:
    """不同意延期, with the reason. Raises DomainError without one."""
    if not answer.strip():
        raise DomainError("请写明不同意的理由。", field="answer")
    asked = decided(extension, AskState.REFUSED, answer, by)
    tell_of_extension(asked, f"没有同意{asked}：{asked.answer}")
    return asked


def decided(extension: Extension, state: str, answer: str, by: Any) -> Extension:
    clock = locked_clock(extension.clock)
    can_time(by, clock).require()
    asked = clock.extensions.filter(pk=extension.pk, state=AskState.REQUESTED).first()
    if asked is None or clock.stopped_on is not None:
        raise DomainError("这个延期申请已经决定过，或者期限已经结束。请刷新后查看。")
    settle(asked, state, answer, by)
    asked.clock = clock
    record(f"clock.{state}", clock, by=by, detail={"length": str(asked), "answer": asked.answer})
    return asked


def tell_of_extension(asked: Extension, text: str) -> None:
    clock = asked.clock
    if clock.assignment:
        tell(people_of(clock.assignment.unit), f"《{clock.proposal}》{clock.get_stage_display()}：{text}",
             url=clock.proposal.get_absolute_url())  # fmt: skip


# --- pauses ------------------------------------------------------------------------------------------------------
@transaction.atomic
def pause(*, clock: Clock, reason: str, note: str = "", by: Any, first: date | None = None) -> Pause:
    """暂停计时 from the day (today) on, for a reason of the office's list. Raises Denied, DomainError."""
    locked = locked_clock(clock)
    can_time(by, locked).require()
    day = first or today()
    require_pausable(locked, day)
    if not codes(PAUSE_REASON, locked.proposal.office).filter(code=reason).exists():
        raise DomainError("请选择暂停的原因。", field="reason")
    row = Pause.objects.create(clock=locked, first=day, reason=reason, note=note.strip(), by=by)
    record("clock.pause", locked, by=by, detail={"first": str(day), "reason": reason, "note": row.note})
    tell_of_pause(locked, f"自{chinese_date(day)}起暂停计时。")
    return row


def require_pausable(clock: Clock, day: date) -> None:
    if clock.stopped_on is not None:
        raise DomainError("这个期限已经结束，不需要暂停。")
    if clock.pauses.filter(last__isnull=True).exists():
        raise DomainError("已经在暂停中。")
    if day > today() or day < clock.started_on:
        raise DomainError("暂停的日期要在起算日和今天之间。", field="first")
    if clock.due_on < day:
        raise DomainError("这个期限已经超期，不能暂停。确有理由，请按延期处理。")
    if clock.pauses.filter(last__gte=day).exists():
        raise DomainError("这一天已经在暂停期内，请选以后的日期。", field="first")


@transaction.atomic
def resume(*, clock: Clock, by: Any) -> Clock:
    """恢复计时: the pause ends today (today included) and the deadline moves by what it took."""
    locked = locked_clock(clock)
    can_time(by, locked).require()
    row = locked.pauses.filter(last__isnull=True).first()
    if row is None:
        raise DomainError("现在没有暂停，不需要恢复。")
    row.last = max(today(), row.first)
    row.save(update_fields=["last"])
    clocks.recompute(clock=locked)
    record("clock.resume", locked, by=by, detail={"last": str(row.last)})
    tell_of_pause(locked, f"已恢复计时，新的期限是{chinese_date(locked.due_on)}。")
    return locked


def tell_of_pause(clock: Clock, text: str) -> None:
    if clock.assignment:
        tell(people_of(clock.assignment.unit), f"《{clock.proposal}》{clock.get_stage_display()}{text}",
             url=clock.proposal.get_absolute_url())  # fmt: skip


__all__ = [
    "Length", "Outlook", "Unit", "grant_extension", "grant_reassignment", "outlook", "pause", "refuse_extension",
    "refuse_reassignment", "request_extension", "request_reassignment", "resume",
]  # fmt: skip
