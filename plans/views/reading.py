"""A plan from text: paste or upload, check what was read, save it as a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Can
from core import drafts
from core.pages import FormPage, Page
from organisation.models import Office
from organisation.selectors import offices_for
from plans import permissions, services
from plans.forms import suggested_year
from plans.forms.reading import Review, SourceForm, left_over, plan_to_be
from plans.reading import Reading, read
from plans.views.common import HOME

SOURCE, REVIEW = "plans.reading_source", "plans.reading_review"
TITLE = "从文本生成计划"


@require_http_methods(["GET", "POST"])
def plan_read(request: HttpRequest) -> HttpResponse:
    """Where the text comes in. It is kept until the plan is saved."""
    permissions.can_create(request.user).require()
    page = Page(TITLE, "粘贴或上传已有的计划，平台读出正文、目标和月度安排，您核对后保存。", [HOME, (TITLE, "")])
    return FormPage(
        request, SourceForm, key="plans.reading_text", page=page, submit_label="读取计划", done="",
        form_kwargs={"offices": offices_for(request.user, Can.EDIT_PLANS), "year": suggested_year(),
                     "initial": kept(request.user)},
        cancel_url=reverse("plan_list"),
    ).respond(lambda form, version: remember(request.user, **form.cleaned_data))  # fmt: skip


def kept(user: Any) -> dict[str, str]:
    """The text somebody began with and did not save yet."""
    draft = drafts.find(owner=user, key=SOURCE)
    return {name: values[0] for name, values in draft.data.items() if values} if draft else {}


def remember(user: Any, *, office: Office, year: int, text: str, file: Any = None) -> str:
    """Keeps the text for the next page; gives that page's address."""
    drafts.keep(owner=user, key=SOURCE, values={"office": str(office.pk), "year": str(year), "text": text})
    drafts.discard(owner=user, key=REVIEW)
    return reverse("plan_read_review")


@require_http_methods(["GET", "POST"])
def plan_read_review(request: HttpRequest) -> HttpResponse:
    """What was read, row by row with its passage; saves the ticked rows as a draft."""
    permissions.can_create(request.user).require()
    given = kept(request.user)
    office = offices_for(request.user, Can.EDIT_PLANS).filter(pk=given.get("office")).first() if given else None
    if office is None:
        messages.info(request, "请先粘贴或上传计划的文字。")
        return redirect("plan_read")
    year, reading = int(given["year"]), read(given["text"])
    page = Page(
        f"核对{office.short_name}{year}年计划",
        "勾选的行会保存，可以先改后存。标“请核对”的行平台没有把握。",
        [HOME, (TITLE, reverse("plan_read")), ("核对", "")],
    )  # fmt: skip

    def save(form: Review, version: int | None) -> Any:
        plan = services.adopt_text(office=office, year=year, **form.given(), by=request.user)
        drafts.discard(owner=request.user, key=SOURCE)
        return plan

    return FormPage(
        request, Review, key=REVIEW, page=page, template="plans/reading_review.html",
        submit_label="保存为计划草稿", done="已保存为计划草稿。提交审批前还可以继续修改。",
        form_kwargs={"plan": plan_to_be(office, year, reading), "reading": reading}, context=found(reading),
        cancel_url=reverse("plan_read"),
    ).respond(save)  # fmt: skip


def found(reading: Reading) -> dict[str, Any]:
    """What the page shows beside the rows."""
    return {"notes": reading.notes, "left_over": left_over(reading), "collection": [text for text, _ in reading.parts]}


@require_POST
def plan_read_part(request: HttpRequest, number: int) -> HttpResponse:
    """Of a collection of plans only the one with this number. Raises Http404 when there is none."""
    permissions.can_create(request.user).require()
    given = kept(request.user)
    parts = read(given.get("text", "")).parts
    if not 1 <= number <= len(parts):
        raise Http404
    start = parts[number - 1][1].start
    end = parts[number][1].start if number < len(parts) else None
    drafts.keep(owner=request.user, key=SOURCE, values={**given, "text": given["text"][start:end]})
    drafts.discard(owner=request.user, key=REVIEW)
    return redirect("plan_read_review")
