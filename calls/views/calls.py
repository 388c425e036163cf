"""The call: list, making, its page, the flow, the results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from calls import pages, permissions, selectors, services
from calls.defaults import KIND
from calls.enums import EntryState, Presented
from calls.filters import CallFilter
from calls.forms import CallForm, ExtendForm, PublishForm, call_initial
from calls.models import Call
from calls.tables import CallTable
from calls.workflow import CALLS
from core import spreadsheet
from core.errors import Denied
from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.steps import FormStep, perform
from organisation.selectors import can, code_labels, offices_for


@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    """Offices: theirs. Members: what has been sent out to them."""
    if not selectors.sees_calls(request.user):
        raise Denied("您的账号没有这项权限。如需要，请联系办公室。")
    make, may_make = Link("新建征集", reverse("call_new"), "primary", "plus-lg"), permissions.can_create(request.user)
    hidden = "own" if can(request.user, Can.VIEW_CALLS) else "received"
    return render_list(
        request,
        page=Page("征集活动", lead="征文、大会发言和其他稿件的征集。", actions=[make] if may_make else []),
        queryset=selectors.listed_calls(request.user),
        table_class=CallTable,
        filter_class=CallFilter,
        table_kwargs={"kinds": code_labels(KIND), "exclude": (hidden,)},
    )


@require_http_methods(["GET", "POST"])
def call_new(request: HttpRequest) -> HttpResponse:
    permissions.can_create(request.user).require()
    page = Page("新建征集", "先保存为草稿，看过没有问题再发出。", [pages.HOME, ("新建征集", "")])
    return FormPage(
        request, CallForm, key="calls.new", page=page, cancel_url=reverse("call_list"),
        form_kwargs={"offices": offices_for(request.user, Can.EDIT_CALLS)}, done="征集已保存为草稿。",
    ).respond(
        lambda form, version: services.create(office=form.office_chosen, values=form.values, by=request.user)
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def call_edit(request: HttpRequest, pk: int) -> HttpResponse:
    call = selectors.get_call(request.user, pk)
    permissions.can_edit(request.user, call).require()
    page = Page("修改征集", breadcrumbs=pages.call_crumbs(request.user, call, "修改"))
    offices = offices_for(request.user, Can.EDIT_CALLS)
    return FormPage(
        request, CallForm, key=f"calls.edit:{pk}", page=page, instance=call, cancel_url=call.get_absolute_url(),
        form_kwargs={"offices": offices, "call": call, "initial": call_initial(call)},
    ).respond(
        lambda form, version: services.update(call=call, values=form.values, by=request.user, version=version)
    )  # fmt: skip


@require_GET
def call_detail(request: HttpRequest, pk: int) -> HttpResponse:
    call = selectors.get_call(request.user, pk)
    return render(request, "calls/call_detail.html", pages.call_page(request.user, call))


@require_POST
def call_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard(call=selectors.get_call(request.user, pk), by=request.user)
    messages.success(request, "征集草稿已删除。")
    return redirect("call_list")


@require_GET
def call_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Prizes from the highest down, printable; `?export=xlsx` gives the list as a workbook."""
    call = selectors.get_call(request.user, pk)
    permissions.sees_results(request.user, call).require()
    levels, others = selectors.levels(call), selectors.without_prize(call)
    if request.GET.get("export") == "xlsx":
        head = ["奖项", "题目", "作者或单位", "联络处", "会上交流"]
        return spreadsheet.response("评审结果", head, result_rows(levels, others), f"{call}_结果.xlsx")
    page = Page(f"{call}：结果", breadcrumbs=pages.call_crumbs(request.user, call, "结果"),
                badge=call.state_label, badge_tone=call.tone)  # fmt: skip
    entries = call.entries.filter(state__in=selectors.RECEIVED)
    context = {
        "page": page, "call": call, "levels": levels, "others": others, "received": entries.count(),
        "presented": entries.exclude(presented="").count(),
    }  # fmt: skip
    return render(request, "calls/results.html", context)


@require_GET
def call_book(request: HttpRequest, pk: int) -> HttpResponse:
    """The accepted texts one after the other, each on a sheet of its own when printed."""
    call = selectors.get_call(request.user, pk)
    permissions.can_compile(request.user, call).require()
    page = Page(f"{call}：汇编", lead="采用和获奖的稿件全文。打印时一篇起一页。",
                breadcrumbs=pages.call_crumbs(request.user, call, "汇编"))  # fmt: skip
    return render(request, "calls/book.html", {"page": page, "entries": selectors.ranked(call)})


def result_rows(levels: list[Any], others: list[Any]) -> list[tuple[str, ...]]:
    rows = []
    for level in levels:
        rows += [entry_row(level.label, entry) for entry in level.entries]
        rows += [(level.label, "", group.name, "", "") for group in level.groups]
    return rows + [entry_row("", entry) for entry in others]


def entry_row(prize: str, entry: Any) -> tuple[str, ...]:
    people = "、".join(row.member.name for row in entry.authors.all())
    shown = Presented(entry.presented).label if entry.presented else ""
    return (prize, str(entry), people, entry.office.short_name, shown)


# --- the flow -----------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def call_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    call = selectors.get_call(request.user, pk)
    return perform(request, call, action, flow=CALLS, plain=PLAIN, forms=FORMS, crumbs=pages.call_crumbs)


def open_step(call: Call, user: Any, reason: str) -> None:
    services.open_call(call=call, by=user)


def judge_step(call: Call, user: Any, reason: str) -> None:
    services.judge(call=call, by=user)


def correct_step(call: Call, user: Any, reason: str) -> None:
    services.move(call=call, step="correct", by=user, reason=reason)


def close_step(call: Call, user: Any, reason: str) -> None:
    services.move(call=call, step="close", by=user)


def extend_step(call: Call, form: ExtendForm, user: Any) -> Call:
    return services.extend(call=call, closes_at=form.cleaned_data["closes_at"], by=user)


def publish_step(call: Call, form: PublishForm, user: Any) -> Call:
    return services.publish(call=call, rest=form.cleaned_data["rest"], by=user)


def waiting(call: Call) -> dict[str, Any]:
    return {"waiting": call.entries.filter(state=EntryState.SUBMITTED, prize="", presented="").count()}


PLAIN = {"open": open_step, "judge": judge_step, "correct": correct_step, "close": close_step}
FORMS = {
    "extend": FormStep(ExtendForm, "已经收到的稿件不变；评审中的会重新开放投稿。",
                       lambda call: {"initial": {"closes_at": call.closes_at}}, extend_step),
    "publish": FormStep(PublishForm, "公布以后，委员都能看到获奖名单，每位作者会收到通知。", waiting, publish_step),
}  # fmt: skip
