"""At the door: the wall's code scanned, the member's own page, the desk, the wall, the signed sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import door, permissions, selectors
from activities.enums import Direction
from activities.forms.checkin import DeskForm, PaperForm, SelfForm
from activities.models import Activity
from activities.pages import checkin as pages
from activities.pages import heads
from activities.services import checkin as services
from activities.services import sheet as sheets
from activities.todos.door import doors_today
from activities.views.common import READ_OR_WRITE
from core.errors import Denied, DomainError
from core.pages import FormPage, Page

SCAN_COOKIE = "checkin_scan"
#: How long a scan waits for its member to sign in.
SIGN_IN_TIME = timedelta(minutes=15)


# --- the member --------------------------------------------------------------------------------------------------
@login_not_required
@never_cache
@require_GET
def checkin_scan(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Where the code on the wall leads. Writes nothing: the scan is remembered in a cookie, through sign-in too."""
    activity = Activity.objects.select_related("office").filter(pk=pk).first()
    now = timezone.now()
    try:
        if activity is None:
            raise DomainError(door.EXPIRED)
        moment = door.scanned(activity, code, door.terms(activity), now)
    except DomainError as error:
        context = {"page": Page("签到码已过期"), "reason": error.message}
        return render(request, "activities/checkin_expired.html", context, status=410)
    response = redirect("checkin_self", pk=pk)
    response.set_cookie(
        SCAN_COOKIE, door.ticket(activity, moment), max_age=SIGN_IN_TIME, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@require_GET
def checkin_next(request: HttpRequest) -> HttpResponse:
    """From the home page to the member's next door of the day; without one to the list."""
    row = doors_today(request.user).order_by("activity__starts_at").first()
    return redirect("checkin_self", pk=row.activity_id) if row else redirect("activity_list")


@require_http_methods(READ_OR_WRITE)
def checkin_self(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own page at the door."""
    activity, scan = arrived_at(request, pk)
    if request.method == "POST":
        return own_answer(request, activity)
    row = selectors.own_attendance(activity, request.user)
    if row is None and not (scan and door.terms(activity).walk_in):
        raise Denied(f"您不在“{activity.title}”的参加人员名单中，请联系现场工作人员。")
    address = request.build_absolute_uri(reverse("checkin_desk", args=[pk]))
    return render(request, "activities/checkin_self.html", pages.own(activity, row, request.user, scan, address))


def arrived_at(request: HttpRequest, pk: int) -> tuple[Activity, datetime | None]:
    """The activity and when its wall was scanned by this browser, if it was. Whoever scanned may know of it."""
    if proof := request.COOKIES.get(SCAN_COOKIE):
        activity = Activity.objects.select_related("office").filter(pk=pk).first()
        scan = door.ticket_moment(activity, proof) if activity else None
        if scan and timezone.now() - scan <= SIGN_IN_TIME:
            return activity, scan
    return selectors.get_for(request.user, pk), None


def own_answer(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = SelfForm(request.POST)
    if not form.is_valid():
        raise DomainError("签到没有成功，请重新扫码后再试。")
    response = answered(
        request,
        reverse("checkin_self", args=[activity.pk]),
        lambda: services.check_in_self(
            by=request.user, activity=activity, direction=form.chosen_direction, key=form.chosen_key, proof=form.proof
        ),
    )
    response.delete_cookie(SCAN_COOKIE)
    return response


def answered(request: HttpRequest, back: str, work: Callable[[], services.Outcome]) -> HttpResponse:
    """The outcome for a script, or the page again with its sentence. Raises what `work` raises when no script asks."""
    if "application/json" not in request.headers.get("Accept", ""):
        messages.success(request, f"{work().text}。")
        return redirect(back)
    try:
        return JsonResponse(told(work()))
    except DomainError as error:
        return JsonResponse({"text": error.message}, status=error.status)


def told(outcome: services.Outcome) -> dict[str, Any]:
    row = outcome.row
    return {"text": outcome.text, "attendance": row.pk, "state": row.get_state_display(), "held": outcome.held}


# --- staff -------------------------------------------------------------------------------------------------------
def received(request: HttpRequest, pk: int) -> Activity:
    """The activity, for staff of the offices that hold it. Raises Http404, Denied."""
    activity = selectors.get_for(request.user, pk)
    permissions.can_invite(request.user, activity).require()
    return activity


@require_http_methods(READ_OR_WRITE)
def checkin_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody on the list with one button each; also where a member's own code leads the phone's camera."""
    activity = received(request, pk)
    if request.method == "POST":
        return desk_answer(request, activity)
    leaving = request.GET.get("direction") == Direction.OUT
    context = pages.desk(
        activity,
        Direction.OUT if leaving else Direction.IN,
        request.GET.get("q", "").replace("\x00", "").strip(),
        request.GET.get("code", ""),
    )
    return render(request, "activities/checkin_desk.html", context)


def desk_answer(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = DeskForm(request.POST)
    if not form.is_valid():
        raise DomainError("没有登记，请刷新页面后再试。")
    return answered(
        request,
        request.get_full_path(),
        lambda: services.check_in_other(by=request.user, activity=activity, attendance=form.chosen, claim=form.claim),
    )


@never_cache
@require_GET
def checkin_wall(request: HttpRequest, pk: int) -> HttpResponse:
    activity = received(request, pk)
    return render(request, "activities/checkin_wall.html", pages.wall(activity, wall_address(request, pk)))


@never_cache
@require_GET
def checkin_wall_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The next codes and who is in, for the wall's script."""
    known = request.GET.get("known", "")
    until = int(known) if known.isdecimal() and len(known) < 15 else 0
    return JsonResponse(pages.wall_feed(received(request, pk), wall_address(request, pk), until))


def wall_address(request: HttpRequest, pk: int) -> str:
    return request.build_absolute_uri(reverse("checkin_scan", args=[pk, "CODE"]))


@require_POST
def checkin_sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The sheet as PDF, made by a worker: blank, as registered, or kept among the materials too."""
    activity = selectors.get_for(request.user, pk)
    if kind not in set(sheets.Sheet):
        raise Http404
    job = sheets.request_sheet(by=request.user, activity=activity, kind=sheets.Sheet(kind))
    return redirect("job_page", pk=job.pk)


@require_http_methods(READ_OR_WRITE)
def checkin_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Paper: sheets to print, and what a signed one says, typed in afterwards."""
    activity = received(request, pk)
    form_page = FormPage(
        request,
        PaperForm,
        key=f"activities.paper:{pk}",
        page=heads.part_page(activity, "纸质签到表", pages.sheet_links(request.user, activity)),
        template="activities/checkin_paper.html",
        form_kwargs={"attendances": activity.attendances.all(), "initial": {"moment": activity.starts_at}},
        context={"wide_form": True, "materials_url": pages.materials_url(request.user, activity)},
        cancel_url=reverse("checkin_desk", args=[pk]),
        submit_label="登记勾选的委员",
        done="已按纸质签到表登记。",
        autosave=False,
    )

    def save(form: PaperForm, version: int | None) -> str:
        services.check_in_paper(
            by=request.user, activity=activity, attendances=[row.pk for row in form.cleaned_data["signed"]],
            direction=Direction(form.cleaned_data["direction"]), moment=form.cleaned_data["moment"],
        )  # fmt: skip
        return reverse("checkin_desk", args=[pk])

    return form_page.respond(save)
