"""Choosing units, dispatching, signing for, asking for another unit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.errors import Denied
from core.filters import IdListFilter
from core.listing import render_list
from core.pages import FormPage
from core.steps import perform
from handling import selectors, suggestions
from handling.enums import AssignmentState
from handling.filters import AssignmentFilter
from handling.forms.assignments import DispatchForm, PlanForm, SignAllForm
from handling.guards import can_plan, sees_assignments
from handling.pages import assignments as pages
from handling.services import assignments as services
from handling.services.clocks import Scale
from handling.steps.assignments import FORMS, PLAIN
from handling.tables import AssignmentTable
from handling.workflow import ASSIGNMENTS
from organisation.selectors import can, grants
from proposals.selectors import get_for as proposal_for


@require_GET
def assignment_list(request: HttpRequest) -> HttpResponse:
    """A unit's own assignments; for staff and leaders those of all units (承办情况)."""
    if not sees_assignments(request.user):
        raise Denied("提案办理由承办单位和办公室使用。您自己的提案办到哪一步，在“我的提案”里看。")
    request.scale = Scale()
    return render_list(
        request, page=pages.list_page(request.user), queryset=selectors.listed(selectors.dispatched(request.user)),
        table_class=AssignmentTable, filter_class=AssignmentFilter, 
        table_kwargs={"scale": request.scale, "receives": grants(request.user).where(Can.RECEIVE_PROPOSALS)},
    )  # fmt: skip


@require_GET
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about an assignment stands on the proposal's page."""
    row = selectors.get_for(request.user, pk)
    return redirect(f"{row.proposal.get_absolute_url()}#assignment-{row.pk}")


@require_http_methods(["GET", "POST"])
def assignment_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    row = selectors.get_for(request.user, pk)
    return perform(request, row, action, flow=ASSIGNMENTS, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


@require_POST
def assignment_phones(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposers' telephone numbers. A POST, because each reading is written into the audit trail."""
    row = selectors.get_for(request.user, pk)
    people = services.show_phones(assignment=row, by=request.user)
    page = pages.phones_page(request.user, row)
    return render(request, "handling/phones.html", {"page": page, "people": people, "proposal": row.proposal})


@require_http_methods(["GET", "POST"])
def assignment_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """拟定承办单位, beside the proposer's wish and what became of similar cases."""
    proposal = proposal_for(request.user, pk)
    can_plan(request.user, proposal).require()
    rows = [row for row in selectors.rows_of(proposal) if row.state != AssignmentState.REVOKED]
    planned = [row for row in rows if row.state == AssignmentState.PLANNED]
    at_once = request.POST.get("intent") == "dispatch"

    def save(form: PlanForm, version: int | None) -> Any:
        services.plan(proposal=proposal, shares=form.shares, by=request.user)
        if at_once:
            services.dispatch(proposal=proposal, by=request.user)
        return proposal

    wished, advice = IdListFilter.ids(request.GET.get("units", "")), suggestions.suggest(proposal, request.user)
    return FormPage(
        request, PlanForm, key=f"handling.plan:{pk}", page=pages.plan_page(request.user, proposal),
        template="handling/plan.html", autosave=False, cancel_url=proposal.get_absolute_url(),
        form_kwargs={"proposal": proposal, "planned": planned, "wished": wished},
        context={"proposal": proposal, "sent": [row for row in rows if row not in planned],
                 "suggestions": advice, "aside": "参考", "wished_url": "" if planned else pages.wished_url(advice)},
        done="已交办，已通知承办单位和提案人。" if at_once else "已保存。承办单位还没有收到通知，请确认后交办。",
    ).respond(save)  # fmt: skip


@require_POST
def assignment_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = proposal_for(request.user, pk)
    services.dispatch(proposal=proposal, by=request.user)
    messages.success(request, "已交办，已通知承办单位和提案人。")
    return redirect(proposal)


@require_http_methods(["GET", "POST"])
def assignment_board(request: HttpRequest) -> HttpResponse:
    """交办会: what waits for units, what is planned by unit, and dispatching many at once."""
    can(request.user, Can.RECEIVE_PROPOSALS).require()
    ready = selectors.ready_to_dispatch(request.user)

    def save(form: DispatchForm, version: int | None) -> str:
        given = form.cleaned_data
        done = services.dispatch_many(proposals=given["proposals"], on=given["on"], by=request.user)
        if done.done:
            messages.success(request, f"已交办 {done.done} 件，已通知承办单位和提案人。")
        for proposal, why in done.failed:
            messages.warning(request, f"《{proposal}》没有交办：{why}")
        return reverse("assignment_board")

    return FormPage(
        request, DispatchForm, key="handling.board", page=pages.board_page(), template="handling/board.html",
        form_kwargs={"proposals": ready}, context=pages.board(request.user, ready), autosave=False, done="",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def assignment_sign_all(request: HttpRequest) -> HttpResponse:
    """逐件核对，一次签收."""
    rows = selectors.to_sign(request.user)
    units = {row.unit_id: row.unit for row in rows}
    if not units:
        can(request.user, Can.ANSWER_PROPOSALS).require()
        messages.info(request, "没有待签收的提案。")
        return redirect("assignment_list")

    def save(form: SignAllForm, version: int | None) -> str:
        services.sign_many(assignments=form.cleaned_data["rows"], handlers=form.handlers, by=request.user)
        return reverse("assignment_list")

    initial = selectors.last_handlers(next(iter(units.values())))
    return FormPage(
        request, SignAllForm, key="handling.sign_all", page=pages.sign_all_page(len(rows)), autosave=False,
        form_kwargs={"rows": rows, "initial": initial}, submit_label="签收勾选的提案", done="已签收。",
        cancel_url=reverse("assignment_list"), context={"aside": pages.SIGN_HELP},
    ).respond(save)  # fmt: skip
