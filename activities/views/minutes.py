"""The minutes: written, their versions compared and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import forms, permissions, selectors, services
from activities.models import Activity
from activities.pages import heads
from activities.views.common import READ_OR_WRITE, editable
from core import textversions
from core.pages import FormPage, Link, posted_version


@require_http_methods(READ_OR_WRITE)
def activity_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    form_page = FormPage(
        request,
        forms.ResultsForm,
        key=f"activities.minutes:{pk}",
        page=heads.part_page(activity, "活动记录和成效", version_links(activity)),
        instance=activity,
        form_kwargs={"activity": activity, "initial": forms.results_initial(activity)},
        context={"aside": heads.MINUTES_HELP},
        cancel_url=activity.get_absolute_url(),
    )
    return form_page.respond(
        lambda form, version: services.save_results(
            by=request.user, activity=activity, version=version, values=form.values, quantities=form.quantities
        )
    )


def version_links(activity: Activity) -> list[Link]:
    if not activity.minutes:
        return []
    return [Link("历史版本", reverse("minutes_versions", args=[activity.pk]), icon="clock-history")]


@require_GET
def minutes_versions(request: HttpRequest, pk: int) -> HttpResponse:
    activity = selectors.get_for(request.user, pk)
    permissions.sees_people(request.user, activity).require()
    context = {
        "page": heads.part_page(activity, "活动记录的版本"),
        "activity": activity,
        "labels": services.TEXTS,
        "may_restore": bool(permissions.can_edit(request.user, activity)),
        "back": activity.get_absolute_url(),
        "restore_url": reverse("minutes_restore", args=[pk]),
        "current_version": activity.version,
        **textversions.comparison(activity, services.TEXTS, request.GET),
    }
    return render(request, "components/text_versions.html", context)


@require_POST
def minutes_restore(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    given = request.POST.get("number", "")
    number = int(given) if given.isdecimal() and len(given) < 9 else 0
    services.restore_texts(by=request.user, activity=activity, number=number, version=posted_version(request))
    messages.success(request, f"已恢复第 {number} 版的文字，并存为最新一版。")
    return redirect("minutes_versions", pk=pk)
