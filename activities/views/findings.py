"""Findings: noted, and every step of their follow-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import services
from activities.filters.followup import FindingFilter
from activities.forms.findings import (
    AdoptionForm,
    FindingForm,
    FollowUpForm,
    HandOverForm,
    ImplementForm,
    InstructionForm,
    SendUpForm,
)
from activities.models import Activity, Finding, ReportDuty
from activities.pages import findings as pages
from activities.pages import heads, records
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.tables.followup import FindingTable
from activities.views.common import READ_OR_WRITE, supplementable
from activities.workflow.findings import FLOW
from core.listing import render_list
from core.pages import FormPage
from core.steps import FormStep, perform

Act = services.findings


@require_GET
def finding_list(request: HttpRequest) -> HttpResponse:
    """Findings of all activities the user's offices look into."""
    records.looks_in(request.user).require()
    return render_list(
        request, page=pages.list_page(), queryset=record_selectors.findings_listed(request.user),
        filter_class=FindingFilter, table_class=FindingTable, table_kwargs={"kinds": pages.kind_labels()},
    )  # fmt: skip


@require_GET
def finding_detail(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    return render(request, "activities/finding_detail.html", pages.detail(request.user, finding))


@require_http_methods(READ_OR_WRITE)
def finding_create(request: HttpRequest, pk: int) -> HttpResponse:
    """`another`: saved, and straight on to the next one. `?duty=`: what the report that was sent says, for the
    instructions on it."""
    activity = supplementable(request, pk)
    duty = asked_duty(request, activity)
    form_page = FormPage(
        request, FindingForm, key=f"activities.finding:{pk}", page=heads.part_page(activity, "登记问题与建议"),
        template="activities/finding_form.html",
        form_kwargs={"office": activity.office, "initial": {"text": f"《{duty.title}》所提意见建议。"} if duty else {}},
        context={"noted": list(activity.findings.all()), "aside": pages.HELP},
        cancel_url=activity.get_absolute_url(), done="已登记。",
    )  # fmt: skip

    def save(form: FindingForm, version: int | None) -> Any:
        finding = Act.add_finding(by=request.user, activity=activity, values=form.values, duty=duty)
        return reverse("finding_create", args=[pk]) if "another" in request.POST else finding

    return form_page.respond(save)


def asked_duty(request: HttpRequest, activity: Activity) -> ReportDuty | None:
    """A report of this activity that has been sent."""
    given = request.GET.get("duty", "")
    wanted = int(given) if given.isdecimal() and len(given) < 19 else 0
    return activity.duties.filter(pk=wanted, sent_on__isnull=False).select_related("material").first()


@require_http_methods(READ_OR_WRITE)
def finding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    record_rights.can_reword(request.user, finding).require()
    return FormPage(
        request, FindingForm, key=f"findings.edit:{pk}", page=pages.form_head(finding, "修改"), instance=finding,
        form_kwargs={"office": finding.activity.office, "finding": finding}, cancel_url=finding.get_absolute_url(),
    ).respond(
        lambda form, version: Act.update_finding(
            by=request.user, finding=finding, version=version, values=form.values
        )
    )  # fmt: skip


@require_POST
def finding_delete(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    Act.delete_finding(by=request.user, finding=finding, reason=request.POST.get("reason", ""))
    messages.success(request, "已删除。")
    return redirect(finding.activity)


# --- transitions -------------------------------------------------------------------------------------------------
def nothing(finding: Finding) -> dict[str, Any]:
    return {}


def itself(finding: Finding) -> dict[str, Any]:
    return {"finding": finding}


def saved(service: Callable[..., Any], *, packed: bool = False) -> Callable[[Finding, Any, Any], str]:
    """The form's fields as the service's keywords, or as its `values`."""

    def save(finding: Finding, form: Any, user: Any) -> str:
        given = {"values": form.cleaned_data} if packed else form.cleaned_data
        service(by=user, finding=finding, **given)
        return finding.get_absolute_url()

    return save


def plain(name: str) -> Callable[[Finding, Any, str], Any]:
    return lambda finding, user, reason: Act.step_finding(
        by=user, finding=finding, action=name, reason=reason[:500]
    )  # fmt: skip


FORMS = {
    "send_up": FormStep(SendUpForm, "登记报送给谁、哪天报送，之后可以登记批示和办理情况。", nothing,
                        saved(Act.send_up)),
    "instruct": FormStep(InstructionForm, "批示原文限阅时只有承办办公室和领导能看到。", nothing,
                         saved(Act.instruct, packed=True)),
    "hand_over": FormStep(HandOverForm, "到期没有办结的，会出现在待办中。", itself, saved(Act.hand_over)),
    "implement": FormStep(ImplementForm, "写清落实了什么，报告和统计会用到。", nothing, saved(Act.implement)),
}  # fmt: skip
PLAIN = {name: plain(name) for name, each in FLOW.transitions.items() if not each.has_form}


@require_http_methods(READ_OR_WRITE)
def finding_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    return perform(request, finding, action, flow=FLOW, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


# --- between them ------------------------------------------------------------------------------------------------
def small_form(request: HttpRequest, finding: Finding, form: Any, title: str, save: Callable[..., Any],
               kwargs: dict[str, Any] | None = None) -> HttpResponse:  # fmt: skip
    def done(form: Any, version: int | None) -> str:
        save(form)
        return finding.get_absolute_url()

    return FormPage(
        request, form, key=f"findings.{form.__name__}:{finding.pk}", page=pages.form_head(finding, title),
        form_kwargs=kwargs or {}, cancel_url=finding.get_absolute_url(),
    ).respond(done)  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def finding_instruction(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    record_rights.can_instruct(request.user, finding).require()
    return small_form(
        request, finding, InstructionForm, "补登批示",
        lambda form: Act.add_instruction(by=request.user, finding=finding, values=form.cleaned_data),
    )  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def finding_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    record_rights.can_follow(request.user, finding).require()
    return small_form(
        request, finding, FollowUpForm, "登记进展",
        lambda form: Act.follow_up(by=request.user, finding=finding, **form.cleaned_data),
    )  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def finding_adoption(request: HttpRequest, pk: int) -> HttpResponse:
    finding = record_selectors.finding_for(request.user, pk)
    record_rights.can_work(request.user, finding).require()
    return small_form(
        request, finding, AdoptionForm, "登记采纳情况",
        lambda form: Act.record_adoption(by=request.user, finding=finding, **form.cleaned_data), itself(finding),
    )  # fmt: skip
