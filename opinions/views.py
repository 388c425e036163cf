"""Pages of social opinions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.listing import render_list
from core.pages import Page
from core.steps import FormStep, perform
from core.writing import ListedReasonForm, is_submission, own_list, unfinished, writing_page
from opinions import pages, permissions, rules, selectors, services
from opinions.defaults import CATEGORY, DECLINE_REASON
from opinions.enums import OpinionState
from opinions.filters import OpinionFilter
from opinions.forms import OpinionForm
from opinions.models import OpinionReport
from opinions.tables import OpinionTable
from opinions.workflow import FLOW
from organisation.selectors import can, code_labels, offered, rule, scope_note

ASIDE = "一事一报：一条只反映一件事。\n\n有情况、有建议，全文一般不超过 1500 字。\n\n可以从 Word 粘贴，段落会保留。"


@require_GET
def opinion_list(request: HttpRequest) -> HttpResponse:
    """Staff and leaders: everything received. Members who follow a figure: their own among it."""
    sees_all = can(request.user, Can.VIEW_OPINIONS)
    if not sees_all and not permissions.can_write(request.user):
        sees_all.require()
    return render_list(
        request,
        page=Page("社情民意", lead="收到的社情民意信息。点标题看全文，在那里采用或不采用。"),
        queryset=selectors.with_people(OpinionReport.objects.visible_to(request.user)),
        table_class=OpinionTable,
        filter_class=OpinionFilter,
        table_kwargs={"categories": code_labels(CATEGORY)},
        context={"list_help": scope_note(request.GET.get("offices", ""))},
    )


@require_GET
def opinion_mine(request: HttpRequest) -> HttpResponse:
    return own_list(
        request, selectors.own(request.user), title="我的社情民意", write=pages.WRITE,
        may_write=permissions.can_write(request.user), writable={OpinionState.DRAFT}, task=pages.task,
        first=unfinished(request.user, "opinions.write", reverse("opinion_new"), "（还没有写标题）"),
        empty=("您还没有报送过社情民意", "听到群众的意见，写几句话就可以报送。写到一半可以保存草稿。"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def opinion_new(request: HttpRequest) -> HttpResponse:
    permissions.can_write(request.user).require()
    page = Page("报社情民意", lead="写好后报送。没写完可以先保存草稿。", breadcrumbs=[pages.MINE, ("报社情民意", "")])
    return written(request, None, page, key="opinions.write")


@require_http_methods(["GET", "POST"])
def opinion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = selectors.get_for(request.user, pk)
    permissions.is_author(request.user, opinion).require()
    if request.method == "GET":
        permissions.can_edit(request.user, opinion).require()
    page = Page("修改社情民意", breadcrumbs=pages.crumbs(request.user, opinion, "修改"),
                lead="没写完可以先保存草稿，写好后报送。")  # fmt: skip
    return written(request, opinion, page, key=f"opinions.edit:{pk}")


def written(request: HttpRequest, opinion: OpinionReport | None, page: Page, *, key: str) -> HttpResponse:
    """The writing page, for a new submission or a draft."""
    submitting = is_submission(request)
    office = request.user.member.office

    def save(form: OpinionForm, version: int | None) -> str:
        saved = services.write(opinion=opinion, text=form.text, version=version, by=request.user,
                               and_submit=submitting)  # fmt: skip
        return reverse("opinion_receipt" if submitting else "opinion_edit", args=[saved.pk])

    return writing_page(
        request, OpinionForm, key=key, page=page, instance=opinion, submit_label="报送", aside=ASIDE,
        gaps=lambda text: rules.gaps(text, office),
        initial={name: getattr(opinion, name) for name in services.Text.__annotations__} if opinion else None,
        form_kwargs={
            "categories": offered(CATEGORY, office, opinion.category if opinion else ""),
            "suggested": rule("opinion.suggested_chars", office),
        },
        similar_url=reverse("similar_lookup", args=["opinions"]),
    ).respond(save)  # fmt: skip


@require_GET
def opinion_detail(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = selectors.get_for(request.user, pk)
    context = {"page": pages.head(request.user, opinion), "paper": pages.paper(request.user, opinion)}
    return render(request, "components/paper.html", context)


@require_GET
def opinion_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = selectors.get_for(request.user, pk)
    if opinion.submitted_at is None:
        raise Http404
    page = Page("报送回执", breadcrumbs=pages.crumbs(request.user, opinion, "回执"))
    return render(request, "components/receipt.html", {"page": page, "receipt": pages.receipt(opinion)})


@require_POST
def opinion_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard(opinion=selectors.get_for(request.user, pk), by=request.user)
    messages.success(request, "草稿已删除。")
    return redirect("opinion_mine")


@require_http_methods(["GET", "POST"])
def opinion_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    opinion = selectors.get_for(request.user, pk)
    return perform(request, opinion, action, flow=FLOW, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


def accept_step(opinion: OpinionReport, user: Any, reason: str) -> None:
    services.accept(opinion=opinion, by=user)


def decline_kwargs(opinion: OpinionReport) -> dict[str, Any]:
    return {"reasons": offered(DECLINE_REASON, opinion.office)}


def decline_step(opinion: OpinionReport, form: ListedReasonForm, user: Any) -> OpinionReport:
    return services.decline(opinion=opinion, reason=form.reason, by=user)


PLAIN = {"accept": accept_step}
FORMS = {
    "decline": FormStep(
        ListedReasonForm, "撰稿人会收到通知和理由。未采用的信息留存备查。", decline_kwargs, decline_step
    ),
}
