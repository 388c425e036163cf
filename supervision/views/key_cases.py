"""Key proposals: list, proposing one, its page, tasks and records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.errors import DomainError
from core.listing import render_list
from core.pages import FormPage, Page
from core.steps import FormStep, perform
from proposals.selectors import get_for as proposal_for
from supervision import permissions
from supervision.forms.key_cases import KeyCaseForm, RecordForm, ResultForm, TaskForm
from supervision.models import KeyCase
from supervision.pages import key_cases as pages
from supervision.selectors import key_cases as selectors
from supervision.services import key_cases as services
from supervision.tables import KeyCaseFilter, KeyCaseTable
from supervision.workflow import KEY_CASES


@require_GET
def key_case_list(request: HttpRequest) -> HttpResponse:
    permissions.looks_in(request.user).require()
    lead = "由领导督办的提案：确定人选、任务和期限，每次督办都有记录。"
    return render_list(
        request, page=Page("重点提案", lead=lead), queryset=selectors.listed(request.user),
        table_class=KeyCaseTable, filter_class=KeyCaseFilter,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def key_case_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: the proposal."""
    proposal = proposal_for(request.user, pk)
    permissions.can_propose_key(request.user, proposal).require()
    page = Page("列为重点提案备选", lead=str(proposal),
                breadcrumbs=[("提案", reverse("proposal_list")), (str(proposal), proposal.get_absolute_url()),
                             ("列为重点提案备选", "")])  # fmt: skip

    def save(form: KeyCaseForm, version: int | None) -> KeyCase:
        year = form.cleaned_data["year"]
        return services.propose(proposal=proposal, year=year, values=form.values, by=request.user)

    return FormPage(
        request, KeyCaseForm, key=f"keycase.new:{pk}", page=page, form_kwargs={"office": proposal.office},
        cancel_url=proposal.get_absolute_url(), done="已列为备选。",
    ).respond(save)  # fmt: skip


@require_GET
def key_case(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.get_for(request.user, pk)
    return render(request, "supervision/key_case.html", pages.detail(request.user, case))


@require_http_methods(["GET", "POST"])
def key_case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.get_for(request.user, pk)
    permissions.can_edit_case(request.user, case).require()
    return FormPage(
        request, KeyCaseForm, key=f"keycase.edit:{pk}", instance=case,
        page=Page("修改重点提案", breadcrumbs=pages.crumbs(request.user, case, "修改")),
        form_kwargs={"office": case.office, "case": case}, cancel_url=case.get_absolute_url(),
    ).respond(
        lambda form, version: services.update(case=case, values=form.values, by=request.user, version=version)
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def key_record_new(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.get_for(request.user, pk)
    permissions.can_add_record(request.user, case).require()
    leading = permissions.leads(request.user, case)
    label = "提出督办要求" if leading else "登记督办记录"

    def save(form: RecordForm, version: int | None) -> KeyCase:
        services.add_record(case=case, by=request.user, **form.cleaned_data)
        return case

    return FormPage(
        request, RecordForm, key=f"keycase.record:{pk}", done="已登记。", cancel_url=case.get_absolute_url(),
        page=Page(label, lead=str(case), breadcrumbs=pages.crumbs(request.user, case, label)),
        form_kwargs={"office": case.office, "leading": leading},
    ).respond(save)  # fmt: skip


@require_POST
def key_task_new(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.get_for(request.user, pk)
    form = TaskForm(request.POST)
    if not form.is_valid():
        sentences = [str(text) for texts in form.errors.values() for text in texts]
        raise DomainError("任务没有保存：" + " ".join(sentences))
    services.set_task(case=case, by=request.user, **form.cleaned_data)
    messages.success(request, "已加任务。")
    return redirect(case)


@require_POST
def key_task_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    task = selectors.task_for(request.user, pk)
    if action == "done":
        services.toggle_task(task=task, by=request.user)
    elif action == "drop":
        services.drop_task(task=task, by=request.user)
    else:
        raise Http404
    return redirect(task.case)


@require_GET
def key_file(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.file_for(request.user, pk)
    small = "small" in request.GET and found.thumbnail is not None
    return files.serve(found.thumbnail if small else found.file, inline=found.thumbnail is not None)


# --- the flow ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def key_case_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    case = selectors.get_for(request.user, pk)
    return perform(request, case, action, flow=KEY_CASES, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


def confirm_step(case: KeyCase, user: Any, reason: str) -> None:
    services.confirm(case=case, by=user)


def mover(name: str) -> Any:
    return lambda case, user, reason: services.move(case=case, step=name, by=user, reason=reason)


PLAIN = {"confirm": confirm_step, **{name: mover(name) for name in ("drop", "restore", "reopen")}}
FORMS = {
    "finish": FormStep(
        ResultForm, "督办完成后，提案人会收到通知，结果写在提案页面。",
        lambda case: {"initial": {"result": case.result}},
        lambda case, form, user: services.finish(case=case, result=form.cleaned_data["result"], by=user),
    )
}  # fmt: skip
