"""The audit trail as the audit administrator reads it. It stands here because who may read follows from postings."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.roles import Can
from audit import labels
from audit.filters import AuditFilter
from audit.models import AuditEntry
from audit.selectors import detail_pairs, entries, kind_label
from audit.services import record
from audit.tables import AuditTable
from core.clock import today
from core.listing import render_list
from core.pages import Page
from core.templatetags.ui import cn_datetime
from organisation.models import Office
from organisation.selectors import can, grants

#: Session key: the day on which this session's reading of the trail was recorded.
READ_ON = "audit_read_on"


def readable(request: HttpRequest) -> QuerySet[AuditEntry]:
    """The trail of the user's offices; at the top of a tree also what belongs to no office. Raises Denied."""
    can(request.user, Can.READ_AUDIT).require()
    offices = Office.objects.filter(pk__in=grants(request.user).where(Can.READ_AUDIT)).values_list("code", "parent_id")
    seen = list(offices)
    return entries([code for code, _ in seen], also_outside=any(parent is None for _, parent in seen))


def note_reading(request: HttpRequest) -> None:
    """Reading the trail is an act too, recorded once per session and day; taking it away each time."""
    if request.GET.get("export") == "xlsx":
        record("audit.export", by=request.user, detail={"query": request.GET.urlencode()[:300]})
    elif request.session.get(READ_ON) != str(today()):
        request.session[READ_ON] = str(today())
        record("audit.read", by=request.user)


@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    rows = readable(request)
    note_reading(request)
    page = Page("操作日志", lead="谁在什么时候做了什么。只能查看，任何人都不能修改或删除。")
    return render_list(
        request, page=page, queryset=rows, table_class=AuditTable, filter_class=AuditFilter
    )  # fmt: skip


@require_GET
def audit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(readable(request), pk=pk)
    note_reading(request)
    title = labels.label(entry.action, entry.detail.get("label", ""))
    pairs = [
        ("时间", cn_datetime(entry.at)),
        ("操作人", entry.actor_name),
        ("操作", title),
        ("结果", "成功" if entry.succeeded else "未成功"),
        ("对象", " ".join(part for part in (kind_label(entry), entry.object_label) if part)),
        ("地址", entry.ip),
        ("请求编号", entry.request_id),
    ]
    page = Page(title, breadcrumbs=[("操作日志", reverse("audit_list")), (f"第 {entry.pk} 条", "")])
    return render(request, "audit/detail.html", {"page": page, "pairs": pairs, "details": detail_pairs(entry)})
