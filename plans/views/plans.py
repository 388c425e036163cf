"""The list of plans, one plan, its three parts and its way to approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.listing import render_list
from core.pages import FormPage, Link, Page, posted_version
from organisation.selectors import offices_for, scope_note
from plans import permissions, selectors, services
from plans.enums import PlanState
from plans.filters import PlanFilter
from plans.forms import CreateForm, TextGrid, suggested_year
from plans.forms.items import ItemGrid
from plans.forms.targets import TargetGrid
from plans.grids import GridPage
from plans.models import AnnualPlan
from plans.pages import detail as details
from plans.tables import PlanTable
from plans.views.common import HOME, head
from plans.workflow import FLOW


# --- reading -------------------------------------------------------------------------------------------------------
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    seen = AnnualPlan.objects.visible_to(request.user).select_related("office").prefetch_related("targets")
    if not request.GET.get("state"):
        seen = seen.exclude(state=PlanState.SUPERSEDED)
    actions = []
    if permissions.can_create(request.user):
        actions.append(Link("制订年度计划", reverse("plan_create"), "primary", "plus-lg"))
        actions.append(Link("从文本生成计划", reverse("plan_read"), icon="file-earmark-text"))
    if permissions.sees_the_year(request.user):
        actions.append(Link("全年看板", reverse("plan_year"), icon="grid-3x3"))
    page = Page("年度计划", "目标由活动、提案、社情民意等记录自动统计，点计划查看进度。", actions=actions)
    return render_list(
        request, page=page, queryset=seen, table_class=PlanTable, filter_class=PlanFilter,
        context={"list_help": scope_note(request.GET.get("offices", ""))},
    )  # fmt: skip


@require_GET
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = selectors.get_for(request.user, pk)
    page = head(plan, lead=details.lead(plan), actions=details.links(plan, request.user))
    flow = FLOW.actions(request.user, plan, url=lambda name: reverse("plan_act", args=[plan.pk, name]))
    mine = permissions.can_work_on(request.user, plan) or permissions.can_decide(request.user, plan)
    context = details.context(plan, request.user)
    return render(request, "plans/plan_detail.html", {"page": page, "actions": flow if mine else [], **context})


@require_GET
def plan_target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target: its periods, and who has reached it."""
    target = selectors.target_for(request.user, pk)
    page = head(target.plan, title=target.text)
    return render(
        request,
        "plans/plan_target.html",
        {"page": page, **details.target(target, request.user, request.GET.get("page"))},
    )


# --- writing -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest) -> HttpResponse:
    permissions.can_create(request.user).require()
    return FormPage(
        request, CreateForm, key="plans.create", done="计划已建立，请填写目标和月度安排。", submit_label="建立计划",
        page=Page("制订年度计划", "一个办公室一年一份计划。", [HOME, ("制订年度计划", "")],
                  [Link("从文本生成计划", reverse("plan_read"), icon="file-earmark-text")]),
        form_kwargs={"offices": offices_for(request.user, Can.EDIT_PLANS), "year": suggested_year()},
        cancel_url=reverse("plan_list"),
    ).respond(lambda form, version: services.create_plan(**form.cleaned_data, by=request.user))  # fmt: skip


def part_page(request: HttpRequest, plan: AnnualPlan, part: str, grid: type, title: str, lead: str) -> GridPage:
    permissions.can_edit(request.user, plan).require()
    return GridPage(
        request, grid, key=f"plans.{part}:{plan.pk}", instance=plan, form_kwargs={"plan": plan},
        page=head(plan, title=title, lead=lead), template="plans/plan_part.html",
        cancel_url=plan.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def plan_edit_text(request: HttpRequest, pk: int) -> HttpResponse:
    plan = selectors.get_for(request.user, pk)
    lead = "按顺序写各部分的小标题和内容。层级“一、”是大标题，“（一）”写在它下面。"
    return part_page(request, plan, "text", TextGrid, "修改正文", lead).respond(
        lambda form, version: services.save_text(
            plan=plan, **form.head.cleaned_data, sections=form.given(), by=request.user, version=version
        )
    )


@require_http_methods(["GET", "POST"])
def plan_edit_targets(request: HttpRequest, pk: int) -> HttpResponse:
    plan = selectors.get_for(request.user, pk)
    lead = "每个目标选好“统计什么”，完成数由系统从记录里统计，不用手填。数量还没定的可以空着。"
    return part_page(request, plan, "targets", TargetGrid, "修改目标", lead).respond(
        lambda form, version: services.save_targets(plan=plan, targets=form.given(), by=request.user, version=version)
    )


@require_http_methods(["GET", "POST"])
def plan_edit_items(request: HttpRequest, pk: int) -> HttpResponse:
    plan = selectors.get_for(request.user, pk)
    lead = "每行一项，时间和主题必填，协商活动选好协商形式。空行不会保存，次序按月份自动排。"
    return part_page(request, plan, "items", ItemGrid, "修改月度安排", lead).respond(
        lambda form, version: services.save_items(plan=plan, items=form.given(), by=request.user, version=version)
    )


@require_POST
def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    plan = selectors.get_for(request.user, pk)
    amendment = services.amend_plan(plan=plan, by=request.user)
    messages.success(request, "已建立修订版。修改后提交审批；批准以前，原计划继续执行。")
    return redirect(amendment)


ACTS = {"submit": services.submit, "approve": services.approve, "withdraw": services.withdraw}


@require_POST
def plan_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """A transition of the plan's flow. Raises Http404 for one that does not exist."""
    plan = selectors.get_for(request.user, pk)
    if action not in FLOW.transitions:
        raise Http404
    given = {"plan": plan, "by": request.user, "version": posted_version(request)}
    if action == "return":
        services.return_plan(**given, reason=request.POST.get("reason", ""))
    else:
        ACTS[action](**given)
    messages.success(request, FLOW.transitions[action].done)
    return redirect(plan)
