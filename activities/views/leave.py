"""Requests for leave: asking, the list, one request, its transitions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import forms, permissions, selectors, services
from activities.leave_list import LeaveFilter, LeaveTable
from activities.models import LeaveRequest
from activities.pages import heads, leave
from activities.views.common import READ_OR_WRITE
from activities.workflow import LEAVE
from core.listing import render_list
from core.pages import FormPage


@require_http_methods(READ_OR_WRITE)
def activity_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A member asks for leave."""
    activity = selectors.get_for(request.user, pk)
    permissions.can_ask_leave(request.user, activity).require()
    form_page = FormPage(
        request,
        forms.LeaveForm,
        key=f"activities.leave:{pk}",
        page=heads.part_page(activity, "申请请假"),
        context={"aside": leave.help_text(activity)},
        submit_label="提交申请",
        cancel_url=activity.get_absolute_url(),
        done="请假申请已提交，办公室审批后会通知您。",
    )

    def save(form: forms.LeaveForm, version: int | None) -> LeaveRequest:
        return services.ask_leave(by=request.user, activity=activity, reason=form.cleaned_data["reason"])

    return form_page.respond(save)


@require_GET
def leave_list(request: HttpRequest) -> HttpResponse:
    return render_list(
        request,
        page=leave.list_page(request.user),
        queryset=LeaveRequest.objects.visible_to(request.user).select_related("member", "activity"),
        filter_class=LeaveFilter,
        table_class=LeaveTable,
    )


@require_GET
def leave_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.leave_for(request.user, pk)
    return render(request, "activities/leave_detail.html", leave.detail(request.user, found))


@require_POST
def leave_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    found = selectors.leave_for(request.user, pk)
    if action not in LEAVE.transitions:
        raise Http404
    reason = request.POST.get("reason", "")[:500]
    messages.success(request, services.decide(by=request.user, leave=found, action=action, reason=reason))
    return redirect(found.activity if action == "withdraw" else found)
