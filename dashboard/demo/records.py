"""What past activities left behind: papers, reports sent, findings on their way, an appraisal, supervised projects."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from activities.evidence import NOTICE, REPORT, required
from activities.models import Activity, Finding, Material, ReportDuty
from activities.services import duties, findings, materials, projects, scores
from core.clock import today
from dashboard.demo import past, texts
from dashboard.demo.setting import Setting

#: Every so many reports one comes late; the newest one of each office is still owed.
LATE = 7


def build(setting: Setting) -> None:
    content = texts.read("records")
    for activity in Activity.objects.filter(state="summarised").select_related("office", "type__needs"):
        keep_papers(setting, activity)
    send_reports(setting)
    for each in content["findings"]:
        for activity in titled(each["at"]):
            follow(setting, activity, each, content["instructions"][0])
    for each in content["scores"]:
        for activity in titled(each["at"]):
            appraise(setting, activity, each)
    for each in content["projects"]:
        for activity in titled(each["at"]):
            supervise(setting, activity, each)


def titled(title: str) -> list[Activity]:
    """Those that took place; what the calendar has not reached yet left nothing behind."""
    rows = Activity.objects.filter(title=title, state__in=("held", "summarised"))
    return list(rows.select_related("office", "type"))


def staff_of(setting: Setting, activity: Activity) -> Any:
    key = next(key for key, office in setting.offices.items() if office == activity.office)
    return setting.staff(key)


# --- papers ------------------------------------------------------------------------------------------------------
def keep_papers(setting: Setting, activity: Activity) -> None:
    """The notice of each meeting, and a report where the type asks for one."""
    wanted = {NOTICE: "通知", REPORT: "报告"}.items()
    with past.on(activity.starts_at + timedelta(days=3)):
        for kind, word in wanted:
            if kind in required(activity.type):
                title = f"{activity.title}{word}"
                upload = SimpleUploadedFile(f"{title}.docx", paper(title, activity))
                materials.add_material(
                    by=staff_of(setting, activity), activity=activity, upload=upload, kind=kind, title=title,
                    shared=kind == NOTICE,
                )  # fmt: skip


def paper(title: str, activity: Activity) -> bytes:
    document = Document()
    document.add_heading(title, 1)
    document.add_paragraph(activity.content or activity.title)
    if activity.minutes and title.endswith("报告"):
        document.add_paragraph(activity.minutes)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def send_reports(setting: Setting) -> None:
    """In time mostly; the newest of each office is still open, so that something waits."""
    owed: set[int] = set()
    rows = ReportDuty.objects.select_related("activity__office").order_by("-due_on", "-pk")
    for place, duty in enumerate(rows):
        if duty.activity.office_id not in owed:
            owed.add(duty.activity.office_id)
            continue
        day = duty.due_on + timedelta(days=2 if place % LATE == 0 else -1)
        sent_on = min(max(day, timezone.localdate(duty.activity.starts_at)), today())
        report = Material.objects.filter(activity=duty.activity, kind=REPORT).first()
        with past.on(past.moment(sent_on.year, sent_on.month, sent_on.day, 16)):
            duties.send_duty(by=staff_of(setting, duty.activity), duty=duty, sent_on=sent_on, material=report)


# --- findings ----------------------------------------------------------------------------------------------------
def follow(setting: Setting, activity: Activity, told: dict[str, Any], instruction: dict[str, str]) -> None:
    by, day = staff_of(setting, activity), activity.starts_at
    values = {"kind": told["kind"], "text": told["text"], "proposed": told["proposed"], "unit_name": told["unit"],
              "noted_on": None}  # fmt: skip
    with past.on(day + timedelta(days=1)):
        finding = findings.add_finding(by=by, activity=activity, values=values)
    for step in told["steps"]:
        day += timedelta(days=6)
        with past.on(day):
            take(finding, step, by, told, instruction)
    if told.get("adopted"):
        with past.on(day):
            findings.record_adoption(by=by, finding=finding, adoption="adopted", on=today())
    if told.get("overdue"):
        Finding.objects.filter(pk=finding.pk).update(due_on=timezone.localdate() - timedelta(days=5))


def take(finding: Finding, step: str, by: Any, told: dict[str, Any], instruction: dict[str, str]) -> None:
    """Dates are those of the shown clock (`past.on`)."""
    if step == "send_up":
        findings.send_up(by=by, finding=finding, sent_to="党委、政府", sent_on=today())
    elif step == "instruct":
        findings.instruct(by=by, finding=finding, values={**instruction, "on": today(), "restricted": True})
    elif step == "hand_over":
        due = max(today(), past.REAL_NOW().date()) + timedelta(days=30)
        findings.hand_over(by=by, finding=finding, unit_name=told["unit"], due_on=due)
        findings.follow_up(by=by, finding=finding, on=today(), progress="going", text="已现场查看，正在拟定整改方案。")
    else:
        findings.implement(by=by, finding=finding, resolved_on=today(), result=told["result"])


# --- the rest ----------------------------------------------------------------------------------------------------
def appraise(setting: Setting, activity: Activity, told: dict[str, Any]) -> None:
    by = staff_of(setting, activity)
    criteria = [(label, int(top)) for label, top in (each.split(" ") for each in told["criteria"])]
    with past.on(activity.starts_at + timedelta(hours=5)):
        names = [each["name"] for each in told["units"]]
        scores.set_up_scores(by=by, activity=activity, criteria=criteria, units=names)
        for unit, each in zip(activity.scored_units.all(), told["units"], strict=True):
            points = {
                row.pk: Decimal(round(row.top * told["sheets"] * share))
                for row, share in zip(activity.criteria.all(), each["share"], strict=True)
            }
            scores.save_sheets(
                by=by, unit=unit, sheets=told["sheets"], points=points, opinions=each.get("opinions", "")
            )
            if text := each.get("rectified"):
                day = timezone.localdate(activity.starts_at)
                scores.save_rectification(
                    by=by, unit=unit, rectify_by=day + timedelta(days=30), rectified_on=day, rectification=text
                )


def supervise(setting: Setting, activity: Activity, told: dict[str, Any]) -> None:
    by, office = setting.staff(told["office"]), setting.offices[told["office"]]
    values = {"name": told["name"], "year": setting.year, "unit_name": told["unit"], "goal": told["goal"],
              "due_on": past.moment(setting.year, 12, 31).date()}  # fmt: skip
    with past.on(activity.starts_at - timedelta(days=60)):
        project = projects.save_project(by=by, office=office, values=values)
    first, second = told["percents"]
    for percent, when, seen_at in ((first, -30, None), (second, 0, activity)):
        with past.on(activity.starts_at + timedelta(days=when, hours=4)):
            entry = {"on": today(), "percent": percent, "condition": told.get("condition", "going"), "text": ""}
            projects.add_entry(by=by, project=project, values=entry, activity=seen_at)
