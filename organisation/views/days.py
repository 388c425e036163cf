"""The working-day calendar: a year's days off, and who may correct them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.clock import today
from core.pages import FormPage, Link, Page
from organisation import permissions, services, workdays
from organisation.forms.days import DaysForm
from organisation.models import DaysOff
from organisation.selectors import can, home_office
from organisation.views.offices import BASICS


@require_GET
def days_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    office, year = home_office(request.user), asked_year(request)
    here, known = reverse("days_list"), workdays.years_known(office)
    years = sorted({*known, today().year, today().year + 1})
    lead = "办理期限按工作日计算时，扣除双休日和放假，计入调休上班。"
    new = Link("新增一条", f"{reverse('days_new')}?year={year}", "primary", "plus-lg")
    context = {
        "page": Page("工作日历", lead, [BASICS, ("工作日历", "")], [new]),
        "year": year,
        "years": [(each, f"{here}?year={each}") for each in years],
        "missing": workdays.missing_year(office),
        "rows": [(row, bool(permissions.can_change_days(request.user, row))) for row in workdays.in_year(office, year)],
    }
    return render(request, "organisation/days_list.html", context)


def asked_year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and 2000 <= int(given[:5]) <= 2100 else today().year


@require_http_methods(["GET", "POST"])
def days_new(request: HttpRequest) -> HttpResponse:
    office = home_office(request.user)
    permissions.can_change_days(request.user, DaysOff(office=office)).require()
    return days_form(request, None)


@require_http_methods(["GET", "POST"])
def days_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = days_for(request, pk)
    permissions.can_change_days(request.user, row).require()
    return days_form(request, row)


def days_for(request: HttpRequest, pk: int) -> DaysOff:
    """Raises Denied, Http404 outside what this user's office counts with."""
    can(request.user, Can.MANAGE_OFFICE).require()
    return get_object_or_404(workdays.rows_for(home_office(request.user)), pk=pk)


def days_form(request: HttpRequest, row: DaysOff | None) -> HttpResponse:
    back, title = reverse("days_list"), f"修改{row}" if row else "新增放假或调休"

    def save(form: DaysForm, version: int | None) -> str:
        saved = services.save_days(office=home_office(request.user), values=form.cleaned_data, by=request.user, row=row)
        return f"{back}?year={saved.first.year}"

    page = Page(title, breadcrumbs=[BASICS, ("工作日历", back), (title, "")])
    form_page = FormPage(
        request, DaysForm, key=f"days.edit:{row.pk if row else 'new'}", page=page, autosave=False, cancel_url=back,
        instance=row, form_kwargs={"row": row},
    )  # fmt: skip
    return form_page.respond(save)


@require_POST
def days_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = days_for(request, pk)
    services.remove_days(row=row, by=request.user)
    messages.success(request, f"“{row}”已删除。")
    return redirect(f"{reverse('days_list')}?year={row.first.year}")
