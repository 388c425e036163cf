"""Materials, findings, report duties, scores and supervised projects of an activity; each only where it belongs."""

from __future__ import annotations

from django.urls import reverse

from activities import type_needs
from activities.enums import COUNTED, ActivityState, ProjectState, TypePart
from activities.evidence import EVIDENCE
from activities.models import ReportDuty, SupervisedProject, TypeNeeds
from activities.pages import projects, records
from activities.panels import Check, Panel, Part, Sight, register
from activities.panels.outcome import given, supplement_url
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.tables.followup import duty_standing
from core.templatetags.ui import cn_date

#: Pieces of evidence that other parts of the page show already.
SHOWN_ELSEWHERE = {"minutes", "photos", "attendance"}


def needs(sight: Sight) -> TypeNeeds:
    if not hasattr(sight, "needs"):
        sight.needs = type_needs.needs_of(sight.activity.type)
    return sight.needs


# --- materials ---------------------------------------------------------------------------------------------------
def rows(sight: Sight) -> list[records.MaterialRow]:
    if not hasattr(sight, "materials"):
        sight.materials = records.material_rows(sight.user, sight.activity) if sight.staff else []
    return sight.materials


def material_checks(sight: Sight) -> list[Check]:
    """A line for each piece the type asks for. While it is prepared the notice has a line of its own elsewhere."""
    preparing = sight.activity.state == ActivityState.PREPARING
    published = bool(getattr(sight, "notice", None))
    hidden = SHOWN_ELSEWHERE | ({"notice"} if preparing or published else set())
    url = supplement_url(sight, "activity_materials")
    lines = [(EVIDENCE[code], there) for code, there in given(sight).items() if code not in hidden]
    return [Check(each.label, there, "已上传" if there else each.missing, url) for each, there in lines]


def material_panels(sight: Sight) -> list[Panel]:
    """Members find what is shared with them beside the notice."""
    url = supplement_url(sight, "activity_materials") if sight.staff else ""
    found = rows(sight)
    return [Panel("activities/_materials.html", {"rows": found, "url": url})] if found or url else []


# --- findings ----------------------------------------------------------------------------------------------------
def finding_panels(sight: Sight) -> list[Panel]:
    """Always there where the type asks for findings and the activity has taken place, else when there are some."""
    if not sight.staff:
        return []
    found = list(sight.activity.findings.select_related("unit").order_by("order", "id"))
    asked = TypePart.FINDINGS in needs(sight).parts and sight.activity.state in COUNTED
    url = supplement_url(sight, "finding_create")
    return [Panel("activities/_findings.html", {"findings": found, "url": url})] if found or (asked and url) else []


# --- report duties -----------------------------------------------------------------------------------------------
def duties(sight: Sight) -> list[ReportDuty]:
    if not hasattr(sight, "duties"):
        sight.duties = list(sight.activity.duties.all()) if sight.staff else []
    return sight.duties


def duty_checks(sight: Sight) -> list[Check]:
    url = supplement_url(sight, "activity_duties")
    return [
        Check(f"报送{each.addressee}", bool(each.sent_on), duty_words(each), url)
        for each in duties(sight)
    ]  # fmt: skip


def duty_words(duty: ReportDuty) -> str:
    when = f"{cn_date(duty.sent_on)}报送" if duty.sent_on else f"{cn_date(duty.due_on)}前"
    return f"{when}，{duty_standing(duty)[0]}"


def duty_panels(sight: Sight) -> list[Panel]:
    lines = [(each, *duty_standing(each)) for each in duties(sight)]
    url = supplement_url(sight, "activity_duties")
    return [Panel("activities/_duties.html", {"duties": lines, "url": url}, side=True)] if lines else []


# --- scores ------------------------------------------------------------------------------------------------------
def score_panels(sight: Sight) -> list[Panel]:
    ballot = record_selectors.may_vote(sight.user, sight.activity) if sight.own else None
    if ballot is not None:
        url = reverse("activity_ballot", args=[sight.activity.pk])
        return [Panel("activities/_ballot.html", {"url": url})]
    if not sight.staff or TypePart.SCORES not in needs(sight).parts:
        return []
    units = list(sight.activity.scored_units.all())
    facts = {
        "units": len(units), "criteria": sight.activity.criteria.count() if units else 0,
        "scorers": max((unit.scorers for unit in units), default=0),
    }  # fmt: skip
    url = reverse("activity_scores", args=[sight.activity.pk])
    return [Panel("activities/_scores.html", {**facts, "url": url})]


# --- supervised projects -----------------------------------------------------------------------------------------
def project_panels(sight: Sight) -> list[Panel]:
    if not sight.staff:
        return []
    entries = list(sight.activity.project_entries.select_related("project"))
    asked = TypePart.PROJECTS in needs(sight).parts and sight.activity.state in COUNTED
    may = asked and bool(record_rights.can_supplement(sight.user, sight.activity))
    if not (entries or may):
        return []
    shown = [(each, each.get_condition_display(), projects.TONES[ProjectState(each.condition)]) for each in entries]
    context = {"entries": shown, "choices": open_projects(sight) if may else [], "may_add": may}
    return [Panel("activities/_projects.html", {**context, "activity": sight.activity})]


def open_projects(sight: Sight) -> list[SupervisedProject]:
    mine = SupervisedProject.objects.filter(office_id=sight.activity.office_id)
    return list(mine.exclude(condition=ProjectState.DONE)[:50])


# --- what the type does not ask for --------------------------------------------------------------------------------
def further_panels(sight: Sight) -> list[Panel]:
    """Ways to what has no panel yet because the type does not ask for it."""
    if not sight.staff or sight.activity.state not in COUNTED:
        return []
    ways = []
    if TypePart.FINDINGS not in needs(sight).parts:
        ways.append(("登记问题与建议", supplement_url(sight, "finding_create")))
    if not duties(sight):
        ways.append(("登记要报送的材料", supplement_url(sight, "activity_duties")))
    shown = [way for way in ways if way[1]]
    return [Panel("activities/_further.html", {"ways": shown}, side=True)] if shown else []


def install() -> None:
    register(Part("materials", 45, checks=material_checks, panels=material_panels))
    register(Part("findings", 62, panels=finding_panels))
    register(Part("scores", 64, panels=score_panels))
    register(Part("projects", 66, panels=project_panels))
    register(Part("duties", 70, checks=duty_checks, panels=duty_panels))
    register(Part("further", 80, panels=further_panels))
