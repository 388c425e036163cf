"""One activity: its page, its data, its minutes, its transitions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from activities import forms, pages, permissions, selectors, services
from activities.pages import heads
from activities.views.common import READ_OR_WRITE, editable
from activities.workflow import FLOW
from core.pages import FormPage, posted_version
from organisation.selectors import grants, offices_for


@require_GET
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening it is what the read receipt of an invited member records, so a GET writes: once, and only that."""
    activity = selectors.get_for(request.user, pk)
    if "member" in grants(request.user).roles and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        services.note_opened(by=request.user, activity=activity)
    return render(request, "activities/activity_detail.html", pages.detail(request.user, activity))


@require_http_methods(READ_OR_WRITE)
def activity_create(request: HttpRequest) -> HttpResponse:
    """`?item=<scheduled item>` takes everything over from the plan."""
    permissions.can_create(request.user).require()
    offices = list(offices_for(request.user, Can.EDIT_ACTIVITIES))
    item = asked_item(request, [office.pk for office in offices])
    initial = forms.item_initial(item) if item else {}
    form_page = FormPage(
        request,
        forms.ActivityForm,
        key=f"activities.create:{item.lineage if item else 'unplanned'}",
        page=heads.create_page(item),
        form_kwargs={"offices": offices, "initial": initial},
        context={"aside": heads.SETTLED_HELP},
        cancel_url=reverse("activity_list"),
        done="活动已建立。接下来可以选择参加人员。",
    )
    return form_page.respond(
        lambda form, version: services.create(
            by=request.user,
            office=form.office_chosen,
            values=form.values,
            groups=form.groups_chosen,
            partners=form.partners_chosen,
        )
    )


def asked_item(request: HttpRequest, office_ids: list[int]) -> Any:
    """The scheduled item of the address, if it is one of a plan in force of these offices. Raises Http404."""
    given = request.GET.get("item", "")
    if not given:
        return None
    item = selectors.items_in_force(office_ids).filter(pk=int(given[:18]) if given.isdecimal() else 0).first()
    if item is None:
        raise Http404
    return item


@require_http_methods(READ_OR_WRITE)
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    form_page = FormPage(
        request,
        forms.ActivityForm,
        key=f"activities.edit:{pk}",
        page=heads.part_page(activity, "修改活动"),
        instance=activity,
        form_kwargs={
            "offices": [activity.office], "current": activity, "initial": forms.activity_initial(activity)
        },
        context={"aside": heads.SETTLED_HELP},
        cancel_url=activity.get_absolute_url(),
    )  # fmt: skip
    return form_page.respond(
        lambda form, version: services.update(
            by=request.user,
            activity=activity,
            version=version,
            values=form.values,
            groups=form.groups_chosen,
            partners=form.partners_chosen,
        )
    )


@require_POST
def activity_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    activity = selectors.get_for(request.user, pk)
    if action not in FLOW.transitions:
        raise Http404
    given = {"reason": request.POST.get("reason", "")[:500], "version": posted_version(request)}
    done = services.step(by=request.user, activity=activity, action=action, **given)
    messages.success(request, done)
    return redirect(activity)
