"""Documents of an office and a year: choosing, making, downloading."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core import files
from core.listing import render_list
from core.pages import Link, Page
from organisation.models import Office
from organisation.selectors import can, grants
from reports import permissions, selectors, services, standing
from reports.documents import documents
from reports.forms import ReportForm, StartForm
from reports.models import Report
from reports.printing import PDF
from reports.tables import ReportFilter, ReportTable


@require_http_methods(["GET", "POST"])
def report_list(request: HttpRequest) -> HttpResponse:
    """What has been made, and the form that asks for more."""
    can(request.user, Can.VIEW_REPORTS).require()
    form = ReportForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        permissions.can_make(request.user, form.cleaned_data["office"]).require()
        job = services.request_report(**form.asked, by=request.user)
        return redirect("job_page", pk=job.pk)
    response = render_list(
        request,
        page=Page(
            "报告", "总结和简报按记录成文，修改、核稿后签发；其他文件按记录直接生成。", actions=shelves(request.user)
        ),
        queryset=Report.objects.visible_to(request.user).select_related("office", "file", "created_by", "manuscript"),
        table_class=ReportTable,
        filter_class=ReportFilter,
        template="reports/report_list.html",
        context={
            "form": form,
            "documents": [each for each in documents if not each.owned and permissions.offers(request.user, each)],
            "start_form": StartForm(user=request.user) if permissions.can_start(request.user) else None,
        },
    )  # fmt: skip
    response.status_code = 422 if form.errors else 200
    return response


def shelves(user: Any) -> list[Link]:
    """Where finished documents are kept."""
    packages = [Link("归档包", "/reports/archive/", icon="file-zip")] if can(user, Can.MAKE_REPORTS) else []
    return [
        Link("文稿", "/reports/manuscripts/", icon="pencil-square"),
        Link("已签发文件", "/reports/approved/", icon="patch-check"),
        *packages,
    ]


@require_POST
def report_make(request: HttpRequest, document: str, office: int, year: int) -> HttpResponse:
    """One document of one office at once, from a button elsewhere. Raises Http404 for an unknown one."""
    chosen = Office.objects.filter(pk=office, pk__in=grants(request.user).where(Can.VIEW_REPORTS)).first()
    if chosen is None or documents.find(document) is None:
        raise Http404
    permissions.can_make(request.user, chosen).require()
    job = services.request_report(document=document, office=chosen, year=year, by=request.user)
    return redirect("job_page", pk=job.pk)


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    report = selectors.get_for(request.user, pk)
    how = standing.of(report)
    page = Page(
        report.title,
        breadcrumbs=[("报告", "/reports/"), (report.title, "")],
        actions=[Link("下载 PDF", f"/reports/{report.pk}/file/", "primary", "download")],
        badge=standing.LABELS[how],
        badge_tone=standing.TONES[how],
    )
    manuscript = standing.manuscript_of(report)
    later = standing.replaced_by(manuscript) if manuscript else None
    context = {"page": page, "report": report, "manuscript": manuscript, "is_trial": how == standing.TRIAL,
               "later": later, "later_url": (later and standing.page_of(later)) or ""}  # fmt: skip
    return render(request, "reports/report_detail.html", context)


@require_GET
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    stored = selectors.get_for(request.user, pk).in_format(request.GET.get("as", PDF))
    if stored is None:
        raise Http404
    return files.serve(stored, inline="inline" in request.GET)


@require_GET
def font_check(request: HttpRequest) -> HttpResponse:
    """Which font each part of a document is printed with on this machine."""
    from core.pdf import fonts  # loads WeasyPrint, which no other page needs

    can(request.user, Can.MAKE_REPORTS).require()
    page = Page(
        "字体自检", lead="打印公文各部分实际使用的字体。", breadcrumbs=[("报告", "/reports/"), ("字体自检", "")]
    )
    context = {"page": page, "roles": fonts.self_check(), "fast_subset": fonts.uses_harfbuzz_subset()}
    return render(request, "reports/font_check.html", context)
