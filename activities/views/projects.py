"""Supervised projects."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Can
from activities import selectors, services
from activities.filters.followup import ProjectFilter
from activities.forms.projects import EntryForm, ProjectForm
from activities.models import Activity, SupervisedProject
from activities.pages import projects as pages
from activities.pages import records
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.tables.followup import ProjectTable
from activities.views.common import READ_OR_WRITE
from core.listing import render_list
from core.pages import FormPage
from organisation.selectors import offices_for


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    records.looks_in(request.user).require()
    rows = SupervisedProject.objects.visible_to(request.user).select_related("office", "unit")
    return render_list(
        request, page=pages.list_page(request.user), queryset=rows, filter_class=ProjectFilter,
        table_class=ProjectTable,
    )  # fmt: skip


@require_GET
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    project = record_selectors.project_for(request.user, pk)
    return render(request, "activities/project_detail.html", pages.detail(request.user, project))


@require_http_methods(READ_OR_WRITE)
def project_create(request: HttpRequest) -> HttpResponse:
    record_rights.can_keep_project(request.user).require()
    offices = list(offices_for(request.user, Can.EDIT_ACTIVITIES))
    return FormPage(
        request, ProjectForm, key="projects.create", page=pages.form_page("新增督查项目"),
        form_kwargs={"offices": offices}, cancel_url=reverse("project_list"),
    ).respond(
        lambda form, version: services.projects.save_project(
            by=request.user, office=form.office_chosen, values=form.values
        )
    )  # fmt: skip


def writable(request: HttpRequest, pk: int) -> SupervisedProject:
    project = record_selectors.project_for(request.user, pk)
    record_rights.can_manage_project(request.user, project).require()
    return project


@require_http_methods(READ_OR_WRITE)
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = writable(request, pk)
    return FormPage(
        request, ProjectForm, key=f"projects.edit:{pk}", page=pages.form_page("修改", project),
        form_kwargs={"offices": [project.office], "project": project}, cancel_url=project.get_absolute_url(),
    ).respond(
        lambda form, version: services.projects.save_project(
            by=request.user, office=project.office, values=form.values, project=project
        )
    )  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def project_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """`?activity=` says at which activity it was seen, and leads back there."""
    project = writable(request, pk)
    activity = asked_activity(request)

    def save(form: EntryForm, version: int | None) -> str:
        services.projects.add_entry(
            by=request.user, project=project, values=form.values, activity=form.cleaned_data["activity"]
        )
        return (activity or project).get_absolute_url()

    return FormPage(
        request, EntryForm, key=f"projects.entry:{pk}", page=pages.form_page("登记进度", project),
        form_kwargs={"project": project, "activity": activity},
        cancel_url=(activity or project).get_absolute_url(), done="进度已登记。",
    ).respond(save)  # fmt: skip


def asked_activity(request: HttpRequest) -> Activity | None:
    given = request.GET.get("activity", "")
    return selectors.get_for(request.user, int(given)) if given.isdecimal() and len(given) < 19 else None
