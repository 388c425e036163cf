"""Findings: noted at an activity, corrected, sent up, instructed, handed over, followed up, settled, taken up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.enums import Adoption, FindingState, Progress
from activities.models import Activity, Finding, FollowUp, Instruction, ReportDuty
from activities.permissions import followup as record_rights
from activities.services.keeping import known_unit, note, supplementing
from activities.workflow.findings import FLOW
from audit.services import changes, record
from core.clock import today
from core.errors import DomainError
from core.versions import editing

#: What the form of a finding sets.
WORDING = ("kind", "text", "proposed", "unit_name", "noted_on")


def add_finding(*, by: Any, activity: Activity, values: Mapping[str, Any],
                duty: ReportDuty | None = None) -> Finding:  # fmt: skip
    """`values` are WORDING; without a day it is the activity's own. With `duty` it was sent up with that report, so
    that instructions on the report have their place. Raises Denied, DomainError.
    """
    with supplementing(activity, by=by) as locked:
        finding = Finding(activity=locked, state=FindingState.NOTED, order=locked.findings.count(), updated_by=by)
        put(finding, {**values, "noted_on": values.get("noted_on") or timezone.localdate(locked.starts_at)})
        refuse_future(finding.noted_on, "noted_on")
        finding.save()
        note("activity.finding", locked, by=by, detail={"finding": finding.pk, "kind": finding.kind})
        if duty is not None and duty.sent_on and duty.activity_id == locked.pk:
            send_up(by=by, finding=finding, sent_to=duty.addressee, sent_on=duty.sent_on)
    return finding


def put(finding: Finding, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(finding, name, value)
    if "unit_name" in values:
        finding.unit = known_unit(values["unit_name"])


def refuse_future(day: date | None, field: str) -> None:
    if day is not None and day > today():
        raise DomainError("日期不能晚于今天。", field=field)


def update_finding(*, by: Any, finding: Finding, version: int | None, values: Mapping[str, Any]) -> Finding:
    """The wording, until it is sent up or handed over. Raises Denied, Conflict, DomainError."""
    with editing(finding, version=version, by=by) as locked:
        record_rights.can_reword(by, locked).require()
        before = {name: getattr(locked, name) for name in WORDING}
        put(locked, values)
        refuse_future(locked.noted_on, "noted_on")
        record("finding.update", locked, by=by, detail=changes(before, {name: values[name] for name in WORDING}))
    return locked


def delete_finding(*, by: Any, finding: Finding, reason: str) -> None:
    """Only one that nothing has happened to; its text stays in the audit trail. Raises Denied, DomainError."""
    if not reason.strip():
        raise DomainError("请填写删除原因。", field="reason")
    with transaction.atomic():
        locked = Finding.objects.select_for_update(of=("self",)).select_related("activity").get(pk=finding.pk)
        record_rights.can_reword(by, locked).require()
        if locked.instructions.exists() or locked.follow_ups.exists() or locked.sent_on:
            raise DomainError("已有批示或办理记录，不能删除。可以选择“不再跟踪”并写明原因。")
        record("finding.delete", locked, by=by, detail={"text": locked.text[:500], "reason": reason.strip()[:200]})
        locked.delete()


# --- transitions -------------------------------------------------------------------------------------------------
def send_up(*, by: Any, finding: Finding, sent_to: str, sent_on: date, document_no: str = "") -> str:
    """Raises StateChanged, Denied, DomainError."""
    with FLOW.step(finding, "send_up", by=by) as locked:
        refuse_future(sent_on, "sent_on")
        refuse_before(locked.noted_on, sent_on, "sent_on", "报送日期不能早于提出日期。")
        locked.sent_to, locked.sent_on, locked.document_no = sent_to, sent_on, document_no
    return FLOW.transitions["send_up"].done


def refuse_before(first: date | None, second: date, field: str, sentence: str) -> None:
    if first is not None and second < first:
        raise DomainError(sentence, field=field)


def instruct(*, by: Any, finding: Finding, values: Mapping[str, Any]) -> str:
    """The first instruction; `values` are the fields of Instruction. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(finding, "instruct", by=by) as locked:
        write_instruction(locked, values, by=by)
    return FLOW.transitions["instruct"].done


