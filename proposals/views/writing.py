"""The page on which a proposal is written, its receipt, its versions, discarding a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files, textversions
from core.pages import FormPage, Page, posted_version
from core.writing import is_submission, writing_page
from proposals import pages, permissions, reading, rules, selectors, services, similar
from proposals.forms import ProposalForm, WordForm
from proposals.models import Proposal

READ_OR_WRITE = ["GET", "POST"]


@require_http_methods(READ_OR_WRITE)
def proposal_new(request: HttpRequest) -> HttpResponse:
    permissions.can_write(request.user).require()
    page = Page("写提案", lead="写好后提交。没写完可以先保存草稿。", breadcrumbs=[pages.MINE, ("写提案", "")],
                actions=[pages.FROM_WORD])  # fmt: skip
    return written(request, None, page, key="proposals.write")


@require_http_methods(READ_OR_WRITE)
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    permissions.is_proposer(request.user, proposal).require()
    if request.method == "GET":
        permissions.can_edit(request.user, proposal).require()
    page = Page("修改提案", breadcrumbs=pages.crumbs(request.user, proposal, "修改"),
                lead="没写完可以先保存草稿，写好后提交。", actions=pages.writing_links(proposal))  # fmt: skip
    return written(request, proposal, page, key=f"proposals.edit:{pk}")


def written(request: HttpRequest, proposal: Proposal | None, page: Page, *, key: str) -> HttpResponse:
    """The writing page, for a new proposal or an existing one."""
    submitting = is_submission(request)
    office = request.user.member.office
    running = selectors.open_batches(office)

    def save(form: ProposalForm, version: int | None) -> str:
        people_first = submitting and pages.needs_people(proposal, form.text.kind)
        saved = services.write(proposal=proposal, text=form.text, version=version, by=request.user,
                               and_submit=submitting and not people_first, files=form.attached)  # fmt: skip
        name = "proposal_people" if people_first else "proposal_receipt" if submitting else "proposal_edit"
        return reverse(name, args=[saved.pk])

    return writing_page(
        request, ProposalForm, key=key, page=page, instance=proposal, submit_label=pages.submit_label(proposal),
        aside=pages.aside(running), gaps=lambda text: rules.gaps(text, office), initial=pages.typed(proposal, running),
        form_kwargs={"offer": pages.offer(office, proposal, running, request.POST.get("batch", ""))},
        similar_url=similar.lookup_url(proposal),
    ).respond(save)  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def proposal_from_word(request: HttpRequest) -> HttpResponse:
    """The parts of a document become a draft of its own; nothing that is being written elsewhere is touched."""
    permissions.can_write(request.user).require()
    page = Page("从 Word 文档导入", lead="自动认出案由、情况、分析、建议，存成草稿，由您核对后再提交。",
                breadcrumbs=[pages.MINE, ("写提案", reverse("proposal_new")), ("从 Word 文档导入", "")])  # fmt: skip

    def save(form: WordForm, version: int | None) -> str:
        found = reading.read_upload(form.cleaned_data["file"])
        draft = services.write(text=services.Text(**vars(found)), by=request.user, note="从 Word 文档导入")
        return reverse("proposal_edit", args=[draft.pk])

    return FormPage(
        request, WordForm, key="proposals.word", page=page, submit_label="读取文档", autosave=False,
        cancel_url=reverse("proposal_new"), done="已存成草稿。请核对各部分的文字，没有认出的在“没有认出的文字”里。",
        context={"aside": pages.WORD_HELP},
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


@require_GET
def proposal_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every saving, two of them side by side. Handling units do not look into drafts."""
    proposal = selectors.get_for(request.user, pk)
    permissions.can_see_versions(request.user, proposal).require()
    context = {
        "page": Page("历史版本", breadcrumbs=pages.crumbs(request.user, proposal, "历史版本")),
        "may_restore": bool(permissions.can_edit(request.user, proposal)),
        "back": proposal.get_absolute_url(),
        "restore_url": reverse("proposal_restore", args=[pk]),
        "current_version": proposal.version,
        **textversions.comparison(proposal, services.TEXTS, request.GET),
    }
    return render(request, "components/text_versions.html", context)


@require_POST
def proposal_restore(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    given = request.POST.get("number", "")
    number = int(given) if given.isdecimal() and len(given) < 9 else 0
    services.restore(proposal=proposal, number=number, version=posted_version(request), by=request.user)
    messages.success(request, f"已恢复第 {number} 版的文字，并存为最新一版。")
    return redirect("proposal_edit", pk=pk)


@require_GET
def proposal_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.attachment_for(request.user, pk).file, inline=True)
