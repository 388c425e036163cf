"""Pages of activities: read what was asked, one service call, answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from activities import forms, pages, permissions, selectors, services
from activities.filters import ActivityFilter
from activities.models import Activity, offices_in_sight
from activities.tables import ActivityTable
from activities.workflow import FLOW
from core import files
from core.clock import today
from core.listing import render_list
from core.pages import FormPage
from organisation.selectors import grants, offices_for

READ_OR_WRITE = ["GET", "POST"]


# --- lists -------------------------------------------------------------------------------------------------------
@require_GET
def activity_list(request: HttpRequest) -> HttpResponse:
    held = grants(request.user)
    return render_list(
        request,
        page=pages.list_page(request.user),
        queryset=selectors.listed(request.user),
        filter_class=ActivityFilter,
        table_class=ActivityTable,
        template="activities/activity_list.html",
        table_kwargs={
            "one_office": len(offices_in_sight(held)) < 2,
            "for_member": not held.holds(Can.VIEW_ACTIVITIES),
        },
    )


@require_GET
def activity_board(request: HttpRequest) -> HttpResponse:
    """A year's activities by month, of one office (the user's own unless another is asked for)."""
    year, offices = asked_year(request), selectors.offices_shown(request.user)
    asked = request.GET.get("office", str(grants(request.user).home_ids[0]) if grants(request.user).home_ids else "")
    office = next((each for each in offices if str(each.pk) == asked), None)
    context = {
        "page": pages.board_page(year, office),
        "months": pages.board(selectors.of_year(request.user, year, office), year),
        "offices": offices,
        "office": office,
        "year": year,
    }
    return render(request, "activities/board.html", context)


@require_GET
def activity_from_plan(request: HttpRequest) -> HttpResponse:
    """Scheduled items of the year that wait for an activity."""
    permissions.can_create(request.user).require()
    year = asked_year(request)
    offices = grants(request.user).where(Can.EDIT_ACTIVITIES)
    context = {
        "page": pages.from_plan_page(year),
        "months": pages.waiting_months(selectors.items_to_hold(offices, year)),
    }
    return render(request, "activities/from_plan.html", context)


def asked_year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else today().year


# --- one activity ------------------------------------------------------------------------------------------------
@require_GET
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    activity = selectors.get_for(request.user, pk)
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
        page=pages.create_page(item),
        form_kwargs={"offices": offices, "initial": initial},
        context={"aside": pages.SETTLED_HELP},
        cancel_url=reverse("activity_list"),
        done="活动已建立。接下来可以选择参加人员。",
    )
    return form_page.respond(
        lambda form, version: services.create(
            by=request.user, office=form.office_chosen, values=form.values, groups=form.groups_chosen
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
        page=pages.part_page(activity, "修改活动"),
        instance=activity,
        form_kwargs={
            "offices": [activity.office], "current": activity, "initial": forms.activity_initial(activity)
        },
        context={"aside": pages.SETTLED_HELP},
        cancel_url=activity.get_absolute_url(),
    )  # fmt: skip
    return form_page.respond(
        lambda form, version: services.update(
            by=request.user, activity=activity, version=version, values=form.values, groups=form.groups_chosen
        )
    )


def editable(request: HttpRequest, pk: int) -> Activity:
    activity = selectors.get_for(request.user, pk)
    permissions.can_edit(request.user, activity).require()
    return activity


@require_POST
def activity_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    activity = selectors.get_for(request.user, pk)
    if action not in FLOW.transitions:
        raise Http404
    done = services.step(by=request.user, activity=activity, action=action, reason=request.POST.get("reason", "")[:500])
    messages.success(request, done)
    return redirect(activity)


@require_http_methods(READ_OR_WRITE)
def activity_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    form_page = FormPage(
        request,
        forms.ResultsForm,
        key=f"activities.minutes:{pk}",
        page=pages.part_page(activity, "活动记录和成效"),
        instance=activity,
        form_kwargs={"initial": forms.results_initial(activity)},
        context={"aside": pages.MINUTES_HELP},
        cancel_url=activity.get_absolute_url(),
    )
    return form_page.respond(
        lambda form, version: services.save_results(
            by=request.user, activity=activity, version=version, values=form.cleaned_data
        )
    )


# --- participants and attendance ---------------------------------------------------------------------------------
@require_http_methods(READ_OR_WRITE)
def activity_participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the list and who can be put on it. What is filtered stays filtered after a post."""
    activity = editable(request, pk)
    chosen = pages.CandidateFilter(request.GET, activity)
    if request.method == "POST":
        messages.success(request, change_list(request, activity, chosen))
        return redirect(request.get_full_path())
    context = {
        "page": pages.part_page(activity, "参加人员", pages.participants_links(activity)),
        "activity": activity,
        "rows": selectors.roll(activity),
        "chosen": chosen,
    }
    return render(request, "activities/participants.html", context)


