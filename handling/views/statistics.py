"""The statistics page and its league table as a workbook."""

from __future__ import annotations

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Can
from core.listing import exported
from handling.league import LeagueTable
from handling.pages import statistics as pages
from organisation.selectors import can


@require_GET
def proposal_statistics(request: HttpRequest) -> HttpResponse:
    """For staff and leaders; figures lead to the list."""
    can(request.user, Can.VIEW_PROPOSALS).require()
    form = pages.PeriodForm(request.GET, user=request.user)
    office, of = form.chosen()
    table = LeagueTable(of)
    tables.RequestConfig(request, paginate=False).configure(table)
    if request.GET.get("export") == "xlsx":
        return exported(table, "承办单位办理情况")
    return render(request, "handling/statistics.html", {**pages.context(form, office, of), "table": table})
