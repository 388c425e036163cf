"""What was approved, and packages of whole years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Can
from core import files
from core.listing import render_list
from core.pages import Link, Page
from organisation.selectors import can
from reports import permissions, selectors
from reports.archive import services
from reports.forms.archives import ArchiveForm
from reports.models import Archive
from reports.tables import ApprovedFilter, ApprovedTable, ArchiveFilter, ArchiveTable


@require_GET
def approved_list(request: HttpRequest) -> HttpResponse:
    """Every approved document the user may read, of all years."""
    can(request.user, Can.VIEW_REPORTS).require()
    packing = [Link("归档包", "/reports/archive/", icon="file-zip")] if can(request.user, Can.MAKE_REPORTS) else []
    page = Page(
        "已签发文件",
        lead="签发后文字和数据不再变动，历年文件都可以下载。",
        breadcrumbs=[("报告", "/reports/"), ("已签发文件", "")],
        actions=packing,
    )
    return render_list(
        request, page=page, queryset=selectors.approved(request.user), table_class=ApprovedTable,
        filter_class=ApprovedFilter,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def archive_list(request: HttpRequest) -> HttpResponse:
    """Packages that were made, and the form that makes one."""
    can(request.user, Can.MAKE_REPORTS).require()
    form = ArchiveForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        permissions.can_make(request.user, form.cleaned_data["office"]).require()
        return redirect("job_page", pk=services.request(**form.cleaned_data, by=request.user).pk)
    response = render_list(
        request,
        page=Page("归档包", lead="一年的全部文件，连同目录和校验码，打成一个压缩文件。",
                  breadcrumbs=[("报告", "/reports/"), ("归档包", "")]),
        queryset=Archive.objects.visible_to(request.user).select_related("office", "file", "created_by"),
        table_class=ArchiveTable,
        filter_class=ArchiveFilter,
        template="reports/archive_list.html",
        context={"form": form},
    )  # fmt: skip
    response.status_code = 422 if form.errors else 200
    return response


@require_GET
def archive_file(request: HttpRequest, pk: int) -> HttpResponse:
    archive = get_object_or_404(Archive.objects.visible_to(request.user).select_related("file"), pk=pk)
    return files.serve(archive.file)
