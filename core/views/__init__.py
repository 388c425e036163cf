"""Pages of the mechanisms: drafts, jobs (`core.views.jobs`), the large-type switch, health, error pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from core import drafts, savedviews
from core.context_processors import LARGE_TYPE_COOKIE
from core.errors import DomainError
from core.models import SavedView
from core.views.jobs import job_action, job_file, job_list, job_page

__all__ = [
    "csrf_failure", "draft_discard", "draft_save", "forbidden", "health", "job_action", "job_file", "job_list",
    "job_page", "large_type", "not_found", "safe_next", "server_error", "view_change", "view_save",
]  # fmt: skip

YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """The `next` address if it stays on this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else fallback


@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Autosave: answers with the small status line."""
    try:
        at = drafts.store(owner=request.user, key=request.POST.get("draft_key", ""), data=request.POST)
    except DomainError as error:
        return render(request, "components/autosave_status.html", {"text": error.message, "failed": True})
    text = f"已自动保存 {timezone.localtime(at):%H:%M:%S}"
    return render(request, "components/autosave_status.html", {"text": text, "failed": False})


@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    drafts.discard(owner=request.user, key=request.POST.get("draft_key", ""))
    return redirect(safe_next(request))


@login_not_required
@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Switches large type on or off and remembers it for a year."""
    response = redirect(safe_next(request))
    on = request.COOKIES.get(LARGE_TYPE_COOKIE) == "1"
    response.set_cookie(
        LARGE_TYPE_COOKIE, "0" if on else "1", max_age=YEAR, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


# --- saved views -----------------------------------------------------------------------------------------------
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keeps the conditions of a list under a name."""
    path = savedviews.checked_path(request.POST.get("path", ""))
    try:
        view = savedviews.save(path=path, name=request.POST.get("name", ""), query=request.POST.get("query", ""),
                               by=request.user)  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(f"{path}?{savedviews.cleaned(request.POST.get('query', '')) or savedviews.EVERYTHING}")
    messages.success(request, f"已保存为视图“{view.name}”。")
    return redirect(view.url)


@require_POST
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames or deletes an own view, or makes it the default; which one is the pressed button."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    act = request.POST.get("act", "rename")
    try:
        if act == "delete":
            view.delete()
            messages.success(request, "视图已删除。")
        elif act in ("default", "plain"):
            savedviews.set_default(view=view, wanted=act == "default")
        else:
            savedviews.rename(view=view, name=request.POST.get("name", ""))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect(f"{view.path}?{savedviews.EVERYTHING}" if act == "delete" else view.url)


# --- health and errors -----------------------------------------------------------------------------------------
@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; for a supervisor or load balancer, tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for a missing object and for one the user may not know of."""
    return render(request, "404.html", {}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": "您的账号没有使用这个页面的权限。"}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", {"request_id": getattr(request, "request_id", "")}, status=500)
