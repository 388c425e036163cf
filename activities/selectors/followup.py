"""Shared reads of records: each answers a stranger like a missing row."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.roles import Can
from activities import permissions
from activities.enums import CAME, ActivityState
from activities.models import (
    Activity,
    Finding,
    Material,
    ReportDuty,
    ScoredUnit,
    SupervisedProject,
)
from activities.models.activity import held_by
from members.models import Member
from organisation.models import HandlingUnit
from organisation.selectors import grants, root_of


def looked_into(user: Any) -> QuerySet[Activity]:
    """Activities of offices the user looks into: what records and reports are made of. Not those of a mere guest."""
    offices = grants(user).where(Can.VIEW_ACTIVITIES)
    return Activity.objects.filter(held_by(offices))


def one(rows: QuerySet, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def material_for(user: Any, pk: int) -> Material:
    """A material the user may read: shared ones for everybody who sees the activity. Raises Http404."""
    rows = Material.objects.filter(activity__in=Activity.objects.visible_to(user))
    found = one(rows.select_related("activity__office", "activity__type", "file"), pk)
    if not found.shared and not permissions.sees_people(user, found.activity):
        raise Http404
    return found


def materials_seen(user: Any, activity: Activity) -> list[Material]:
    """Those of one activity the user may read, in their order; one query."""
    rows = activity.materials.select_related("file")
    return list(rows if permissions.sees_people(user, activity) else rows.filter(shared=True))


def materials_listed(user: Any) -> QuerySet[Material]:
    rows = Material.objects.filter(activity__in=looked_into(user))
    return rows.select_related("file", "activity__office", "activity__type").order_by("-activity__starts_at", "-pk")


def finding_for(user: Any, pk: int) -> Finding:
    rows = Finding.objects.visible_to(user).select_related("activity__office", "activity__type", "unit", "updated_by")
    return one(rows, pk)


def findings_listed(user: Any) -> QuerySet[Finding]:
    return Finding.objects.visible_to(user).select_related("activity__office", "activity__type", "unit")


def duty_for(user: Any, pk: int) -> ReportDuty:
    rows = ReportDuty.objects.filter(activity__in=looked_into(user))
    return one(rows.select_related("activity__office", "activity__type", "material"), pk)


def duties_listed(user: Any) -> QuerySet[ReportDuty]:
    rows = ReportDuty.objects.filter(activity__in=looked_into(user)).exclude(activity__state="cancelled")
    return rows.select_related("activity__office", "activity__type", "material")


def scored_unit_for(user: Any, pk: int) -> ScoredUnit:
    rows = ScoredUnit.objects.filter(activity__in=looked_into(user))
    return one(rows.select_related("activity__office", "activity__type"), pk)


def project_for(user: Any, pk: int) -> SupervisedProject:
    return one(SupervisedProject.objects.visible_to(user).select_related("office", "unit"), pk)


def unit_names(activity_office: Any) -> list[str]:
    """Units of the committee's list, offered while typing."""
    root = root_of(activity_office)
    return list(HandlingUnit.objects.filter(office=root, is_active=True).values_list("name", flat=True))


def may_vote(user: Any, activity: Activity) -> Member | None:
    """The user's own member record when scoring is open and the user came and has not scored yet."""
    open_now = activity.state == ActivityState.HELD
    if not open_now or "member" not in grants(user).roles or not activity.scored_units.exists():
        return None
    came = activity.attendances.filter(member__user_id=user.pk, state__in=CAME).select_related("member").first()
    if came is None or activity.ballots.filter(member=came.member).exists():
        return None
    return came.member
