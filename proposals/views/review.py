"""The checklist and the recommendation of one proposal, turning it into a social opinion."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from core.pages import FormPage, Page, posted_version
from organisation.selectors import code_choices
from proposals import pages, permissions, selectors, services
from proposals.bulk import advice_of
from proposals.defaults import CHECK
from proposals.forms import AdviceForm
from proposals.models import Proposal
from proposals.services import Advice, Tick

ANSWERS = {"pass": True, "fail": False}


@require_POST
def proposal_check(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    proposal.seen_version = posted_version(request)
    services.tick(proposal=proposal, ticks=ticks(request, proposal), by=request.user)
    messages.success(request, "审查事项已保存。")
    return redirect(proposal)


def ticks(request: HttpRequest, proposal: Proposal) -> dict[str, Tick]:
    """The answered lines; “其余都符合” answers those that were left open."""
    found = {}
    for code, _ in code_choices(CHECK, proposal.office):
        answer = request.POST.get(f"check-{code}") or request.POST.get("rest", "")
        if answer in ANSWERS:
            found[code] = Tick(ANSWERS[answer], request.POST.get(f"note-{code}", ""))
    return found


@require_http_methods(["GET", "POST"])
def proposal_recommend(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    permissions.can_decide(request.user, proposal).require()

    def save(form: AdviceForm, version: int | None) -> Proposal:
        proposal.seen_version = version
        services.recommend(proposal=proposal, advice=form.cleaned_data["advice"], by=request.user)
        return proposal

    return FormPage(
        request, AdviceForm, key=f"proposals.recommend:{pk}", instance=proposal, done="审查意见已保存。",
        page=Page(f"审查意见：{proposal}", lead="供决定时参考，也可以在列表里按审查意见批量办理。",
                  breadcrumbs=pages.crumbs(request.user, proposal, "审查意见")),
        form_kwargs={"proposals": [proposal], "user": request.user, "initial": initial(request, proposal)},
        cancel_url=proposal.get_absolute_url(),
    ).respond(save)  # fmt: skip


def initial(request: HttpRequest, proposal: Proposal) -> dict[str, object]:
    """The current recommendation; from a page of similar ones, merging into the one found there (`?into=`)."""
    row = advice_of(proposal)
    known = {name: getattr(row, name) for name in Advice.__annotations__} if row else {}
    into = request.GET.get("into", "")
    return {"verdict": "merge", "merge_into": into} if into.isdecimal() else known


@require_POST
def proposal_become(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    services.become_opinion(proposal=proposal, by=request.user)
    messages.success(request, "已转为社情民意信息，已通知提案人和联络处。")
    return redirect(proposal)
