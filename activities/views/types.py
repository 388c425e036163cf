"""The page on which the committee's office keeps the types of activities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Can
from activities import services, type_needs
from activities.forms.types import TypeForm
from activities.models import ActivityType
from activities.permissions import followup as record_rights
from activities.tables.followup import TypeTable
from activities.views.common import READ_OR_WRITE
from core.listing import render_list
from core.pages import FormPage, Link, Page
from organisation.selectors import can

LEAD = "登记活动和写计划时可以选的类型，以及每类活动要留下什么材料、之后报给谁。"


def crumbs(last: str) -> list[tuple[str, str]]:
    return [("基础资料", reverse("basics")), ("活动类型", reverse("activity_type_list")), (last, "")]


@require_GET
def activity_type_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    may = record_rights.can_set_types(request.user)
    new = Link("新增类型", reverse("activity_type_new"), "primary", "plus-lg", denied_reason=may.reason)
    page = Page("活动类型", lead=LEAD, breadcrumbs=crumbs("活动类型")[::2], actions=[new])
    return render_list(
        request, page=page, queryset=ActivityType.objects.select_related("needs"), table_class=TypeTable,
        table_kwargs={"editable": bool(may)},
    )  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def activity_type_new(request: HttpRequest) -> HttpResponse:
    record_rights.can_set_types(request.user).require()
    initial = {"order": services.types.order_for_new(), "unit": "次", "is_active": True}
    return type_form(request, "activity_types.new", "新增活动类型", {"initial": initial})


@require_http_methods(READ_OR_WRITE)
def activity_type_edit(request: HttpRequest, pk: int) -> HttpResponse:
    record_rights.can_set_types(request.user).require()
    kind = get_object_or_404(ActivityType, pk=pk)
    kwargs = {"kind": kind, "needs": type_needs.needs_of(kind)}
    return type_form(request, f"activity_types.edit:{pk}", f"修改：{kind.label}", kwargs, kind)


def type_form(request: HttpRequest, key: str, title: str, kwargs: dict[str, Any],
              kind: ActivityType | None = None) -> HttpResponse:  # fmt: skip
    back = reverse("activity_type_list")

    def save(form: TypeForm, version: int | None) -> str:
        services.types.save_type(by=request.user, values=form.cleaned_data, kind=kind)
        return back

    return FormPage(
        request, TypeForm, key=key, page=Page(title, breadcrumbs=crumbs(title)), form_kwargs=kwargs, cancel_url=back,
    ).respond(save)  # fmt: skip
