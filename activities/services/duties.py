"""Report duties: they come by themselves when an activity is registered as held, and are ticked off when sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from activities import type_needs
from activities.enums import ActivityState
from activities.models import Activity, Material, ReportDuty
from activities.services.keeping import note, supplementing
from audit.services import record
from core.clock import today
from core.errors import DomainError
from core.models import Stateful, WorkflowEvent


def on_transition(event: WorkflowEvent, subject: Stateful) -> None:
    """Held: what the type owes becomes due. Back to preparation: what was not sent is no longer owed.

    Called in the transaction of the transition (core.workflow.observers).
    """
    if not isinstance(subject, Activity):
        return
    if event.to_state == ActivityState.HELD and event.from_state == ActivityState.PREPARING:
        owe(subject, by=event.actor)
    elif event.to_state == ActivityState.PREPARING:
        subject.duties.filter(sent_on=None).delete()


def owe(activity: Activity, *, by: Any) -> ReportDuty | None:
    needs = type_needs.needs_of(activity.type)
    if needs.report_days is None or not needs.report_to or activity.duties.exists():
        return None
    day = timezone.localdate(activity.ends_at or activity.starts_at)
    duty = ReportDuty.objects.create(
        activity=activity, addressee=needs.report_to, due_on=day + timedelta(days=needs.report_days)
    )
    record("activity.duty", activity, by=by, detail={"addressee": duty.addressee, "due": str(duty.due_on)})
    return duty


def add_duty(*, by: Any, activity: Activity, values: Mapping[str, Any]) -> ReportDuty:
    """`values`: addressee, due_on, note. Raises Denied, DomainError."""
    with supplementing(activity, by=by) as locked:
        refuse_early(locked, values["due_on"])
        duty = ReportDuty.objects.create(activity=locked, **values)
        note("activity.duty", locked, by=by, detail={"addressee": duty.addressee, "due": str(duty.due_on)})
    return duty


def refuse_early(activity: Activity, due_on: date) -> None:
    if due_on < timezone.localdate(activity.starts_at):
        raise DomainError("报送期限不能早于活动日期。", field="due_on")


def update_duty(*, by: Any, duty: ReportDuty, values: Mapping[str, Any]) -> ReportDuty:
    """To whom and until when. Raises Denied, DomainError."""
    with supplementing(duty.activity, by=by) as locked:
        refuse_early(locked, values["due_on"])
        detail = {
            name: [str(getattr(duty, name)), str(value)]
            for name, value in values.items()
            if getattr(duty, name) != value
        }
        for name, value in values.items():
            setattr(duty, name, value)
        duty.save(update_fields=list(values))
        note("activity.duty", locked, by=by, detail={"duty": duty.pk, **detail})
    return duty


def send_duty(*, by: Any, duty: ReportDuty, sent_on: date, material: Material | None = None) -> ReportDuty:
    """It has been sent, with which file. Raises Denied, DomainError."""
    with supplementing(duty.activity, by=by) as locked:
        if sent_on > today():
            raise DomainError("报送日期不能晚于今天。", field="sent_on")
        if sent_on < timezone.localdate(locked.starts_at):
            raise DomainError("报送日期不能早于活动日期。", field="sent_on")
        if material is not None and material.activity_id != locked.pk:
            raise DomainError("这份材料不属于本次活动，请重新选择。", field="material")
        duty.sent_on, duty.material = sent_on, material
        duty.save(update_fields=["sent_on", "material"])
        detail = {"duty": duty.pk, "sent": str(sent_on), "late_days": duty.late_days}
        note("activity.duty", locked, by=by, detail=detail)
    return duty


def take_back_duty(*, by: Any, duty: ReportDuty) -> ReportDuty:
    """It was not sent after all. Raises Denied."""
    with supplementing(duty.activity, by=by) as locked:
        duty.sent_on = duty.material = None
        duty.save(update_fields=["sent_on", "material"])
        note("activity.duty", locked, by=by, detail={"duty": duty.pk, "sent": None})
    return duty


def drop_duty(*, by: Any, duty: ReportDuty) -> None:
    """This activity owes no such report. Raises DomainError when it was sent, Denied."""
    with supplementing(duty.activity, by=by) as locked:
        if duty.sent_on:
            raise DomainError("已登记报送，请先撤回登记。")
        note("activity.duty", locked, by=by, detail={"dropped": duty.addressee, "due": str(duty.due_on)})
        duty.delete()
