"""Pages of plans."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.components import ConflictNotice
from core.listing import render_list
from core.pages import FormPage, Link, Page, posted_version
from organisation.selectors import offices_for
from plans import details, permissions, selectors, services
from plans.enums import PlanState
from plans.filters import PlanFilter
from plans.forms import CreateForm, ItemGrid, TargetGrid, TextGrid, suggested_year
from plans.models import AnnualPlan
from plans.summaries import state_tone
from plans.tables import PlanTable
from plans.workflow import FLOW

HOME = ("年度计划", "/plans/")


# --- reading -------------------------------------------------------------------------------------------------------
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    seen = AnnualPlan.objects.visible_to(request.user).select_related("office").prefetch_related("targets")
    if not request.GET.get("state"):
        seen = seen.exclude(state=PlanState.SUPERSEDED)
    actions = []
    if permissions.can_create(request.user):
        actions.append(Link("制订年度计划", reverse("plan_create"), "primary", "plus-lg"))
    page = Page("年度计划", "目标由活动、提案、社情民意等记录自动统计，点计划查看进度。", actions=actions)
    return render_list(request, page=page, queryset=seen, table_class=PlanTable, filter_class=PlanFilter)


def head(plan: AnnualPlan, *, title: str = "", lead: str = "", actions: Any = ()) -> Page:
    """The head of a page below the plan; without a title that of the plan itself."""
    trail = [HOME, (plan.title, plan.get_absolute_url() if title else "")]
    return Page(
        title or plan.title, lead, [*trail, (title, "")] if title else trail, list(actions),
        badge="" if title else plan.state_label, badge_tone=state_tone(plan.state),
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
def plan_months(request: HttpRequest, pk: int) -> HttpResponse:
    """The schedule as a board for the wall and as a list."""
    plan = selectors.get_for(request.user, pk)
    title = f"{plan.office.short_name}{plan.year}年月度安排"
    page = head(plan, title=title, lead=f"{plan.state_label}，第{plan.revision}版。打印时看板占一页，清单另起一页。")
    return render(request, "plans/plan_months.html", {"page": page, **details.schedule(plan, request.user)})


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
        page=Page("制订年度计划", "一个办公室一年一份计划。", [HOME, ("制订年度计划", "")]),
        form_kwargs={"offices": offices_for(request.user, Can.EDIT_PLANS), "year": suggested_year()},
        cancel_url=reverse("plan_list"),
    ).respond(lambda form, version: services.create_plan(**form.cleaned_data, by=request.user))  # fmt: skip


class PartPage(FormPage):
    """The form page of one part of a plan; tells a second editor row by row what differs."""

    def conflict_notice(self, form: Any) -> ConflictNotice | None:
        if self.conflict is None:
            return None
        rows = form.differences(self.conflict.current)
        heads = super().conflict_notice(form).fields if form.head else []
        return ConflictNotice(self.conflict.who, self.conflict.when, [*heads, *rows])


def part_page(request: HttpRequest, plan: AnnualPlan, part: str, grid: type, title: str, lead: str) -> PartPage:
    permissions.can_edit(request.user, plan).require()
    return PartPage(
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
    lead = "每行一项，月份、类型、主题必填。空行不会保存，次序按月份自动排。"
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
