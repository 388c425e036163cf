"""The Excel import: template, upload, preview, decision."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import importing
from core.components import Link, Page
from core.pages import FormPage
from core.spreadsheet import XLSX
from members import importing as register
from members import permissions, selectors, services
from members.enums import Fate, ImportState
from members.forms import ImportForm
from members.models import MemberImport
from members.views.records import crumbs

SHOWN = 200  # faults and rows on the page; the downloaded workbook has them all
HELP = "\n\n".join(
    (
        "怎么导入",
        "1. 下载模板，在“填写”表里一行填一位委员。",
        "2. 上传填好的表格。系统先检查每一行，这时什么都不会保存。",
        "3. 看检查结果：可以只导入正确的行，也可以下载标出错误的表格，改好再传。",
        "同一份表格传两次不会重复：编号已有的委员只更新资料。",
    )
)


def workbook(data: bytes, filename: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return answer


@require_http_methods(["GET", "POST"])
def member_import(request: HttpRequest) -> HttpResponse:
    permissions.can_add(request.user).require()
    selectors.office_to_edit(request.user)
    offices = selectors.offices_to_edit(request.user)
    template = Link("下载模板", reverse("member_import_template"), icon="download", tone="primary")
    form_page = FormPage(
        request,
        ImportForm,
        key="members.import",
        page=Page("导入委员名册", breadcrumbs=crumbs(("导入", "")), actions=[template]),
        form_kwargs={"offices": offices},
        template="members/import_form.html",
        context={"aside": HELP},
        submit_label="上传并检查",
        cancel_url=reverse("member_list"),
        done="",
        autosave=False,
    )
    return form_page.respond(lambda form, version: staged(request, form))


def staged(request: HttpRequest, form: ImportForm) -> MemberImport:
    values = form.cleaned_data
    return services.stage_import(
        upload=values["file"], office=values["office"], term=values["term"], by=request.user
    )  # fmt: skip


@require_GET
def member_import_template(request: HttpRequest) -> HttpResponse:
    permissions.can_add(request.user).require()
    definition = register.definition_for(selectors.office_to_edit(request.user))
    return workbook(importing.template(definition), "委员名册模板.xlsx")


@require_GET
def member_import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = selectors.get_import_for(request.user, pk)
    faults = [fault for row in batch.rows for fault in register.faults_of(row)]
    good = [row for row in batch.rows if row["fate"] in {Fate.NEW, Fate.UPDATE}]
    context = {
        "page": Page(
            "检查结果" if batch.state == ImportState.PENDING else "导入结果",
            lead=f"{batch.file_name} · {batch.term} · {batch.office.short_name}",
            breadcrumbs=crumbs(("导入", reverse("member_import")), ("检查结果", "")),
            badge=batch.get_state_display(),
            badge_tone="success" if batch.state == ImportState.APPLIED else "neutral",
        ),
        "batch": batch,
        "faults": faults[:SHOWN],
        "more_faults": max(0, len(faults) - SHOWN),
        "good": [shown_row(row) for row in good[:SHOWN]],
        "more_good": max(0, len(good) - SHOWN),
    }
    return render(request, "members/import_detail.html", context)


def shown_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["row"],
        "name": row["values"]["name"],
        "member_no": row["values"]["member_no"],
        "fate": Fate(row["fate"]).label,
        "is_new": row["fate"] == Fate.NEW,
        "changed": [(label, old or "（空）", new) for label, old, new in row["changed"]],
    }


@require_GET
def member_import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded rows with their faults marked. After the import only the rows that were left out remain."""
    batch = selectors.get_import_for(request.user, pk)
    if not batch.rows:
        raise Http404
    rows = ((row["row"], row["cells"], register.faults_of(row)) for row in batch.rows)
    name = f"{PurePath(batch.file_name).stem}_错误说明.xlsx"
    return workbook(importing.marked(batch.head, batch.head_row, rows), name)


@require_POST
def member_import_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    batch = selectors.get_import_for(request.user, pk)
    if action == "apply":
        done = services.apply_import(batch=batch, by=request.user)
        messages.success(
            request, f"已导入：新增 {done.created_count} 位，更新 {done.updated_count} 位，未变 {done.same_count} 位。"
        )
        return redirect(done)
    if action == "discard":
        services.discard_import(batch=batch, by=request.user)
        messages.success(request, "已放弃这次上传，没有保存任何内容。")
        return redirect("member_import")
    raise Http404
