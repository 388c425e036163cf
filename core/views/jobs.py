"""我的任务: what a person has asked for in the background, how it stands, and the files that came of it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET, require_POST

from core import files, jobs, waiting
from core.clock import chinese_date
from core.components import JobPanel
from core.listing import Table, render_list
from core.models import Job
from core.pages import Page
from core.templatetags.ui import badge, cn_seconds

FORWARDED = ("pdf", "docx", "xlsx")
State = Job.State
OVER = (State.DONE, State.FAILED, State.CANCELLED)
TONES = {State.DONE: "success", State.FAILED: "danger", State.CANCELLED: "neutral"}
#: Live jobs shown above the list; nobody has more under way.
SHOWN_LIVE = 20


def own_job(request: HttpRequest, pk: str, *, still_allowed: bool = False) -> Job:
    """The job, or 404 for everybody else; `still_allowed` also asks whether the owner's rights have ended since."""
    job = Job.objects.select_related("result").filter(pk=pk, owner=request.user).first()
    if job is None or (still_allowed and not jobs.still_allowed(job, request.user)):
        raise Http404
    return job


def panel(job: Job, standing: waiting.Standing, form: str = "") -> JobPanel:
    """The job as its owner sees it; the browser asks again every 2 s, every 5 s after a minute, never when over.

    `form`: the owner waits for the result in this format; it asks twice a second at first and goes on to it.
    """
    until = job.finished_at or timezone.now()
    elapsed = max(0, int((until - (job.started_at or job.queued_at)).total_seconds()))
    address = {name: reverse(f"job_{name}", args=[job.pk]) for name in ("page", "cancel", "retry", "file")}
    running = job.state == State.RUNNING
    return JobPanel(
        id=str(job.pk), title=job.title, state=job.state, stage=job.stage, done=job.done, total=job.total,
        unit=job.unit, ahead=standing.ahead, elapsed=elapsed, attempts=job.attempts,
        usual=standing.usual, remaining=standing.remaining(elapsed) if running else 0,
        slow=running and standing.is_slow(elapsed),
        poll_seconds=0.5 if form and elapsed < 10 else 2 if elapsed < 60 else 5,
        poll_url="" if job.is_over else address["page"] + (f"?forward={form}" if form else ""),
        cancel_url="" if job.is_over else address["cancel"],
        retry_url=address["retry"] if job.state in jobs.RETRIABLE else "",
        download_url=address["file"] if job.result else "",
        open_url=job.result_url,
        size_text=filesizeformat(job.result.size) if job.result else "",
        kept_text=f"下载保留到{chinese_date(timezone.localdate(job.kept_until))}" if job.kept_until else "",
        message=job.message,
        forward_url=f"{job.result_url}?as={form}" if form and job.state == State.DONE and job.result_url else "",
    )  # fmt: skip


# --- the list ----------------------------------------------------------------------------------------------------
class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="状态", choices=[(state.value, state.label) for state in OVER], empty_label="全部"
    )
    title = django_filters.CharFilter(label="名称", lookup_expr="icontains")

    class Meta:
        model = Job
        fields = ["state", "title"]


class JobTable(Table):
    title = tables.Column("名称", linkify=("job_page", [tables.A("pk")]), attrs={"td": {"class": "cell-title"}})
    kind = tables.Column("种类", orderable=False)
    state = tables.Column("状态", orderable=False)
    finished_at = tables.DateTimeColumn(verbose_name="结束时间", format="Y年n月j日 H:i")
    seconds = tables.Column("用时", orderable=False)
    result = tables.Column("文件", orderable=False, exclude_from_export=True, empty_values=())

    class Meta(Table.Meta):
        model = Job
        fields = ("title", "kind", "state", "finished_at", "seconds", "result")
        empty_text = "还没有结束的任务。在“报告”中生成文件后，会列在这里。"

    def render_kind(self, value: str) -> str:
        kind = jobs.kinds.find(value)
        return kind.label if kind else "—"

    def render_state(self, record: Job) -> str:
        return format_html("<div>{} {}</div>", badge(record.get_state_display(), TONES[record.state]), record.message)

    def value_state(self, record: Job) -> str:
        return record.get_state_display()

    def render_seconds(self, value: int) -> str:
        return cn_seconds(value)

    def render_result(self, record: Job) -> str:
        """Where it is, where to fetch it and until when; a file that was given up says so."""
        parts = []
        if record.result_url:
            parts.append(format_html('<a href="{}" aria-label="打开{}">打开</a>', record.result_url, record.title))
        if record.result is not None:
            parts.append(format_html(
                '<a href="{}" download aria-label="下载{}">下载（{}）</a><br><span class="muted">保留到{}</span>',
                reverse("job_file", args=[record.pk]), record.title, filesizeformat(record.result.size),
                chinese_date(timezone.localdate(record.kept_until)) if record.kept_until else "",
            ))  # fmt: skip
        nothing = "已过保留期" if record.state == State.DONE else "—"
        return format_html("<div>{}</div>", format_html_join("　", "{}", ((part,) for part in parts)) or nothing)


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """What is under way, then everything that is over."""
    mine = Job.objects.filter(owner=request.user).select_related("result")
    live = list(mine.filter(state__in=jobs.LIVE).order_by("queued_at")[:SHOWN_LIVE])
    found = waiting.standings(live)
    context: dict[str, Any] = {"panels": [panel(job, found[job.pk]) for job in live]}
    return render_list(
        request, page=Page("我的任务", lead="在后台生成的文件。离开页面不影响生成，完成后会收到通知。"),
        queryset=mine.filter(state__in=OVER).order_by("-finished_at", "-created_at"), table_class=JobTable,
        filter_class=JobFilter, template="core/job_list.html", context=context, export=False,
    )  # fmt: skip


# --- one job -----------------------------------------------------------------------------------------------------
@require_GET
def job_page(request: HttpRequest, pk: str) -> HttpResponse:
    """The page of one job; asked by htmx, only its fragment. `?forward=pdf` leads on to the result when it is there."""
    job = own_job(request, pk)
    form = request.GET.get("forward", "")
    shown = panel(job, waiting.standing(job), form if form in FORWARDED else "")
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
