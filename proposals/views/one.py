"""One proposal's page and the steps on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from core.steps import perform
from proposals import pages, selectors, steps
from proposals.workflow import FLOW


@require_GET
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    return render(request, "proposals/proposal_detail.html", pages.detail(request.user, proposal))


@require_http_methods(["GET", "POST"])
def proposal_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    proposal = selectors.get_for(request.user, pk)
    return perform(request, proposal, action, flow=FLOW, plain=steps.PLAIN, forms=steps.FORMS, crumbs=pages.crumbs)
