"""Promises: the ledger, one promise, the unit's report, the office's check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.listing import render_list
from core.pages import FormPage, Page
from handling import promises
from handling.forms.tracking import FollowUpForm
from handling.ledger import PromiseFilter, PromiseTable, shortened
from handling.pages import tracking as pages
from handling.services import tracking as services


@require_GET
def promise_list(request: HttpRequest) -> HttpResponse:
    """The ledger with the rate of promises kept among those the filter leaves."""
    promises.sees_ledger(request.user).require()
    rows = promises.listed(request.user)
    chosen = PromiseFilter(request.GET, queryset=rows, request=request)
    return render_list(
        request, page=pages.list_page(request.user), queryset=rows, table_class=PromiseTable,
        filter_class=PromiseFilter, template="handling/promise_list.html",
        context={"figures": promises.figures(chosen.qs), "definition": promises.PROMISE_DEFINITION},
    )  # fmt: skip


@require_GET
def promise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    item = promises.get_for(request.user, pk)
    return render(request, "handling/promise_detail.html", pages.detail(request.user, item))


@require_http_methods(["GET", "POST"])
def promise_report(request: HttpRequest, pk: int) -> HttpResponse:
    item = promises.get_for(request.user, pk)
    promises.can_report(request.user, item).require()
    back = reverse("promise_detail", args=[pk])
    page = Page("填报落实情况", lead=shortened(item.text, 120),
                breadcrumbs=pages.crumbs(request.user, item, "填报落实情况"))  # fmt: skip

    def save(form: FollowUpForm, version: int | None) -> Any:
        return services.report(item=item, by=request.user, **form.cleaned_data)

    return FormPage(
        request, FollowUpForm, key=f"promises.report:{pk}", page=page, cancel_url=back, submit_label="报送",
        done="已报送，等待办公室核实。",
    ).respond(save)  # fmt: skip


@require_POST
def promise_decide(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    report = promises.report_for(request.user, pk)
    if action == "accept":
        services.accept(report=report, by=request.user)
        messages.success(request, "已核实，已通知提案人。")
    elif action == "send-back":
        services.send_back(report=report, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, "已退回，已通知承办单位。")
    else:
        raise Http404
    return redirect(report)


@require_GET
def promise_file(request: HttpRequest, pk: int) -> HttpResponse:
    report = promises.report_for(request.user, pk)
    if report.file is None:
        raise Http404
    return files.serve(report.file)
