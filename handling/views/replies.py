"""A reply: written, looked at, moved on, compared with its earlier versions; and the list of replies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files, textversions
from core.listing import render_list
from core.pages import Page
from core.steps import perform
from core.writing import is_submission
from handling import replying, selectors
from handling.forms.replies import ReplyGrid
from handling.models import Reply
from handling.pages import replies as pages
from handling.permissions import can_draft_reply, can_write_reply
from handling.reply_list import ReplyFilter, ReplyTable, sees_list
from handling.services import replies as services
from handling.services import rounds
from handling.steps import replies as steps
from handling.workflow import REPLIES
from plans.grids import GridPage

DECISIONS = {"again": (rounds.send_again, "已退回承办单位重新办理。"), "accept": (rounds.accept, "已办结。")}


@require_GET
def reply_list(request: HttpRequest) -> HttpResponse:
    sees_list(request.user).require()
    page = Page(
        "提案答复", lead="承办单位的答复和会办意见，最近送出的在前。", breadcrumbs=[pages.HOME, ("提案答复", "")]
    )
    return render_list(
        request, page=page, queryset=replying.listed(request.user), table_class=ReplyTable, filter_class=ReplyFilter,
        table_kwargs={"categories": pages.categories()},
    )  # fmt: skip


@require_GET
def reply_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reply = replying.get_for(request.user, pk)
    return render(
        request, "handling/reply_detail.html", pages.detail(request.user, reply, request.build_absolute_uri("/")[:-1])
    )


@require_http_methods(["GET", "POST"])
def reply_write(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply of the round the unit is at; `pk` is the assignment."""
    assignment = selectors.get_for(request.user, pk)
    can_write_reply(request.user, assignment).require()
    reply = services.at_hand(assignment)
    if not reply.is_writable:
        return redirect(reply)
    submitting = is_submission(request)

    def save(form: ReplyGrid, version: int | None) -> Reply | str:
        saved = services.write(
            assignment=assignment, text=form.text, items=form.items(), uploads=form.head.cleaned_data["uploads"],
            drop_files=form.dropped, version=version, by=request.user, and_check=submitting,
        )  # fmt: skip
        return saved if submitting else reverse("reply_write", args=[pk])

    return GridPage(
        request, ReplyGrid, key=f"handling.reply:{pk}:{reply.round}", page=pages.writing_page(reply),
        instance=reply if reply.pk else None, form_kwargs={"plan": reply}, template="handling/reply_form.html",
        context=pages.writing_context(reply), submit_label="保存并送核稿",
        done="已送核稿。" if submitting else "草稿已保存。可以接着写，也可以以后再打开。",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def reply_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    reply = replying.get_for(request.user, pk)
    return perform(request, reply, action, flow=REPLIES, plain=steps.PLAIN, forms=steps.FORMS, crumbs=pages.crumbs)


@require_POST
def reply_decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """The office on a reply somebody is not satisfied with."""
    if decision not in DECISIONS:
        raise Http404
    reply = replying.get_for(request.user, pk)
    act, done = DECISIONS[decision]
    act(reply=reply, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, done)
    return redirect(reply)


@require_GET
def reply_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """For the unit and the office, who see how the text came about."""
    reply = replying.get_for(request.user, pk)
    if not replying.works_on(request.user, reply.assignment):
        raise Http404
    context = {
        "page": pages.part_page(reply.assignment, "答复的版本"),
        "may_restore": reply.is_writable and bool(can_draft_reply(request.user, reply)),
        "back": reply.get_absolute_url(),
        "restore_url": reverse("reply_restore", args=[pk]),
        "current_version": reply.version,
        **textversions.comparison(reply, services.VERSIONED, request.GET),
    }
    return render(request, "components/text_versions.html", context)


@require_POST
def reply_restore(request: HttpRequest, pk: int) -> HttpResponse:
    reply = replying.get_for(request.user, pk)
    given = request.POST.get("number", "")
    number = int(given) if given.isdecimal() and len(given) < 9 else 0
    services.restore(reply=reply, number=number, by=request.user)
    messages.success(request, f"已恢复第 {number} 版的正文，并存为最新一版。")
    return redirect("reply_versions", pk=pk)


@require_GET
def reply_file(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(replying.file_for(request.user, pk).file, inline="inline" in request.GET)
