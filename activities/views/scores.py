"""Scores of units: set up, counted sheets, rectification, a member's ballot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from activities import permissions, selectors, services
from activities.forms.scores import BallotForm, RectificationForm, SetUpForm, SheetsForm
from activities.models import Activity, ScoredUnit
from activities.pages import heads, scores
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.views.common import READ_OR_WRITE, supplementable
from core.errors import Denied
from core.pages import FormPage


@require_GET
def activity_scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Averages as a table and a chart; for offices that look into the activity."""
    activity = selectors.get_for(request.user, pk)
    permissions.sees_people(request.user, activity).require()
    return render(request, "activities/scores.html", scores.results(request.user, activity))


def back_to(activity: Activity) -> str:
    return reverse("activity_scores", args=[activity.pk])


@require_http_methods(READ_OR_WRITE)
def scores_set_up(request: HttpRequest, pk: int) -> HttpResponse:
    activity = supplementable(request, pk)

    def save(form: SetUpForm, version: int | None) -> str:
        services.scores.set_up_scores(by=request.user, activity=activity, **form.cleaned_data)
        return back_to(activity)

    return FormPage(
        request, SetUpForm, key=f"activities.scores:{pk}", page=heads.part_page(activity, "评议项目和单位"),
        form_kwargs={"activity": activity}, cancel_url=activity.get_absolute_url(),
    ).respond(save)  # fmt: skip


def writable(request: HttpRequest, pk: int) -> ScoredUnit:
    unit = record_selectors.scored_unit_for(request.user, pk)
    record_rights.can_score(request.user, unit.activity).require()
    return unit


@require_http_methods(READ_OR_WRITE)
def unit_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    unit = writable(request, pk)

    def save(form: SheetsForm, version: int | None) -> str:
        data = form.cleaned_data
        services.scores.save_sheets(
            by=request.user, unit=unit, sheets=data["sheets"], points=form.points, opinions=data["opinions"]
        )
        return back_to(unit.activity)

    return FormPage(
        request, SheetsForm, key=f"scores.sheets:{pk}", page=heads.part_page(unit.activity, f"录入得分：{unit.name}"),
        form_kwargs={"unit": unit, "criteria": list(unit.activity.criteria.all())},
        context={"aside": scores.SHEETS_HELP}, cancel_url=back_to(unit.activity),
    ).respond(save)  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def unit_rectification(request: HttpRequest, pk: int) -> HttpResponse:
    unit = writable(request, pk)

    def save(form: RectificationForm, version: int | None) -> str:
        services.scores.save_rectification(by=request.user, unit=unit, **form.cleaned_data)
        return back_to(unit.activity)

    page = heads.part_page(unit.activity, f"整改：{unit.name}")
    return FormPage(
        request, RectificationForm, key=f"scores.rectify:{pk}", page=page,
        form_kwargs={"unit": unit}, cancel_url=back_to(unit.activity),
    ).respond(save)  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def activity_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """A member who came scores once; what is entered is kept without the name."""
    activity = selectors.get_for(request.user, pk)
    member = record_selectors.may_vote(request.user, activity)
    if member is None:
        raise Denied("只有到场、还没有评议过的委员才能在这里打分。")

    def save(form: BallotForm, version: int | None) -> str:
        services.scores.cast_ballot(by=request.user, activity=activity, member=member, points=form.points)
        return activity.get_absolute_url()

    return FormPage(
        request, BallotForm, key=f"activities.ballot:{pk}", page=heads.part_page(activity, "评议打分"),
        form_kwargs={"activity": activity}, context={"aside": scores.BALLOT_HELP}, submit_label="提交评议",
        cancel_url=activity.get_absolute_url(), done="评议已提交，谢谢。", autosave=False,
    ).respond(save)  # fmt: skip
