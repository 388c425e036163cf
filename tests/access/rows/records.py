"""Addresses of records of activities: offices that look in read them, staff of the activity's own office write."""

from __future__ import annotations

from datetime import date

from activities import services
from activities.models import Material, ReportDuty, ScoreCriterion, ScoredUnit, SupervisedProject
from core import files
from tests.access.table import SEES_TOWN, STAFF_OF_TOWN, Row

LOOKS_IN = f"{SEES_TOWN} other_staff"
ONLY_LOOKS = "county_staff county_head leader"
ONLY_SEES = f"{ONLY_LOOKS} owner colleague"
KEEPS_LISTS = "staff head other_staff county_staff county_head sysadmin"
KEEPS_TYPES = "county_staff county_head sysadmin"


def key(made):
    return [made.pk]


def material(world, shared=False):
    stored = files.store(b"%PDF-1.7 test", name="方案.pdf", extension="pdf", by=None)
    activity = world["activity.held"]
    return Material.objects.create(activity=activity, file=stored, kind="document", title="方案", shared=shared)


def finding(world):
    values = {
        "kind": "problem",
        "text": "桥面破损",
        "proposed": "",
        "unit_name": "县交通局",
        "noted_on": date(2026, 3, 9),
    }
    return services.findings.add_finding(by=world.people["staff"], activity=world["activity.held"], values=values)


def followed(world):
    found = finding(world)
    services.findings.hand_over(by=world.people["staff"], finding=found, unit_name="县交通局", due_on=date(2099, 1, 1))
    return found


def duty(world):
    return ReportDuty.objects.create(activity=world["activity.held"], addressee="上级政协", due_on=date(2026, 4, 1))


def unit(world):
    activity = world["activity.held"]
    ScoreCriterion.objects.get_or_create(activity=activity, label="服务态度", top=20)
    return ScoredUnit.objects.get_or_create(activity=activity, name="县交通局")[0]


def project(world):
    return SupervisedProject.objects.get_or_create(office=world.offices["town"], year=2026, name="老旧小区改造")[0]


def args(make, *more):
    return lambda world: [*key(make(world)), *more]


def reads(url, make):
    return Row(url, args=args(make), ok=SEES_TOWN)


def writes(url, make, **options):
    """A page on which staff of the office writes; those who look in are told why not."""
    return Row(url, args=args(make), **{"ok": STAFF_OF_TOWN, "no": ONLY_LOOKS, **options})


def posts(url, make, data=None, **options):
    given = {"moved": STAFF_OF_TOWN, "no": ONLY_LOOKS, **options}
    return Row(url, args=args(make), method="POST", data=data or {}, **given)


SENT = {"sent_to": "党委、政府", "sent_on": "2026-03-12"}

ROWS = [
    Row("minutes_versions", obj="activity.held", ok=SEES_TOWN, no="owner colleague"),
    Row("minutes_restore", obj="activity.held", method="POST", gone=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("photo_upload", obj="activity.held", method="POST", bad=STAFF_OF_TOWN, no=ONLY_SEES, download=True),
    Row("activity_materials", obj="activity.held", ok=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_materials", obj="activity.cancelled", no=f"{STAFF_OF_TOWN} {ONLY_SEES}"),
    Row("activity_materials", obj="activity.held", method="POST", bad=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("finding_create", obj="activity.held", ok=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("finding_create", obj="activity.held", method="POST", bad=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_duties", obj="activity.held", ok=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_scores", obj="activity.held", ok=SEES_TOWN, no="owner colleague"),
    Row("scores_set_up", obj="activity.held", ok=STAFF_OF_TOWN, no=ONLY_SEES),
    Row("activity_ballot", obj="activity.held", no=f"{STAFF_OF_TOWN} {ONLY_SEES}"),
    *[Row(f"{each}_list", ok=LOOKS_IN, rest=403) for each in ("material", "finding", "duty", "project")],
    Row("finding_list", query="?stage=resolved&offices=1,2&since=2026-01-01&overdue=1", ok=LOOKS_IN, rest=403),
    Row("material", args=args(material), ok=SEES_TOWN, download=True),
    Row("material", args=lambda world: key(material(world, shared=True)), ok=f"{SEES_TOWN} owner colleague",
        download=True),
    writes("material_edit", material),
    posts("material_delete", material, {"reason": "传错了"}),
    reads("finding_detail", finding),
    reads("finding_detail", followed),
    writes("finding_edit", finding),
    writes("finding_edit", followed, ok="", no=SEES_TOWN),
    posts("finding_delete", finding, {"reason": "登记错了"}),
    writes("finding_follow_up", followed),
    writes("finding_follow_up", finding, ok="", no=SEES_TOWN),
    writes("finding_instruction", followed),
    writes("finding_adoption", finding),
    Row("finding_act", args=args(finding, "send_up"), ok=STAFF_OF_TOWN, no=ONLY_LOOKS),
    Row("finding_act", args=args(finding, "send_up"), method="POST", data=SENT, moved=STAFF_OF_TOWN, no=ONLY_LOOKS),
    Row("finding_act", args=args(finding, "no-such-step"), method="POST", gone=SEES_TOWN),
    writes("duty_edit", duty),
    writes("duty_send", duty),
    posts("duty_take_back", duty),
    posts("duty_drop", duty),
    writes("unit_sheets", unit),
    writes("unit_rectification", unit),
    reads("project_detail", project),
    writes("project_edit", project),
    writes("project_entry", project),
    Row("project_create", ok="staff head other_staff county_staff county_head", rest=403),
    Row("activity_type_list", ok=KEEPS_LISTS, rest=403),
    Row("activity_type_new", ok=KEEPS_TYPES, rest=403),
    Row("activity_type_edit", args=lambda world: [world["activity.held"].type_id], ok=KEEPS_TYPES, rest=403),
]  # fmt: skip
