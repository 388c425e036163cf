"""Pages of the mechanisms: drafts, jobs, the large-type switch, health, error pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from core import drafts, files, jobs, savedviews
from core.components import JobPanel
from core.context_processors import LARGE_TYPE_COOKIE
from core.errors import DomainError
from core.models import Job, SavedView
from core.pages import Page

YEAR = 365 * 24 * 3600
FORWARDED = ("pdf", "docx", "xlsx")


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


# --- jobs ------------------------------------------------------------------------------------------------------
def own_job(request: HttpRequest, pk: str, *, still_allowed: bool = False) -> Job:
    """The job, or 404 for everybody else; `still_allowed` also asks whether the owner's rights have ended since."""
    job = Job.objects.select_related("result").filter(pk=pk, owner=request.user).first()
    if job is None or (still_allowed and not jobs.still_allowed(job, request.user)):
        raise Http404
    return job


def panel(job: Job, form: str = "") -> JobPanel:
    """The job as its owner sees it; the browser asks again every 2 s, every 5 s after a minute, never when over.

    `form`: the owner waits for the result in this format; it asks twice a second at first and goes on to it.
    """
    until = job.finished_at or timezone.now()
    elapsed = int((until - (job.started_at or job.created_at)).total_seconds())
    address = {name: reverse(f"job_{name}", args=[job.pk]) for name in ("page", "cancel", "retry", "file")}
    return JobPanel(
        id=str(job.pk), title=job.title, state=job.state, stage=job.stage, done=job.done, total=job.total,
        ahead=jobs.position(job) if job.state == Job.State.QUEUED else 0,
        elapsed=elapsed,
        estimate=jobs.estimate(job) if job.state == Job.State.RUNNING else 0,
        poll_seconds=0.5 if form and elapsed < 10 else 2 if elapsed < 60 else 5,
        poll_url="" if job.is_over else address["page"] + (f"?forward={form}" if form else ""),
        cancel_url="" if job.is_over else address["cancel"],
        retry_url=address["retry"] if job.state in jobs.RETRIABLE else "",
        download_url=address["file"] if job.result else "",
        open_url=job.result_url,
        size_text=filesizeformat(job.result.size) if job.result else "",
        message=job.message,
        forward_url=f"{job.result_url}?as={form}" if form and job.state == Job.State.DONE and job.result_url else "",
    )  # fmt: skip


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    mine = Job.objects.filter(owner=request.user).select_related("result").order_by("-created_at")[:50]
    page = Page("我的任务", lead="在后台生成的文件。离开页面不影响生成。")
    return render(request, "core/job_list.html", {"page": page, "panels": [panel(job) for job in mine]})


@require_GET
def job_page(request: HttpRequest, pk: str) -> HttpResponse:
    """The page of one job; asked by htmx, only its fragment. `?forward=pdf` leads on to the result when it is there."""
    job = own_job(request, pk)
    form = request.GET.get("forward", "")
    shown = panel(job, form if form in FORWARDED else "")
    if shown.forward_url and not request.htmx:
        return redirect(shown.forward_url)
    template = "components/job.html" if request.htmx else "core/job_page.html"
    return render(request, template, {"page": Page(job.title), "job": shown})


@require_POST
def job_action(request: HttpRequest, pk: str, action: str) -> HttpResponse:
    """`cancel` or `retry`."""
    job = own_job(request, pk, still_allowed=action == "retry")
    {"cancel": jobs.cancel, "retry": jobs.retry}[action](job)
    return redirect("job_page", pk=job.pk)


@require_GET
def job_file(request: HttpRequest, pk: str) -> HttpResponse:
    job = own_job(request, pk, still_allowed=True)
    if job.result is None:
        raise Http404
    return files.serve(job.result, inline="inline" in request.GET)


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
