"""The public page without sign-in, and the office's decision what stands on it."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from core.clock import today
from core.listing import Pages, render_list
from core.middleware import client_ip
from core.pages import FormPage
from core.throttle import within
from organisation.selectors import code_labels
from proposals.defaults import CATEGORY
from supervision import permissions
from supervision.enums import Clearance
from supervision.forms.publication import ClearanceForm
from supervision.models import Publication
from supervision.pages import publication as pages
from supervision.public_tables import ClearanceFilter, ClearanceTable
from supervision.selectors import publication as selectors
from supervision.services import publication as services

PER_PAGE = 20
#: A reader turns pages; a machine that takes everything is slowed down.
MOST_VIEWS, WINDOW = 120, 60


# --- the public --------------------------------------------------------------------------------------------------
def etag(request: HttpRequest, pk: int | None = None) -> str:
    """Changes with every decision of an office, so that what was withdrawn is never shown from a cache."""
    selectors.require_open()
    rows = Publication.objects.public()
    state = (rows if pk is None else rows.filter(proposal_id=pk)).aggregate(n=Count("pk"), at=Max("at"))
    large = request.COOKIES.get("large_type", "")
    return f'W/"{state["n"]}-{state["at"]}-{large}-{today()}-{crc32(request.GET.urlencode().encode())}"'.replace(
        " ", ""
    )


def too_often(request: HttpRequest) -> bool:
    return not within(f"public:{client_ip(request)}", times=MOST_VIEWS, seconds=WINDOW)


def slow_down() -> HttpResponse:
    return HttpResponse("访问太频繁，请过一分钟再看。", status=429, content_type="text/plain; charset=utf-8",
                        headers={"Retry-After": str(WINDOW)})  # fmt: skip


def cached(response: HttpResponse) -> HttpResponse:
    """May be kept, must be asked for again each time."""
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
@condition(etag_func=etag)
def public_proposals(request: HttpRequest) -> HttpResponse:
    """Cleared proposals: search, year, category."""
    if too_often(request):
        return slow_down()
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:40] for name in ("q", "year", "category")}
    found = Pages(selectors.public(**asked), PER_PAGE).page(request.GET.get("page", 1))
    return cached(render(request, "supervision/public_list.html", pages.public_list(found, asked)))


@login_not_required
@require_safe
@condition(etag_func=etag)
def public_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    if too_often(request):
        return slow_down()
    return cached(render(request, "supervision/public_proposal.html", pages.public_one(selectors.public_one(pk))))


# --- the office ----------------------------------------------------------------------------------------------------
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    permissions.works_anywhere(request.user).require()
    rows = selectors.to_decide(request.user)
    return render_list(
        request, page=pages.list_page(rows), queryset=rows, table_class=ClearanceTable, filter_class=ClearanceFilter,
        template="supervision/publication_list.html", table_kwargs={"categories": code_labels(CATEGORY)},
    )  # fmt: skip


@require_POST
def publication_clear(request: HttpRequest) -> HttpResponse:
    """Those that were ticked; the others are named with the reason."""
    permissions.works_anywhere(request.user).require()
    pks = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19]
    done, refused = services.clear_many(pks=pks, visible=selectors.to_decide(request.user), by=request.user)
    if done:
        messages.success(request, f"已审定公开 {done} 件。")
    for sentence in refused[:10]:
        messages.warning(request, sentence)
    if not pks:
        messages.info(request, "请先勾选要公开的提案。")
    return redirect(f"{reverse('publication_list')}?standing=waiting")


@require_http_methods(["GET", "POST"])
def publication_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what would be shown, and the decision. `pk`: the proposal."""
    proposal = pages.proposal_for(request.user, pk)
    permissions.can_clear(request.user, proposal).require()

    def save(form: ClearanceForm, version: int | None) -> Any:
        given = form.cleaned_data
        if given["decision"] == Clearance.CLEARED:
            services.clear(proposal=proposal, with_replies=given["with_replies"], by=request.user)
        else:
            services.withhold(proposal=proposal, reason=given["reason"], by=request.user)
        return proposal

    return FormPage(
        request, ClearanceForm, key=f"publication:{pk}", page=pages.edit_page(request.user, proposal),
        cancel_url=proposal.get_absolute_url(), autosave=False, template="supervision/publication_form.html",
        context=pages.preview(proposal), done="已审定。",
    ).respond(save)  # fmt: skip
