"""Who is invited and who came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from activities import forms, pages, selectors, services
from activities.models import Activity
from activities.pages import heads
from activities.pages.checkin import sheet_links, told
from activities.panels.people import tally_pairs
from activities.views.common import READ_OR_WRITE, invitable
from core.pages import FormPage


@require_http_methods(READ_OR_WRITE)
def activity_participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the list and who can be put on it. What is filtered stays filtered after a post."""
    activity = invitable(request, pk)
    chosen = pages.CandidateFilter(request.GET, activity, request.user)
    if request.method == "POST":
        messages.success(request, change_list(request, activity, chosen))
        return redirect(request.get_full_path())
    context = {
        "page": heads.part_page(activity, "参加人员", heads.participants_links(activity)),
        "activity": activity,
        "rows": selectors.roll(activity, request.user),
        "chosen": chosen,
    }
    return render(request, "activities/participants.html", context)


def change_list(request: HttpRequest, activity: Activity, chosen: pages.CandidateFilter) -> str:
    """Invites or takes off, as the pressed button says; the sentence to show."""
    picked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19]
    if "withdraw" in request.POST:
        count = services.withdraw(by=request.user, activity=activity, attendances=picked)
        return f"已移出 {count} 人。" if count else "请先勾选要移出的委员。"
    if "groups" in request.POST:
        members = chosen.of_groups
    else:
        members = chosen.rows if "everybody" in request.POST else chosen.rows.filter(pk__in=picked)
    count = services.invite(by=request.user, activity=activity, members=list(members))
    return f"已加入 {count} 人。" if count else "没有新加入的委员，请先勾选。"


@require_http_methods(READ_OR_WRITE)
def activity_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    activity = invitable(request, pk)
    attendances = selectors.roll(activity, request.user)
    form_page = FormPage(
        request,
        forms.RollForm,
        key=f"activities.attendance:{pk}",
        page=heads.part_page(
            activity, "登记出席", [*heads.attendance_links(activity), *sheet_links(request.user, activity)]
        ),
        template="activities/attendance.html",
        form_kwargs={"activity": activity, "attendances": attendances, "told": lambda: told(activity, attendances)},
        context={"activity": activity, "counts": tally_pairs(attendances), "wide_form": True},
        cancel_url=activity.get_absolute_url(),
        done="出席情况已保存。",
    )

    def save(form: forms.RollForm, version: int | None) -> Activity:
        services.save_roll(by=request.user, activity=activity, opened=form.was, marks=form.cleaned_data["marks"])
        return activity

    return form_page.respond(save)