def add_instruction(*, by: Any, finding: Finding, values: Mapping[str, Any]) -> Instruction:
    """A further one, whatever the state is by then. Raises Denied, DomainError."""
    with transaction.atomic():
        locked = Finding.objects.select_for_update(of=("self",)).select_related("activity").get(pk=finding.pk)
        record_rights.can_instruct(by, locked).require()
        written = write_instruction(locked, values, by=by)
        locked.save(update_fields=["instructed_on"])
    return written


def write_instruction(finding: Finding, values: Mapping[str, Any], *, by: Any) -> Instruction:
    """The row, and the day of the finding's first instruction. The audit says who wrote and when, not what."""
    refuse_future(values["on"], "on")
    refuse_before(finding.noted_on, values["on"], "on", "批示日期不能早于提出日期。")
    written = Instruction.objects.create(finding=finding, **values)
    finding.instructed_on = min(filter(None, [finding.instructed_on, written.on]))
    detail = {"leader": written.leader, "on": str(written.on), "restricted": written.restricted}
    record("finding.instruction", finding, by=by, detail=detail)
    return written


def hand_over(*, by: Any, finding: Finding, unit_name: str, due_on: date) -> str:
    """To whom it goes and until when it is to be settled. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(finding, "hand_over", by=by) as locked:
        if due_on < today():
            raise DomainError("办结期限不能早于今天。", field="due_on")
        put(locked, {"unit_name": unit_name})
        locked.due_on = due_on
    return FLOW.transitions["hand_over"].done


def implement(*, by: Any, finding: Finding, resolved_on: date, result: str) -> str:
    """Raises StateChanged, Denied, DomainError."""
    with FLOW.step(finding, "implement", by=by) as locked:
        refuse_future(resolved_on, "resolved_on")
        refuse_before(locked.noted_on, resolved_on, "resolved_on", "落实日期不能早于提出日期。")
        locked.resolved_on, locked.result = resolved_on, result
    return FLOW.transitions["implement"].done


def step_finding(*, by: Any, finding: Finding, action: str, reason: str = "") -> str:
    """A transition that asks for no more than a reason. Raises StateChanged, Denied, DomainError."""
    with FLOW.step(finding, action, by=by, reason=reason) as locked:
        if action == "reopen":
            locked.resolved_on = None
    return FLOW.transitions[action].done


# --- between them ------------------------------------------------------------------------------------------------
def follow_up(*, by: Any, finding: Finding, on: date, progress: str, text: str) -> FollowUp:
    """One entry of the follow-up. Raises Denied when nothing is being followed, DomainError."""
    with transaction.atomic():
        locked = Finding.objects.select_for_update(of=("self",)).select_related("activity").get(pk=finding.pk)
        record_rights.can_follow(by, locked).require()
        refuse_future(on, "on")
        entry = FollowUp.objects.create(finding=locked, on=on, progress=Progress(progress), text=text, recorded_by=by)
        record("finding.follow_up", locked, by=by, detail={"on": str(on), "progress": progress})
    return entry


def record_adoption(*, by: Any, finding: Finding, adoption: str, on: date | None) -> Finding:
    """Whether it was taken up, and since when. Raises Denied, DomainError."""
    with transaction.atomic():
        locked = Finding.objects.select_for_update(of=("self",)).select_related("activity").get(pk=finding.pk)
        record_rights.can_work(by, locked).require()
        refuse_future(on, "on")
        if adoption == Adoption.ADOPTED and on is None:
            raise DomainError("请填写采纳日期。", field="on")
        locked.adoption, locked.adopted_on = Adoption(adoption), on if adoption == Adoption.ADOPTED else None
        locked.save(update_fields=["adoption", "adopted_on"])
        record("finding.adoption", locked, by=by, detail={"adoption": adoption, "on": str(on or "")})
    return locked
