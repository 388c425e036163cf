"""Asking the office for a change or for 撤案, and the office's answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.pages import FormPage, Page
from proposals import pages, permissions, selectors, services
from proposals.enums import RequestKind
from proposals.forms import AnswerForm, ChangeForm, ReasonForm
from proposals.services.writing import texts_of

ASKS = {
    RequestKind.CHANGE: (ChangeForm, "改好下面的文字并写明理由。办公室同意以后才会替换正文，原来的文字会保留。"),
    RequestKind.WITHDRAW: (ReasonForm, "办公室同意以后提案撤回，已经编定的案号不再给别的提案使用。"),
}


@require_http_methods(["GET", "POST"])
def proposal_ask(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    if kind not in ASKS:
        raise Http404
    permissions.can_ask(request.user, proposal, kind).require()
    form, lead = ASKS[RequestKind(kind)]
    title = f"申请{RequestKind(kind).label}"

    def save(form: ReasonForm, version: int | None) -> str:
        services.ask_office(proposal=proposal, kind=kind, reason=form.cleaned_data["reason"], texts=form.texts,
                            version=version, by=request.user)  # fmt: skip
        return proposal.get_absolute_url()

    return FormPage(
        request, form, key=f"proposals.ask:{pk}-{kind}", instance=proposal, submit_label="提交申请",
        page=Page(title, lead=lead, breadcrumbs=pages.crumbs(request.user, proposal, title)),
        form_kwargs={"initial": texts_of(proposal)}, cancel_url=proposal.get_absolute_url(),
        done="申请已提交，办公室答复后会通知您。",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The office reads what would change and decides. An answered one shows its answer on the proposal's page."""
    asked = selectors.request_for(request.user, pk)
    permissions.can_decide(request.user, asked.proposal).require()

    def save(form: AnswerForm, version: int | None) -> str:
        if request.POST.get("intent") not in ("grant", "refuse"):
            raise DomainError("请按“同意”或者“不同意”。")
        services.decide(request=asked, grant=request.POST["intent"] == "grant", answer=form.cleaned_data["answer"],
                        by=request.user)  # fmt: skip
        return asked.proposal.get_absolute_url()

    return FormPage(
        request, AnswerForm, key=f"proposals.decide:{pk}", page=pages.request_head(request.user, asked),
        template="proposals/request.html", context=pages.request_context(asked), done="已答复，提案人会收到通知。",
    ).respond(save)  # fmt: skip
