"""The list of notices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.pages import Page
from notices import services
from notices.models import Notice

PER_PAGE = 30


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    mine = Paginator(Notice.objects.filter(recipient=request.user), PER_PAGE)
    context = {"page": Page("通知"), "notices": mine.get_page(request.GET.get("page"))}
    return render(request, "notices/notice_list.html", context)


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks as read and goes where it leads."""
    notice = Notice.objects.filter(recipient=request.user, pk=pk).first()
    if notice is None:
        raise Http404
    services.mark_read(recipient=request.user, pks=[pk])
    return redirect(notice.url or "notice_list")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    services.mark_read(recipient=request.user)
    return redirect("notice_list")
