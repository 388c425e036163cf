"""Extensions, pauses and reminders of one clock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from core.pages import FormPage
from handling import selectors
from handling.defaults import PAUSE_REASON
from handling.forms.clocks import DecisionForm, ExtensionForm, PauseForm, ReminderForm
from handling.guards import can_ask_time, can_time
from handling.models import Clock
from handling.pages import clocks as pages
from handling.services import reminders, requests
from organisation.selectors import code_choices


def form_page(request: HttpRequest, clock: Clock, form: Any, title: str, **options: Any) -> FormPage:
    """A form about one deadline; beside it how the date was computed."""
    return FormPage(
        request, form, key=f"handling.{form.__name__}:{clock.pk}", page=pages.page(request.user, clock, title),
        template="handling/clock_form.html", cancel_url=clock.proposal.get_absolute_url(), autosave=False,
        **{"context": pages.context(clock), **options},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def clock_extension(request: HttpRequest, pk: int) -> HttpResponse:
    clock = selectors.clock_for(request.user, pk)
    can_ask_time(request.user, clock).require()

    def save(form: ExtensionForm, version: int | None) -> Any:
        requests.request_extension(clock=clock, length=form.length, reason=form.cleaned_data["reason"], by=request.user)
        return clock.proposal

    return form_page(request, clock, ExtensionForm, "申请延期", submit_label="提交申请",
                     done="申请已提交，等待交办机关决定。").respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def extension_decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = selectors.extension_for(request.user, pk)
    can_time(request.user, asked.clock).require()

    def save(form: DecisionForm, version: int | None) -> Any:
        decide = requests.grant_extension if form.cleaned_data["granted"] else requests.refuse_extension
        decide(extension=asked, answer=form.cleaned_data["answer"], by=request.user)
        return asked.clock.proposal

    return form_page(
        request, asked.clock, DecisionForm, "决定延期申请", context=pages.decision(asked), submit_label="确定",
        done="已决定，已通知承办单位。",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def clock_pause(request: HttpRequest, pk: int) -> HttpResponse:
    clock = selectors.clock_for(request.user, pk)
    can_time(request.user, clock).require()

    def save(form: PauseForm, version: int | None) -> Any:
        requests.pause(clock=clock, by=request.user, **form.cleaned_data)
        return clock.proposal

    return form_page(
        request, clock, PauseForm, "暂停计时", submit_label="从今天起暂停", done="已暂停计时，已通知承办单位。",
        form_kwargs={"reasons": code_choices(PAUSE_REASON, clock.proposal.office)},
    ).respond(save)  # fmt: skip


@require_POST
def clock_resume(request: HttpRequest, pk: int) -> HttpResponse:
    clock = selectors.clock_for(request.user, pk)
    requests.resume(clock=clock, by=request.user)
    messages.success(request, "已恢复计时，已通知承办单位。")
    return redirect(clock.proposal)


@require_http_methods(["GET", "POST"])
def clock_remind(request: HttpRequest, pk: int) -> HttpResponse:
    clock = selectors.clock_for(request.user, pk)
    can_time(request.user, clock).require()

    def save(form: ReminderForm, version: int | None) -> Any:
        reminders.remind(clock=clock, text=form.cleaned_data["text"], by=request.user)
        return clock.proposal

    return form_page(
        request, clock, ReminderForm, "催办", submit_label="发出催办", done="催办已发出。",
        form_kwargs={"initial": {"text": reminders.draft(clock)}},
        context=pages.reminding(clock),
    ).respond(save)  # fmt: skip
