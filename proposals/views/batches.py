"""Collections (征集): the office's list, one of them, setting up and changing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Can
from core.pages import FormPage, Page
from organisation.selectors import can, committee_of, rule
from proposals import pages, selectors, services
from proposals.forms import BatchForm
from proposals.models import Batch


@require_GET
def batch_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.VIEW_PROPOSALS).require()
    return render(request, "proposals/batches.html", pages.batches(request.user))


@require_GET
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "proposals/batch.html", pages.batch(request.user, selectors.batch_for(request.user, pk)))


@require_http_methods(["GET", "POST"])
def batch_new(request: HttpRequest) -> HttpResponse:
    return batch_form(request, None)


@require_http_methods(["GET", "POST"])
def batch_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return batch_form(request, selectors.batch_for(request.user, pk))


def batch_form(request: HttpRequest, batch: Batch | None) -> HttpResponse:
    office = batch.office if batch else committee_of(request.user)
    can(request.user, Can.RECEIVE_PROPOSALS, office).require()
    title = "修改征集" if batch else "发起征集"

    def save(form: BatchForm, version: int | None) -> Batch:
        values = dict(form.cleaned_data)
        return services.save_batch(announce=values.pop("announce"), values=values, office=office, batch=batch,
                                   version=version, by=request.user)  # fmt: skip

    return FormPage(
        request, BatchForm, key=f"proposals.batch:{batch.pk if batch else 'new'}", instance=batch,
        page=Page(title, breadcrumbs=[("提案征集", reverse("batch_list")), (title, "")]),
        form_kwargs={"batch": batch, "grace": rule("proposal.grace_minutes", office)},
        cancel_url=batch.get_absolute_url() if batch else reverse("batch_list"),
    ).respond(save)  # fmt: skip
