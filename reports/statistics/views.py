"""The page of statistics and its comparison as a workbook."""

from __future__ import annotations

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Can
from core.listing import exported
from organisation.selectors import can
from reports.statistics import pages
from reports.statistics.tables import ComparisonTable


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """For leaders and staff; every figure leads to its records. Raises Http404 for an office out of sight."""
    can(request.user, Can.VIEW_REPORTS).require()
    asked = pages.asked(request.user, request.GET.dict())
    counted = pages.counted(asked)
    lines = counted.lines(asked.per_member)
    table = ComparisonTable(lines, counted.total(asked.per_member)) if lines else None
    if table is not None:
        tables.RequestConfig(request, paginate=False).configure(table)
        if request.GET.get("export") == "xlsx":
            return exported(table, f"{asked.office.short_name}{asked.period.words}各办公室比较")
    return render(request, "reports/statistics.html", {**pages.context(counted), "table": table})
