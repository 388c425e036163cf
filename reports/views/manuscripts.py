"""Manuscripts: the list, one to read, its beginning, its decisions, its correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.errors import DomainError
from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.steps import FormStep, perform
from core.workflow import history
from organisation.selectors import can
from reports import permissions, selectors
from reports.forms import ApproveForm, CorrectForm, StartForm
from reports.lists import ManuscriptFilter, ManuscriptTable
from reports.manuscripts import decisions, files, services
from reports.models import Manuscript
from reports.pages import one, screen, versions
from reports.workflow import FLOW

#: Where one is begun.
WRITE = "/reports/#write"
LEAD = "由记录成文、经办公室修改、核稿、签发的总结和简报。"


@require_GET
def manuscript_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.VIEW_REPORTS).require()
    return render_list(
        request,
        page=Page("文稿", LEAD, [("报告", "/reports/"), ("文稿", "")], writing(request.user)),
        queryset=Manuscript.objects.visible_to(request.user).select_related("office", "updated_by"),
        table_class=ManuscriptTable,
        filter_class=ManuscriptFilter,
    )  # fmt: skip


def writing(user: Any) -> list[Link]:
    """For those who write manuscripts of some office."""
    return [Link("撰写", WRITE, "primary", "pencil-square")] if permissions.can_start(user) else []


@require_POST
def manuscript_start(request: HttpRequest) -> HttpResponse:
    """Leads to the newest edition, composed now if there is none."""
    permissions.can_start(request.user).require()
    form = StartForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, "请选择办公室、年度和文件。")
        return redirect(WRITE)
    try:
        made = services.start(**form.asked, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(WRITE)
    editable = permissions.can_edit(request.user, made)
    return redirect("manuscript_edit" if editable else "manuscript_detail", pk=made.pk)


@require_GET
def manuscript_detail(request: HttpRequest, pk: int) -> HttpResponse:
    manuscript = selectors.manuscript_for(request.user, pk)
    context = {
        "page": one.head(request.user, manuscript), "manuscript": manuscript, "facts": one.facts(manuscript),
        "actions": one.actions(request.user, manuscript), "links": one.links(request.user, manuscript),
        "shown": screen.shown(manuscript, versions.anchors(manuscript)), "events": history(manuscript),
        "editions": versions.editions(request.user, manuscript),
        "successor": versions.successor(request.user, manuscript),
        "call": one.call(request.user, manuscript), "may_discard": permissions.can_edit(request.user, manuscript),
    }  # fmt: skip
    return render(request, "reports/manuscript_detail.html", context)


@require_POST
def manuscript_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A trial print while it is worked on; once approved the files that stay."""
    manuscript = selectors.manuscript_for(request.user, pk)
    if manuscript.is_frozen:
        job = decisions.ask_for_files(manuscript, request.user)
    else:
        job = files.request_preview(manuscript=manuscript, by=request.user)
    return redirect("job_page", pk=job.pk)


@require_POST
def manuscript_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard(manuscript=selectors.manuscript_for(request.user, pk), by=request.user)
    messages.success(request, "草稿已删除。")
    return redirect("manuscript_list")


@require_GET
def manuscript_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs: from the edition it corrects, from what the records alone would say, from saving to saving."""
    manuscript = selectors.manuscript_for(request.user, pk)
    context = {
        "page": one.below(request.user, manuscript, "修改对照"), "manuscript": manuscript,
        **versions.compared(manuscript), **versions.savings(manuscript, request.GET),
    }  # fmt: skip
    return render(request, "reports/manuscript_versions.html", context)


@require_http_methods(["GET", "POST"])
def manuscript_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the next edition."""
    manuscript = selectors.manuscript_for(request.user, pk)
    permissions.can_correct(request.user, manuscript).require()

    def save(form: CorrectForm, version: int | None) -> str:
        made = services.correct(manuscript=manuscript, reason=form.cleaned_data["reason"], by=request.user)
        return reverse("manuscript_edit", args=[made.pk])

    lead = "已签发的文字和文件不会改动。更正另做一版，改好后重新核稿、签发，并附新旧对照。"
    return FormPage(
        request, CorrectForm, key=f"reports.correct:{pk}", page=one.below(request.user, manuscript, "更正", lead),
        submit_label="开始更正", cancel_url=manuscript.get_absolute_url(), done="已建立更正版，请修改有差错的地方。",
    ).respond(save)  # fmt: skip


# --- decisions -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def manuscript_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    manuscript = selectors.manuscript_for(request.user, pk)
    return perform(request, manuscript, action, flow=FLOW, plain=PLAIN, forms=FORMS, crumbs=one.crumbs)


def submit_step(manuscript: Manuscript, user: Any, reason: str) -> None:
    decisions.submit(manuscript=manuscript, by=user)


def withdraw_step(manuscript: Manuscript, user: Any, reason: str) -> None:
    decisions.withdraw(manuscript=manuscript, by=user)


def review_step(manuscript: Manuscript, user: Any, reason: str) -> None:
    decisions.review(manuscript=manuscript, by=user)


def return_step(manuscript: Manuscript, user: Any, reason: str) -> None:
    decisions.return_(manuscript=manuscript, reason=reason, by=user)


def approve_kwargs(manuscript: Manuscript) -> dict[str, Any]:
    word, number = decisions.suggested_number(manuscript)
    content = screen.contents(manuscript)
    return {"initial": {"content": content, "doc_word": word, "doc_number": number, "headed": True}}


def approve_step(manuscript: Manuscript, form: ApproveForm, user: Any) -> Manuscript:
    return decisions.approve(manuscript=manuscript, **form.asked, by=user)


FREEZING = "签发后编定文号，文字、数据和附表从此固定并算出校验码，随即生成 PDF、Word 和表格；以后有差错只能另做更正版。"
PLAIN = {"submit": submit_step, "withdraw": withdraw_step, "review": review_step, "return": return_step}
FORMS = {"approve": FormStep(ApproveForm, FREEZING, approve_kwargs, approve_step)}
