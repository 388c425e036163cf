"""Pages of the named lists: one set of views for sectors, committees, liaison groups and handling units."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.listing import render_list
from core.pages import FormPage, Link, Page
from organisation import permissions, services
from organisation.forms.basics import PartForm
from organisation.models import NamedPart, Office
from organisation.parts import KINDS, PartKind
from organisation.selectors import can, committee_of, descend, grants, offices_for
from organisation.tables import PartTable
from organisation.views.offices import BASICS

Save = Callable[[PartForm, int | None], str]


def entries(request: HttpRequest, kind: PartKind) -> QuerySet[NamedPart]:
    """The list as everybody in the committee's tree sees it."""
    root = committee_of(request.user)
    offices = {root.pk} if kind.of_committee else descend(root.pk)
    return kind.model.objects.filter(office_id__in=offices).select_related("office")


@require_GET
def part_list(request: HttpRequest, kind: str) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    what = KINDS[kind]
    root = committee_of(request.user)
    reason = permissions.can_manage_data(request.user, root).reason if what.of_committee else ""
    new = Link(f"新增{what.label}", reverse(f"{kind}_new"), "primary", "plus-lg", denied_reason=reason)
    page = Page(what.label, lead=what.lead, breadcrumbs=[BASICS, (what.label, "")], actions=[new])
    manage = grants(request.user).where(Can.MANAGE_OFFICE)
    return render_list(
        request, page=page, queryset=entries(request, what), table_class=PartTable,
        table_kwargs={"kind": what, "manage": manage},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def part_new(request: HttpRequest, kind: str) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    what, root = KINDS[kind], committee_of(request.user)
    if what.of_committee:
        permissions.can_manage_data(request.user, root).require()
    offices = None if what.of_committee else offices_for(request.user, Can.MANAGE_OFFICE)

    def save(form: PartForm, version: int | None) -> str:
        office: Office = form.cleaned_data.get("office", root)
        services.save_part(kind=what, office=office, values=form.values, by=request.user)
        return reverse(f"{kind}_list")

    order = {"order": services.next_order(entries(request, what))}
    return part_form(request, what, f"{kind}.new", f"新增{what.label}", save, offices=offices, initial=order)


def part_for(request: HttpRequest, kind: PartKind, pk: int) -> NamedPart:
    """Raises Http404 outside the tree, Denied for an entry others look after."""
    can(request.user, Can.MANAGE_OFFICE).require()
    part = get_object_or_404(entries(request, kind), pk=pk)
    permissions.can_manage_data(request.user, part.office).require()
    return part


@require_http_methods(["GET", "POST"])
def part_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    what = KINDS[kind]
    part = part_for(request, what, pk)

    def save(form: PartForm, version: int | None) -> str:
        services.save_part(kind=what, office=part.office, values=form.values, by=request.user, part=part)
        return reverse(f"{kind}_list")

    return part_form(request, what, f"{kind}.edit:{pk}", f"修改{what.label}", save, part=part)


def part_form(
    request: HttpRequest, kind: PartKind, key: str, title: str, save: Save, **form_kwargs: object
) -> HttpResponse:
    back = reverse(f"{kind.key}_list")
    form_page = FormPage(
        request, PartForm, key=key, page=Page(title, breadcrumbs=[BASICS, (kind.label, back), (title, "")]),
        autosave=False, cancel_url=back, form_kwargs={"kind": kind, **form_kwargs}, instance=form_kwargs.get("part"),
    )  # fmt: skip
    return form_page.respond(save)


@require_POST
def part_toggle(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    what = KINDS[kind]
    part = part_for(request, what, pk)
    services.set_part_active(kind=what, part=part, active=not part.is_active, by=request.user)
    messages.success(request, f"{part.name}已{'启用' if part.is_active else '停用'}。")
    return redirect(f"{kind}_list")
