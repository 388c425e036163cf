"""Exchange: the log, a file out, a file in with its report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.listing import Pages
from core.pages import FormPage, Link, Page
from supervision import permissions
from supervision.enums import Direction
from supervision.exchange.answers import KINDS
from supervision.forms.exchange import ExportForm, ImportForm
from supervision.models import Exchange
from supervision.selectors import exchange as selectors
from supervision.selectors.offices import working_office
from supervision.services import exchange as services

TOP = ("数据交换", "/exchange/")
PER_PAGE = 50


@require_GET
def exchange_list(request: HttpRequest) -> HttpResponse:
    permissions.works_anywhere(request.user).require()
    links = [Link("导出交办数据", reverse("exchange_export"), "primary", "box-arrow-up"),
             Link("导入办理数据", reverse("exchange_import"), icon="box-arrow-in-down")]  # fmt: skip
    page = Page("数据交换", lead="与政府提案办理系统交换数据：交办导出，签收和答复导入。", actions=links)
    found = Pages(selectors.listed(request.user), PER_PAGE).page(request.GET.get("page", 1))
    return render(request, "supervision/exchange_list.html", {"page": page, "found": found})


@require_http_methods(["GET", "POST"])
def exchange_export(request: HttpRequest) -> HttpResponse:
    office = working_office(request.user)
    page = Page("导出交办数据", lead="一年里已交办的提案，每个承办单位一条，供政府办理系统读取。",
                breadcrumbs=[TOP, ("导出", "")])  # fmt: skip

    def save(form: ExportForm, version: int | None) -> str:
        job = services.ask_export(office=office, by=request.user, **form.cleaned_data)
        return reverse("job_page", args=[job.pk])

    return FormPage(
        request, ExportForm, key="exchange.export", page=page, submit_label="导出", done="", autosave=False,
        cancel_url=reverse("exchange_list"),
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def exchange_import(request: HttpRequest) -> HttpResponse:
    office = working_office(request.user)
    page = Page("导入办理数据", lead="先逐条检查，看过结果再确认导入。", breadcrumbs=[TOP, ("导入", "")])

    def save(form: ImportForm, version: int | None) -> str:
        batch = services.take_in(office=office, upload=form.cleaned_data["upload"], by=request.user)
        return reverse("exchange_detail", args=[batch.pk])

    return FormPage(
        request, ImportForm, key="exchange.import", page=page, submit_label="检查", done="已检查，还没有导入。",
        autosave=False, cancel_url=reverse("exchange_list"),
    ).respond(save)  # fmt: skip


@require_GET
def exchange_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = selectors.get_for(request.user, pk)
    return render(request, "supervision/exchange.html", detail(batch))


def detail(batch: Exchange) -> dict[str, Any]:
    taken = batch.direction == Direction.IN
    waits = taken and batch.applied_at is None
    page = Page(str(batch), breadcrumbs=[TOP, (str(batch), "")],
                badge="待确认导入" if waits else "已完成", badge_tone="warning" if waits else "success")  # fmt: skip
    rows = [{**row, "kind": KINDS.get(row["kind"], "—")} for row in batch.report]
    return {"page": page, "batch": batch, "rows": rows, "waits": waits, "fine": batch.count - batch.refused,
            "taken": taken}  # fmt: skip


@require_POST
def exchange_apply(request: HttpRequest, pk: int) -> HttpResponse:
    batch = services.apply(batch=selectors.get_for(request.user, pk), by=request.user)
    messages.success(request, f"已导入 {batch.count - batch.refused} 条，未导入 {batch.refused} 条。")
    return redirect("exchange_detail", pk=pk)


@require_GET
def exchange_file(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.get_for(request.user, pk).file)
