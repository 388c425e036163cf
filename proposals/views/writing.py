"""The page on which a proposal is written, its receipt, discarding a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.pages import Page
from core.writing import is_submission, writing_page
from organisation.selectors import offered, rule
from proposals import pages, permissions, rules, selectors, services
from proposals.defaults import CATEGORY
from proposals.forms import ProposalForm
from proposals.models import Proposal

ASIDE = "一事一案：一件提案只写一件事。\n\n有情况、有分析、有具体建议。\n\n可以从 Word 粘贴，段落会保留。"


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
