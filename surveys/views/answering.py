"""Answering: members with their account, the public by link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import Denied, DomainError
from core.listing import PER_PAGE
from core.middleware import client_ip
from core.pages import FormPage, Page
from organisation.selectors import contact
from surveys import hooks, limits, pages, selectors, services
from surveys.forms import SheetForm
from surveys.models import Survey
from surveys.sheets import grades, questions

YEAR = 365 * 24 * 3600


def sheet_kwargs(survey: Survey) -> dict[str, Any]:
    return {"questions": questions(survey), "grades": grades(survey)}


# --- members -------------------------------------------------------------------------------------------------------
@require_GET
def survey_mine(request: HttpRequest) -> HttpResponse:
    shown = Paginator(selectors.own(request.user), PER_PAGE).get_page(request.GET.get("page"))
    if not shown.paginator.count and not hooks.answers(request.user):
        raise Denied("这一页供委员使用。办公室请从“问卷调查”进入。")
    waiting = [seat for seat in shown if not seat.answered and seat.survey.takes_answers]
    context = {
        "page": Page("我的问卷", lead="请您填写的问卷。匿名问卷只记是否填过，不记填了什么。"),
        "pages": shown,
        "waiting": [pages.task(seat) for seat in waiting],
        "others": [pages.task(seat) for seat in shown if seat not in waiting],
    }
    return render(request, "surveys/survey_mine.html", context)


@require_http_methods(["GET", "POST"])
def survey_answer(request: HttpRequest, pk: int) -> HttpResponse:
    survey = selectors.get_for(request.user, pk)
    seat = selectors.seat_for(request.user, survey)
    if seat.answered:
        return redirect("survey_thanks", pk=pk)
    page = Page(str(survey), breadcrumbs=[pages.MINE, (str(survey), "")])
    if not survey.takes_answers:
        return render(request, "surveys/not_now.html", {"page": page, "survey": survey})

    def save(form: SheetForm, version: int | None) -> str:
        services.answer(survey=survey, given=form.given, by=request.user)
        return reverse("survey_thanks", args=[pk])

    return FormPage(
        request, SheetForm, key=services.answer_key(survey), page=page, form_kwargs=sheet_kwargs(survey),
        template="surveys/answer.html", context={"survey": survey}, submit_label="交卷", done="",
    ).respond(save)  # fmt: skip


@require_GET
def survey_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    survey = selectors.get_for(request.user, pk)
    if not selectors.seat_for(request.user, survey).answered:
        return redirect("survey_answer", pk=pk)
    page = Page("已经收到", breadcrumbs=[pages.MINE, (str(survey), "")])
    own = pages.own_answers(survey, request.user)
    context = {"page": page, "survey": survey, "contact": contact(survey.office), "own": own}
    return render(request, "surveys/thanks.html", context)


# --- the public ------------------------------------------------------------------------------------------------------
def cookie_name(survey: Survey) -> str:
    return f"survey_{survey.pk}"


def has_answered(request: HttpRequest, survey: Survey) -> bool:
    cookie = request.COOKIES.get(cookie_name(survey), "")
    return bool(cookie) and survey.seats.filter(browser=limits.digest(survey, cookie), answered=True).exists()


@login_not_required
@require_http_methods(["GET", "POST"])
def survey_public(request: HttpRequest, token: str) -> HttpResponse:
    """One sheet per browser, known by a cookie that holds nothing but a random number."""
    survey = selectors.by_token(token)
    if has_answered(request, survey):
        return redirect("survey_public_thanks", token=token)
    page = Page(str(survey))
    if not survey.takes_answers:
        return render(request, "surveys/public_not_now.html", {"page": page, "survey": survey})
    form = SheetForm(request.POST if request.method == "POST" else None, **sheet_kwargs(survey))
    if request.method == "POST" and form.is_valid() and taken(request, survey, form):
        return redirect("survey_public_thanks", token=token)
    context = {"page": page, "survey": survey, "form": form, "has_errors": bool(form.errors)}
    response = render(request, "surveys/public.html", context, status=422 if form.errors else 200)
    return with_cookie(request, response, survey)


def taken(request: HttpRequest, survey: Survey, form: SheetForm) -> bool:
    """Whether the sheet was taken; why not is then an error of the form."""
    cookie = request.COOKIES.get(cookie_name(survey), "")
    try:
        if not cookie:
            raise DomainError("浏览器没有打开 Cookie，收不了答卷。请换一个浏览器，或者允许 Cookie 后再填。")
        limits.admit(survey, client_ip(request))
        services.answer_publicly(survey=survey, given=form.given, browser=limits.digest(survey, cookie))
    except DomainError as error:
        form.add_error(None, error.message)
    return not form.errors


def with_cookie(request: HttpRequest, response: HttpResponse, survey: Survey) -> HttpResponse:
    name = cookie_name(survey)
    if name not in request.COOKIES:
        response.set_cookie(name, limits.new_cookie(), max_age=YEAR, samesite="Lax", httponly=True,
                            secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
    return response


@login_not_required
@require_GET
def survey_public_thanks(request: HttpRequest, token: str) -> HttpResponse:
    survey = selectors.by_token(token)
    context = {"page": Page("已经收到"), "survey": survey, "contact": contact(survey.office)}
    return render(request, "surveys/public_thanks.html", context)
