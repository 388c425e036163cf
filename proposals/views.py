"""Pages of proposals."""

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
from core.writing import ListedReasonForm, is_submission, own_list, writing_page
from organisation.selectors import can, code_labels, offered, rule, scope_note
from proposals import pages, permissions, rules, selectors, services
from proposals.defaults import CATEGORY, RETURN_REASON
from proposals.enums import WRITABLE
from proposals.filters import ProposalFilter
from proposals.forms import FileForm, ProposalForm
from proposals.models import Proposal
from proposals.tables import ProposalTable
from proposals.workflow import FLOW

ASIDE = "一事一案：一件提案只写一件事。\n\n有情况、有分析、有具体建议。\n\n可以从 Word 粘贴，段落会保留。"


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Staff and leaders: everything received. Members who follow a figure: their own among it."""
    sees_all = can(request.user, Can.VIEW_PROPOSALS)
    if not sees_all and not permissions.can_write(request.user):
        sees_all.require()
    rows = selectors.with_people(Proposal.objects.visible_to(request.user))
    return render_list(
        request,
        page=Page("提案", lead="收到的提案。点案由看全文，在那里立案或退回。"),
        queryset=rows,
        table_class=ProposalTable,
        filter_class=ProposalFilter,
        table_kwargs={"categories": code_labels(CATEGORY)},
        context={"list_help": scope_note(request.GET.get("offices", ""))},
    )


@require_GET
def proposal_mine(request: HttpRequest) -> HttpResponse:
    return own_list(
        request, selectors.own(request.user), title="我的提案", write=pages.WRITE,
        may_write=permissions.can_write(request.user), writable=WRITABLE, task=pages.task,
        empty=("您还没有写过提案", "写到一半可以保存草稿，换一台手机或电脑接着写。"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest) -> HttpResponse:
    permissions.can_write(request.user).require()
    page = Page("写提案", lead="写好后提交。没写完可以先保存草稿。", breadcrumbs=[pages.MINE, ("写提案", "")])
    return written(request, None, page, key="proposals.write")


@require_http_methods(["GET", "POST"])
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    permissions.is_proposer(request.user, proposal).require()
    if request.method == "GET":
        permissions.can_edit(request.user, proposal).require()
    page = Page("修改提案", breadcrumbs=pages.crumbs(request.user, proposal, "修改"),
                lead="没写完可以先保存草稿，写好后提交。")  # fmt: skip
    return written(request, proposal, page, key=f"proposals.edit:{pk}")


def written(request: HttpRequest, proposal: Proposal | None, page: Page, *, key: str) -> HttpResponse:
    """The writing page, for a new proposal or an existing one."""
    submitting = is_submission(request)
    office = request.user.member.office

    def save(form: ProposalForm, version: int | None) -> str:
        saved = services.write(proposal=proposal, text=form.text, version=version, by=request.user,
                               and_submit=submitting)  # fmt: skip
        return reverse("proposal_receipt" if submitting else "proposal_edit", args=[saved.pk])

    return writing_page(
        request, ProposalForm, key=key, page=page, instance=proposal, submit_label="提交提案", aside=ASIDE,
        gaps=lambda text: rules.gaps(text, office),
        initial={name: getattr(proposal, name) for name in services.Text.__annotations__} if proposal else None,
        form_kwargs={
            "categories": offered(CATEGORY, office, proposal.category if proposal else ""),
            "suggested": rule("proposal.suggested_chars", office),
        },
    ).respond(save)  # fmt: skip


@require_GET
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    context = {"page": pages.head(request.user, proposal), "paper": pages.paper(request.user, proposal)}
    return render(request, "components/paper.html", context)


@require_GET
def proposal_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    if proposal.submitted_at is None:
        raise Http404
    page = Page("提案回执", breadcrumbs=pages.crumbs(request.user, proposal, "回执"))
    return render(request, "components/receipt.html", {"page": page, "receipt": pages.receipt(proposal)})


@require_POST
def proposal_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard(proposal=selectors.get_for(request.user, pk), by=request.user)
    messages.success(request, "草稿已删除。")
    return redirect("proposal_mine")


@require_http_methods(["GET", "POST"])
def proposal_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    return perform(request, proposal, action, flow=FLOW, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


def withdraw_step(proposal: Proposal, user: Any, reason: str) -> None:
    services.withdraw(proposal=proposal, reason=reason, by=user)


def file_kwargs(proposal: Proposal) -> dict[str, Any]:
    categories = offered(CATEGORY, proposal.office, proposal.category)
    return {"categories": categories, "initial": {"category": proposal.category}}


def file_step(proposal: Proposal, form: FileForm, user: Any) -> Proposal:
    return services.file_case(proposal=proposal, category=form.cleaned_data["category"], by=user)


def return_kwargs(proposal: Proposal) -> dict[str, Any]:
    return {"reasons": offered(RETURN_REASON, proposal.office)}


def return_step(proposal: Proposal, form: ListedReasonForm, user: Any) -> Proposal:
    return services.return_for_changes(proposal=proposal, reason=form.reason, by=user)


PLAIN = {"withdraw": withdraw_step}
FORMS = {
    "file": FormStep(FileForm, "立案后编定本届次的下一个案号，并通知提案人。", file_kwargs, file_step),
    "return": FormStep(ListedReasonForm, "提案人会收到通知和理由，改好后可以重新提交。", return_kwargs, return_step),
}
