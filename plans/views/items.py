"""The schedule of a plan: the board, one item, what is decided about it, recurring arrangements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.pages import FormPage, Page, posted_version
from plans import permissions, selectors, services
from plans.forms.items import MergeForm, MoveForm, OneItemForm, ReasonForm, SeriesForm
from plans.models import ScheduledItem
from plans.pages import items as item_pages
from plans.views.common import HOME, head
from plans.workflow import ITEM_FLOW


@require_GET
def plan_months(request: HttpRequest, pk: int) -> HttpResponse:
    """The year on one board, and a line per item."""
    plan = selectors.get_for(request.user, pk)
    more = "、调整时间或登记活动" if permissions.can_work_on(request.user, plan) else ""
    page = head(
        plan, title=f"{plan.office.short_name}{plan.year}年月度看板",
        lead=f"{plan.state_label}，第{plan.revision}版。点开一项可以看详情{more}。",
        actions=item_pages.board_links(plan, request.user),
    )  # fmt: skip
    return render(request, "plans/plan_months.html", {"page": page, **item_pages.board(plan, request.user)})


@require_GET
def plan_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what is planned, what was decided, what came of it."""
    item = selectors.item_for(request.user, pk)
    return render(request, "plans/plan_item.html", {"page": item_page(item, ""), **item_pages.item(item, request.user)})


def item_page(item: ScheduledItem, title: str, lead: str = "") -> Page:
    """The head of the item's page, or of a page below it."""
    plan = item.plan
    trail = [HOME, (plan.title, plan.get_absolute_url()), (item.topic, item.get_absolute_url() if title else "")]
    return Page(title or item.topic, lead, [*trail, (title, "")] if title else trail)


# --- deciding ------------------------------------------------------------------------------------------------------
def moved(item: ScheduledItem, given: dict[str, Any], by: Any) -> None:
    services.move_item(item=item, by=by, **given)


def merged(item: ScheduledItem, given: dict[str, Any], by: Any) -> None:
    services.merge_item(item=item, by=by, **given)


def cancelled(item: ScheduledItem, given: dict[str, Any], by: Any) -> None:
    services.cancel_item(item=item, by=by, **given)


def restored(item: ScheduledItem, given: dict[str, Any], by: Any) -> None:
    services.restore_item(item=item, by=by, **given)


#: action → (form, what the page says, what does it)
ACTS = {
    "move": (MoveForm, "只改执行时间，批准的计划原文不变，看板上会注明原定时间。", moved),
    "merge": (MergeForm, "这一项不再单独开展，由选定的那一项一并完成。", merged),
    "cancel": (ReasonForm, "取消以后仍会列在计划里，注明已取消和理由。", cancelled),
    "restore": (ReasonForm, "撤销以前的调整，回到批准的计划。", restored),
}


@require_http_methods(["GET", "POST"])
def item_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """A decision about an item of the plan in force. Raises Http404 for one that does not exist."""
    item = selectors.item_for(request.user, pk)
    if action not in ACTS:
        raise Http404
    form_class, lead, act = ACTS[action]
    transition = ITEM_FLOW.transitions[action]
    standing = item_pages.decidable(item, transition, request.user)
    page = FormPage(
        request, form_class, key=f"plans.item.{action}:{item.pk}", autosave=False, done=transition.done,
        page=item_page(item, transition.label, item_pages.act_lead(standing, lead)),
        form_kwargs={"standing": standing, "asked": asked_time(request)},
        submit_label=f"确定{transition.label}", cancel_url=item_pages.back(item),
    )  # fmt: skip

    def save(form: Any, version: int | None) -> str:
        act(item, form.cleaned_data, request.user)
        return item_pages.back(item)

    return page.respond(save)


def asked_time(request: HttpRequest) -> dict[str, Any]:
    """The time a button of the board proposes."""
    return {name: request.GET[name] for name in ("month", "until_month", "part_of_month") if name in request.GET}


@require_POST
def plan_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the decisions about items into the amendment being drafted."""
    plan = selectors.get_for(request.user, pk)
    services.adopt_decisions(plan=plan, by=request.user, version=posted_version(request))
    messages.success(request, "已把批准以后的调整写进修订版，请看“与上一版的不同”。")
    return redirect(plan)


# --- drafting ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One item of a plan being drafted; of a series also the later ones."""
    item = selectors.item_for(request.user, pk)
    permissions.can_edit(request.user, item.plan).require()

    def save(form: OneItemForm, version: int | None) -> str:
        given = {"item": item, "by": request.user, "version": version,
                 "reach": form.cleaned_data.get("reach") or "this"}  # fmt: skip
        if form.cleaned_data["remove"]:
            services.delete_item(**given)
        else:
            services.save_item(**given, values=form.values)
        return f"{item.plan.get_absolute_url()}#months"

    return FormPage(
        request, OneItemForm, key=f"plans.item:{item.pk}", instance=item.plan, form_kwargs={"item": item},
        page=item_page(item, "修改这项安排"), cancel_url=item.get_absolute_url(), template="plans/item_form.html",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def plan_series(request: HttpRequest, pk: int) -> HttpResponse:
    """A recurring arrangement becomes single items."""
    plan = selectors.get_for(request.user, pk)
    permissions.can_edit(request.user, plan).require()

    def save(form: SeriesForm, version: int | None) -> str:
        services.add_series(plan=plan, by=request.user, version=version, **form.values)
        return f"{plan.get_absolute_url()}#months"

    return FormPage(
        request, SeriesForm, key=f"plans.series:{plan.pk}", instance=plan, form_kwargs={"plan": plan},
        page=head(plan, title="增加定期安排", lead="例如每月一次集中学习。每次各成一项，可以单独修改、登记活动。"),
        cancel_url=reverse("plan_detail", args=[plan.pk]), template="plans/item_form.html", submit_label="生成各次安排",
    ).respond(save)  # fmt: skip
