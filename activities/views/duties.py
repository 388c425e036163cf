"""Report duties of an activity, and all of them in one list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import services
from activities.filters.followup import DutyFilter
from activities.forms.duties import DutyForm, SendDutyForm
from activities.models import ReportDuty
from activities.pages import heads, records
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.tables.followup import DutyTable
from activities.views.common import READ_OR_WRITE, supplementable
from core.listing import render_list
from core.pages import FormPage, Link, Page


@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    records.looks_in(request.user).require()
    page = Page(
        "上报材料", lead="活动之后要报送的材料，按期限排列。", breadcrumbs=[heads.HOME, ("上报材料", "")],
        actions=[Link("全部活动材料", reverse("material_list"), icon="folder2-open")],
    )  # fmt: skip
    return render_list(
        request, page=page, queryset=record_selectors.duties_listed(request.user), filter_class=DutyFilter,
        table_class=DutyTable,
    )  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def activity_duties(request: HttpRequest, pk: int) -> HttpResponse:
    """What the activity owes, and a form for one more."""
    activity = supplementable(request, pk)
    here = reverse("activity_duties", args=[pk])

    def save(form: DutyForm, version: int | None) -> str:
        services.duties.add_duty(by=request.user, activity=activity, values=form.cleaned_data)
        return here

    return FormPage(
        request, DutyForm, key=f"activities.duties:{pk}", page=heads.part_page(activity, "上报材料"),
        template="activities/duties.html", context={"duties": list(activity.duties.select_related("material"))},
        cancel_url=activity.get_absolute_url(), submit_label="增加一项上报", done="已登记。", autosave=False,
    ).respond(save)  # fmt: skip


def writable(request: HttpRequest, pk: int) -> ReportDuty:
    duty = record_selectors.duty_for(request.user, pk)
    record_rights.can_supplement(request.user, duty.activity).require()
    return duty


def list_url(duty: ReportDuty) -> str:
    return reverse("activity_duties", args=[duty.activity_id])


@require_http_methods(READ_OR_WRITE)
def duty_edit(request: HttpRequest, pk: int) -> HttpResponse:
    duty = writable(request, pk)

    def save(form: DutyForm, version: int | None) -> str:
        services.duties.update_duty(by=request.user, duty=duty, values=form.cleaned_data)
        return list_url(duty)

    return FormPage(
        request, DutyForm, key=f"duties.edit:{pk}", page=heads.part_page(duty.activity, "修改上报要求"),
        form_kwargs={"duty": duty}, cancel_url=list_url(duty), autosave=False,
    ).respond(save)  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def duty_send(request: HttpRequest, pk: int) -> HttpResponse:
    duty = writable(request, pk)

    def save(form: SendDutyForm, version: int | None) -> str:
        services.duties.send_duty(by=request.user, duty=duty, **form.cleaned_data)
        return list_url(duty)

    page = heads.part_page(duty.activity, f"登记报送{duty.addressee}")
    return FormPage(
        request, SendDutyForm, key=f"duties.send:{pk}", page=page,
        form_kwargs={"activity": duty.activity}, cancel_url=list_url(duty), done="已登记报送。", autosave=False,
    ).respond(save)  # fmt: skip


@require_POST
def duty_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    duty = writable(request, pk)
    services.duties.take_back_duty(by=request.user, duty=duty)
    messages.success(request, "已撤回登记。")
    return redirect(list_url(duty))


@require_POST
def duty_drop(request: HttpRequest, pk: int) -> HttpResponse:
    duty = writable(request, pk)
    services.duties.drop_duty(by=request.user, duty=duty)
    messages.success(request, "已去掉这项上报要求。")
    return redirect("activity_duties", pk=duty.activity_id)
