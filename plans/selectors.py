"""Shared reads of plans."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from organisation.models import Office
from plans import progress, schedule
from plans.enums import PlanState
from plans.models import AnnualPlan, ScheduledItem, Target
from plans.schedule import Standing


def get_for(user: Any, pk: int) -> AnnualPlan:
    """The plan with its office. Raises Http404 for a stranger, as for a missing one."""
    plan = AnnualPlan.objects.visible_to(user).select_related("office", "updated_by", "amends").filter(pk=pk).first()
    if plan is None:
        raise Http404
    return plan


def target_for(user: Any, pk: int) -> Target:
    """A target of a plan the user sees. Raises Http404."""
    seen = Target.objects.filter(plan__in=AnnualPlan.objects.visible_to(user))
    target = seen.select_related("plan__office").filter(pk=pk).first()
    if target is None:
        raise Http404
    return target


def item_for(user: Any, pk: int) -> ScheduledItem:
    """An item of a plan the user sees, with plan, office and group. Raises Http404."""
    seen = ScheduledItem.objects.filter(plan__in=AnnualPlan.objects.visible_to(user))
    item = seen.select_related("plan__office", "group").filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def in_force(office: Office | int, year: int) -> AnnualPlan | None:
    """The approved version of the office's plan for the year."""
    office_id = office.pk if isinstance(office, Office) else office
    return AnnualPlan.objects.in_force().filter(office_id=office_id, year=year).select_related("office").first()


def year_progress(office: Office | int, year: int) -> list[progress.Progress]:
    """The standing of each target of the plan in force, for home pages; empty without a plan. Constant queries."""
    plan = in_force(office, year)
    return progress.of_plan(plan) if plan else []


def versions(plan: AnnualPlan, user: Any) -> list[AnnualPlan]:
    """All versions of the office's plan for the year that the user sees, newest first."""
    same = AnnualPlan.objects.visible_to(user).filter(office_id=plan.office_id, year=plan.year)
    return list(same.order_by("-revision"))


def latest_before(office: Office, year: int) -> AnnualPlan | None:
    """The newest version of the plan of the nearest year before, to copy from: what was in force goes first."""
    earlier = AnnualPlan.objects.filter(office=office, year__lt=year).order_by("-year", "-revision")
    newest = earlier.first()
    if newest is None:
        return None
    return earlier.filter(year=newest.year, state=PlanState.APPROVED).first() or newest


def decided(plan: AnnualPlan) -> list[Standing]:
    """Items of the plan something was decided about since it was approved (moved, merged, cancelled)."""
    items = list(plan.items.select_related("group"))
    for item in items:
        item.plan = plan
    return [each for each in schedule.standing(items) if each.note]
