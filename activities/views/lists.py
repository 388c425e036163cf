"""Lists of activities: all, a year by month, what the plan still asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Can
from activities import evidence, pages, permissions, selectors
from activities.filters import ActivityFilter
from activities.models import offices_in_sight
from activities.pages import heads
from activities.tables import ActivityTable
from activities.views.common import asked_year
from core.listing import render_list
from organisation.selectors import grants


@require_GET
def activity_list(request: HttpRequest) -> HttpResponse:
    held, needed = grants(request.user), evidence.required_by_type()
    return render_list(
        request,
        page=heads.list_page(request.user),
        queryset=selectors.listed(request.user),
        filter_class=ActivityFilter,
        table_class=ActivityTable,
        template="activities/activity_list.html",
        table_kwargs={
            "one_office": len(offices_in_sight(held)) < 2,
            "for_member": not held.holds(Can.VIEW_ACTIVITIES),
            "needed": needed,
        },
    )


@require_GET
def activity_board(request: HttpRequest) -> HttpResponse:
    """A year's activities by month, of one office (the user's own unless another is asked for)."""
    year, offices = asked_year(request), selectors.offices_shown(request.user)
    asked = request.GET.get("office", str(grants(request.user).home_ids[0]) if grants(request.user).home_ids else "")
    office = next((each for each in offices if str(each.pk) == asked), None)
    context = {
        "page": heads.board_page(year, office),
        "months": pages.lists.board(selectors.of_year(request.user, year, office), year),
        "offices": offices,
        "office": office,
        "year": year,
    }
    return render(request, "activities/board.html", context)


@require_GET
def activity_from_plan(request: HttpRequest) -> HttpResponse:
    """Scheduled items of the year that wait for an activity."""
    permissions.can_create(request.user).require()
    year = asked_year(request)
    offices = grants(request.user).where(Can.EDIT_ACTIVITIES)
    context = {
        "page": heads.from_plan_page(year),
        "months": pages.lists.waiting_months(selectors.items_to_hold(offices, year)),
    }
    return render(request, "activities/from_plan.html", context)
