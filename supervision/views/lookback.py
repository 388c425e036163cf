"""Look-back rounds: list, one round, its proposals and findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.steps import FormStep, perform
from organisation.selectors import code_labels
from supervision import permissions
from supervision.defaults import LOOK_BACK_FINDING
from supervision.forms.lookback import FindingForm, RoundForm, ScopeForm, SummaryForm
from supervision.models import LookBackRound
from supervision.pages import lookback as pages
from supervision.selectors import lookback as selectors
from supervision.selectors.offices import working_office
from supervision.services import lookback as services
from supervision.tables import LookBackCaseFilter, LookBackCaseTable, RoundTable
from supervision.workflow import ROUNDS

BOTH = ["GET", "POST"]


@require_GET
def look_back_list(request: HttpRequest) -> HttpResponse:
    permissions.looks_in(request.user).require()
    new = Link("新建一轮", reverse("look_back_new"), "primary", "plus-lg")
    page = Page("回头看", lead="对已经答复的提案再看一遍：承诺的事项落实没有，有没有反弹。",
                actions=[*([new] if permissions.works_anywhere(request.user) else []),
                        Link("全部回看记录", reverse("look_back_cases"), icon="list-ul")])  # fmt: skip
    return render_list(request, page=page, queryset=selectors.listed(request.user), table_class=RoundTable)


@require_GET
def look_back_cases(request: HttpRequest) -> HttpResponse:
    """Every finding of all rounds: the records behind the figure of a plan."""
    permissions.looks_in(request.user).require()
    page = Page("回看记录", lead="各轮回头看登记的情况。", breadcrumbs=[pages.TOP, ("回看记录", "")])
    return render_list(
        request, page=page, queryset=selectors.cases_listed(request.user), table_class=LookBackCaseTable,
        filter_class=LookBackCaseFilter, table_kwargs={"findings": code_labels(LOOK_BACK_FINDING)},
    )  # fmt: skip


@require_http_methods(BOTH)
def look_back_new(request: HttpRequest) -> HttpResponse:
    office = working_office(request.user)
    return FormPage(
        request, RoundForm, key="lookback.new", page=Page("新建一轮回头看", breadcrumbs=[pages.TOP, ("新建", "")]),
        cancel_url=reverse("look_back_list"), done="已新建。下一步：加入要回看的提案。",
    ).respond(
        lambda form, version: services.create(office=office, values=form.cleaned_data, by=request.user)
    )  # fmt: skip


@require_GET
def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    each = selectors.get_for(request.user, pk)
    return render(request, "supervision/look_back.html", pages.detail(request.user, each))


def editable(request: HttpRequest, pk: int) -> LookBackRound:
    each = selectors.get_for(request.user, pk)
    permissions.can_edit_round(request.user, each).require()
    return each


@require_http_methods(BOTH)
def look_back_edit(request: HttpRequest, pk: int) -> HttpResponse:
    each = editable(request, pk)
    initial = {name: getattr(each, name) for name in ("title", "year", "scope")}
    return FormPage(
        request, RoundForm, key=f"lookback.edit:{pk}", instance=each, form_kwargs={"initial": initial},
        page=Page("修改回头看", breadcrumbs=pages.crumbs(request.user, each, "修改")),
        cancel_url=each.get_absolute_url(),
    ).respond(
        lambda form, version: services.update(each=each, values=form.cleaned_data, by=request.user, version=version)
    )  # fmt: skip


@require_http_methods(BOTH)
def look_back_add(request: HttpRequest, pk: int) -> HttpResponse:
    """All proposals under a filter at once."""
    each = editable(request, pk)

    def save(form: ScopeForm, version: int | None) -> LookBackRound:
        count = services.add(each=each, proposals=selectors.chosen(each, form.cleaned_data), by=request.user)
        messages.success(request, f"已加入 {count} 件提案。")
        return each

    lead = "符合下面条件的提案一次全部加入，已经在这一轮里的不重复。条件不填就是不限。"
    return FormPage(
        request, ScopeForm, key=f"lookback.add:{pk}", form_kwargs={"office": each.office}, done="", autosave=False,
        page=Page("加入提案", lead=lead, breadcrumbs=pages.crumbs(request.user, each, "加入提案")),
        submit_label="加入", cancel_url=each.get_absolute_url(),
    ).respond(save)  # fmt: skip


@require_http_methods(BOTH)
def look_back_finding(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.case_for(request.user, pk)
    permissions.can_edit_round(request.user, case.round).require()
    page = Page("登记回看情况", lead=f"{case.proposal.case_label}《{case.proposal}》",
                breadcrumbs=pages.crumbs(request.user, case.round, "登记回看情况"))  # fmt: skip

    def save(form: FindingForm, version: int | None) -> LookBackRound:
        services.find(case=case, by=request.user, **form.cleaned_data)
        return case.round

    return FormPage(
        request, FindingForm, key=f"lookback.finding:{pk}", page=page, form_kwargs={"case": case},
        cancel_url=case.round.get_absolute_url(), done="已登记。",
    ).respond(save)  # fmt: skip


@require_POST
def look_back_remove(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.case_for(request.user, pk)
    services.remove(case=case, by=request.user)
    messages.success(request, "已移出。")
    return redirect(case.round)


@require_GET
def look_back_file(request: HttpRequest, pk: int) -> HttpResponse:
    case = selectors.case_for(request.user, pk)
    if case.file is None:
        raise Http404
    return files.serve(case.file)


@require_http_methods(BOTH)
def look_back_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    each = selectors.get_for(request.user, pk)
    return perform(request, each, action, flow=ROUNDS, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


def reopen_step(each: LookBackRound, user: Any, reason: str) -> None:
    services.reopen(each=each, reason=reason, by=user)


PLAIN = {"reopen": reopen_step}
FORMS = {
    "close": FormStep(
        SummaryForm, "总结以后不能再登记；需要时可以恢复。", lambda each: {"initial": {"summary": each.summary}},
        lambda each, form, user: services.close(each=each, summary=form.cleaned_data["summary"], by=user),
    )
}  # fmt: skip