def change_list(request: HttpRequest, activity: Activity, chosen: pages.CandidateFilter) -> str:
    """Invites or takes off, as the pressed button says; the sentence to show."""
    picked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19]
    if "withdraw" in request.POST:
        count = services.withdraw(by=request.user, activity=activity, attendances=picked)
        return f"已移出 {count} 人。" if count else "请先勾选要移出的委员。"
    members = chosen.rows if "everybody" in request.POST else chosen.rows.filter(pk__in=picked)
    count = services.invite(by=request.user, activity=activity, members=list(members))
    return f"已加入 {count} 人。" if count else "没有新加入的委员，请先勾选。"


@require_http_methods(READ_OR_WRITE)
def activity_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    attendances = selectors.roll(activity)
    form_page = FormPage(
        request,
        forms.RollForm,
        key=f"activities.attendance:{pk}",
        page=pages.part_page(activity, "登记出席", pages.attendance_links(activity)),
        template="activities/attendance.html",
        form_kwargs={"activity": activity, "attendances": attendances},
        context={"activity": activity, "counts": pages.tally_pairs(attendances), "wide_form": True},
        cancel_url=activity.get_absolute_url(),
        done="出席情况已保存。",
    )

    def save(form: forms.RollForm, version: int | None) -> Activity:
        services.save_roll(by=request.user, activity=activity, opened=form.was, marks=form.cleaned_data["marks"])
        return activity

    return form_page.respond(save)


# --- photos ------------------------------------------------------------------------------------------------------
@require_http_methods(READ_OR_WRITE)
def activity_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload; below it the photos with captions, saved by `activity_photos_arrange`."""
    activity = editable(request, pk)
    here = reverse("activity_photos", args=[pk])
    form_page = FormPage(
        request,
        forms.PhotosForm,
        key=f"activities.photos:{pk}",
        page=pages.part_page(activity, "照片"),
        template="activities/photos.html",
        context={"activity": activity, "photos": list(activity.photos.select_related("thumbnail"))},
        cancel_url=activity.get_absolute_url(),
        submit_label="上传",
        done="",
        autosave=False,
    )

    def save(form: forms.PhotosForm, version: int | None) -> str:
        kept, refused = services.add_photos(by=request.user, activity=activity, uploads=form.cleaned_data["photos"])
        if kept:
            messages.success(request, f"已保存 {len(kept)} 张照片。")
        for sentence in refused:
            messages.error(request, sentence)
        return here

    return form_page.respond(save)


@require_POST
def activity_photos_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    notes = forms.photo_notes(request.POST, activity.photos.all())
    _, deleted = services.arrange_photos(by=request.user, activity=activity, notes=notes)
    messages.success(request, f"照片说明已保存，删除了 {deleted} 张。" if deleted else "照片说明已保存。")
    return redirect("activity_photos", pk=pk)


@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).file, inline=True)


@require_GET
def photo_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).thumbnail, inline=True)
