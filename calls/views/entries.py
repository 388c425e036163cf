"""Submissions: the writing page, the receipt, the reader's page, the lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from calls import pages, permissions, rules, selectors, services
from calls.defaults import PRIZE, REJECT_REASON
from calls.enums import ANNOUNCED, WRITABLE
from calls.filters import EntryFilter
from calls.forms import EntryForm, entry_initial
from calls.models import Call, Entry
from calls.tables import EntryTable
from calls.workflow import ENTRIES
from core import files
from core.handover import receivers
from core.listing import render_list
from core.pages import Link, Page
from core.permissions import ALLOWED
from core.steps import FormStep, perform
from core.writing import ListedReasonForm, is_submission, own_list, writing_page
from organisation.selectors import can, code_labels, offered, scope_note

LOOK = Link("看征集活动", "/calls/?state=open", "primary", "megaphone")


@require_GET
def entry_list(request: HttpRequest) -> HttpResponse:
    """Offices: everything received. Members who follow a figure: their own among it, once results are out."""
    sees_all = can(request.user, Can.VIEW_CALLS)
    if not sees_all and not can(request.user, Can.WRITE_CALLS):
        sees_all.require()
    rows = selectors.with_people(Entry.objects.visible_to(request.user))
    return render_list(
        request,
        page=Page("征集来稿", lead="收到的征文、发言和其他稿件。" if sees_all else "您参加的、已公布结果的征集稿件。"),
        queryset=rows if sees_all else rows.filter(call__state__in=ANNOUNCED),
        table_class=EntryTable,
        filter_class=EntryFilter,
        table_kwargs={"prizes": code_labels(PRIZE), "sees_all": bool(sees_all)},
        context={"list_help": scope_note(request.GET.get("offices", ""))},
    )


@require_GET
def entry_mine(request: HttpRequest) -> HttpResponse:
    return own_list(
        request, selectors.own(request.user), title="我的稿件", write=LOOK,
        may_write=ALLOWED if can(request.user, Can.WRITE_CALLS) else can(request.user, Can.WRITE_CALLS),
        writable=WRITABLE, task=pages.task,
        empty=("您还没有写过征集稿件", "从“征集活动”里选一项，看清要求就可以写。写到一半可以保存草稿。"),
    )  # fmt: skip


# --- writing -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, pk: int) -> HttpResponse:
    call = selectors.get_call(request.user, pk)
    permissions.can_enter(request.user, call).require()
    page = Page("写稿", lead=str(call), breadcrumbs=pages.call_crumbs(request.user, call, "写稿"))
    return written(request, call, None, page, key=f"calls.write:{pk}")


@require_http_methods(["GET", "POST"])
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    permissions.is_author(request.user, entry).require()
    if request.method == "GET":
        permissions.can_edit_entry(request.user, entry).require()
    page = Page("修改稿件", lead=str(entry.call), breadcrumbs=pages.entry_crumbs(request.user, entry, "修改"))
    return written(request, entry.call, entry, page, key=f"calls.entry:{pk}")


def written(request: HttpRequest, call: Call, entry: Entry | None, page: Page, *, key: str) -> HttpResponse:
    """The writing page, for a new submission or a draft."""
    submitting = is_submission(request)
    attached = entry.attachment.original_name if entry and entry.attachment else ""

    def save(form: EntryForm, version: int | None) -> str:
        saved = services.write(call=call, entry=entry, text=form.text, version=version, by=request.user,
                               upload=form.cleaned_data["upload"], and_submit=submitting)  # fmt: skip
        return reverse("entry_receipt" if submitting else "entry_edit", args=[saved.pk])

    return writing_page(
        request, EntryForm, key=key, page=page, instance=entry, submit_label="提交", aside=aside(call),
        gaps=lambda text: rules.gaps(text, bool(attached or text.get("upload"))),
        initial=entry_initial(entry) if entry else None, form_kwargs={"call": call, "attached": attached},
    ).respond(save)  # fmt: skip


def aside(call: Call) -> str:
    """The call's own words beside the form."""
    return f"征集要求\n\n{call.brief or '按通知要求写。'}"


@require_GET
def entry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    context = {"page": pages.entry_head(request.user, entry), "paper": pages.paper(request.user, entry)}
    return render(request, "components/paper.html", context)


@require_GET
def entry_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    if entry.submitted_at is None:
        raise Http404
    page = Page("提交回执", breadcrumbs=pages.entry_crumbs(request.user, entry, "回执"))
    return render(request, "components/receipt.html", {"page": page, "receipt": pages.receipt(entry)})


@require_GET
def entry_file(request: HttpRequest, pk: int) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    if entry.attachment is None:
        raise Http404
    return files.serve(entry.attachment)


@require_POST
def entry_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.drop(entry=selectors.get_entry(request.user, pk), by=request.user)
    messages.success(request, "草稿已删除。")
    return redirect("entry_mine")


@require_POST
def entry_hand_over(request: HttpRequest, pk: int, receiver: str) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    if receiver not in receivers:
        raise Http404
    return redirect(services.hand_over(entry=entry, receiver=receiver, by=request.user))


# --- the flow --------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def entry_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    entry = selectors.get_entry(request.user, pk)
    return perform(request, entry, action, flow=ENTRIES, plain=PLAIN, forms=FORMS, crumbs=pages.entry_crumbs)


def withdraw_step(entry: Entry, user: Any, reason: str) -> str:
    services.withdraw(entry=entry, by=user)
    return ""


def plain(step: str) -> Any:
    return lambda entry, user, reason: services.decide(entry=entry, step=step, by=user, reason=reason)


def reject_kwargs(entry: Entry) -> dict[str, Any]:
    return {"reasons": offered(REJECT_REASON, entry.call.office)}


def reject_step(entry: Entry, form: ListedReasonForm, user: Any) -> Entry:
    return services.decide(entry=entry, step="reject", reason=form.reason, by=user)


PLAIN = {"withdraw": withdraw_step, **{step: plain(step) for step in ("return", "accept", "reconsider")}}
FORMS = {"reject": FormStep(ListedReasonForm, "作者会收到通知和理由，可以转成社情民意。", reject_kwargs, reject_step)}
