"""Elections: list, one election, nominations, the ballot, the count."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.steps import perform
from supervision import permissions
from supervision.enums import VotingWay
from supervision.forms.elections import BallotForm, CountForm, ElectionForm, NominationForm
from supervision.models import Election
from supervision.pages import elections as pages
from supervision.selectors import elections as selectors
from supervision.selectors.offices import working_office
from supervision.services import elections as services
from supervision.tables import ElectionFilter, ElectionTable
from supervision.workflow import ELECTIONS

BOTH = ["GET", "POST"]


@require_GET
def election_list(request: HttpRequest) -> HttpResponse:
    """Staff and leaders; judges see those they judge."""
    rows = selectors.listed(request.user)
    if not permissions.looks_in(request.user) and not rows.exists():
        permissions.looks_in(request.user).require()
    new = Link("新建评选", reverse("election_new"), "primary", "plus-lg")
    page = Page("评优", lead="评选优秀提案和先进承办单位：征集推荐、初评、审议、公布，每一步都留下记录。",
                actions=[new] if permissions.works_anywhere(request.user) else [])  # fmt: skip
    return render_list(request, page=page, queryset=rows, table_class=ElectionTable, filter_class=ElectionFilter)


@require_http_methods(BOTH)
def election_new(request: HttpRequest) -> HttpResponse:
    office = working_office(request.user)

    def save(form: ElectionForm, version: int | None) -> Election:
        kind = form.cleaned_data["kind"]
        return services.create(office=office, kind=kind, values=form.values, judges=form.people, by=request.user)

    return FormPage(
        request, ElectionForm, key="election.new", page=Page("新建评选", breadcrumbs=[pages.TOP, ("新建", "")]),
        form_kwargs={"office": office}, cancel_url=reverse("election_list"), done="已新建，可以开始推荐。",
    ).respond(save)  # fmt: skip


@require_GET
def election(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_for(request.user, pk)
    return render(request, "supervision/election.html", pages.detail(request.user, found))


@require_http_methods(BOTH)
def election_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_for(request.user, pk)
    permissions.can_edit_election(request.user, found).require()

    def save(form: ElectionForm, version: int | None) -> Election:
        return services.update(election=found, values=form.values, judges=form.people, by=request.user,
                               version=version)  # fmt: skip

    return FormPage(
        request, ElectionForm, key=f"election.edit:{pk}", instance=found, cancel_url=found.get_absolute_url(),
        page=Page("修改评选", breadcrumbs=pages.crumbs(request.user, found, "修改")),
        form_kwargs={"office": found.office, "election": found},
    ).respond(save)  # fmt: skip


@require_http_methods(BOTH)
def election_nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """One at a time, with what the figures suggest beside the form; a suggestion fills the form (`?candidate=`)."""
    found = selectors.get_for(request.user, pk)
    permissions.can_nominate(request.user, found).require()
    suggested = selectors.suggested(found)
    here = reverse("election_nominate", args=[pk])

    def save(form: NominationForm, version: int | None) -> str:
        services.nominate(election=found, pk=form.cleaned_data["candidate"], reason=form.cleaned_data["reason"],
                          by=request.user)  # fmt: skip
        return here

    chosen = next((each for each in suggested if str(each.candidate.pk) == request.GET.get("candidate")), None)
    initial = {"candidate": chosen.candidate.pk, "reason": chosen.reason} if chosen else {}
    return FormPage(
        request, NominationForm, key=f"election.nominate:{pk}", autosave=False, submit_label="推荐", done="已推荐。",
        page=Page("推荐", lead=str(found), breadcrumbs=pages.crumbs(request.user, found, "推荐")),
        form_kwargs={"election": found, "initial": initial}, cancel_url=found.get_absolute_url(),
        template="supervision/nominate.html", 
        context={"suggested": suggested, "here": here, "aside": bool(suggested)},
    ).respond(save)  # fmt: skip


@require_POST
def election_retract(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: the nomination."""
    row = selectors.nomination_for(request.user, pk)
    services.retract(nomination=row, by=request.user)
    messages.success(request, "已取消推荐。")
    return redirect(row.election)


@require_http_methods(BOTH)
def election_vote(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_for(request.user, pk)
    permissions.can_vote(request.user, found).require()

    def save(form: BallotForm, version: int | None) -> Election:
        services.vote(election=found, chosen=set(form.cleaned_data["chosen"]), by=request.user)
        return found

    return FormPage(
        request, BallotForm, key=f"election.vote:{pk}", autosave=False, submit_label="投票", done="已投票，谢谢。",
        page=Page("投票", lead=str(found), breadcrumbs=pages.crumbs(request.user, found, "投票")),
        form_kwargs={"election": found, "most": selectors.places(found), "voter": request.user},
        cancel_url=found.get_absolute_url(),
    ).respond(save)  # fmt: skip


@require_http_methods(BOTH)
def election_count(request: HttpRequest, pk: int) -> HttpResponse:
    """Votes of a meeting and the list for deliberation; ties at the border are decided here by people."""
    found = selectors.get_for(request.user, pk)
    permissions.can_count(request.user, found).require()
    lead = f"名额：{selectors.places_in_words(found)}。得票相同、排在名额边上的，由审议决定取舍。"
    recorded = found.voting == VotingWay.RECORDED

    def save(form: CountForm, version: int | None) -> Election:
        return services.count(election=found, votes=form.votes, elected=form.elected, by=request.user)

    return FormPage(
        request, CountForm, key=f"election.count:{pk}", autosave=False, cancel_url=found.get_absolute_url(),
        page=Page("拟入选名单", lead=lead, breadcrumbs=pages.crumbs(request.user, found, "拟入选名单")),
        form_kwargs={"lines": selectors.tally(found), "recorded": recorded},
    ).respond(save)  # fmt: skip


# --- the flow ------------------------------------------------------------------------------------------------------
@require_http_methods(BOTH)
def election_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    found = selectors.get_for(request.user, pk)
    return perform(request, found, action, flow=ELECTIONS, plain=PLAIN, forms={}, crumbs=pages.crumbs)


def judge_step(found: Election, user: Any, reason: str) -> None:
    services.judge(election=found, by=user)


def publish_step(found: Election, user: Any, reason: str) -> None:
    services.publish(election=found, by=user)


def mover(name: str) -> Any:
    return lambda found, user, reason: services.move(election=found, step=name, by=user, reason=reason)


MOVES = {name: mover(name) for name in ("collect", "deliberate", "send_back")}
PLAIN = {"judge": judge_step, "publish": publish_step, **MOVES}
