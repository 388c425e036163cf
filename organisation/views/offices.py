"""The tree of offices, and the terms and sessions of the committee."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core.clock import today
from core.pages import FormPage, Link, Page
from organisation import permissions, services
from organisation.forms.basics import OfficeForm, SessionForm, TermForm
from organisation.models import Office, Session, Term
from organisation.selectors import can, committee_of, descend, offices_for

BASICS = ("基础资料", "/basics/")


# --- offices -----------------------------------------------------------------------------------------------------
@require_GET
def office_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    lead = "政协机关和下级联络处。停用的机构不再承担新工作，原有记录保留。"
    new = Link("新建下级机构", reverse("office_new"), "primary", "plus-lg")
    page = Page("机构", lead=lead, breadcrumbs=[BASICS, ("机构", "")], actions=[new])
    return render(request, "organisation/office_list.html", {"page": page, "rows": tree_rows(request)})


def tree_rows(request: HttpRequest) -> list[dict[str, object]]:
    """The whole tree in reading order with depth and what the user may do; two queries."""
    root = committee_of(request.user)
    holding = Q(postings__starts__lte=today(), postings__taken_back=False) & (
        Q(postings__ends__isnull=True) | Q(postings__ends__gte=today())
    )
    people = Count("postings__user", filter=holding, distinct=True)
    offices = Office.objects.filter(pk__in=descend(root.pk)).annotate(people=people).order_by("code")
    below: dict[int | None, list[Office]] = {}
    for office in offices:
        below.setdefault(office.parent_id, []).append(office)
    return list(walk(request, [office for office in offices if office.pk == root.pk], below, 0))


def walk(request: HttpRequest, offices: list[Office], below: dict, depth: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for office in offices:
        rows.append({"office": office, "depth": depth, "edit": permissions.can_manage_data(request.user, office),
                     "close": permissions.can_close_office(request.user, office)})  # fmt: skip
        rows.extend(walk(request, below.get(office.pk, []), below, depth + 1))
    return rows


def office_for(request: HttpRequest, pk: int) -> Office:
    """Raises Http404 outside the tree, Denied for an office of the tree that others look after."""
    can(request.user, Can.MANAGE_OFFICE).require()
    return get_object_or_404(Office.objects.filter(pk__in=descend(committee_of(request.user).pk)), pk=pk)


@require_http_methods(["GET", "POST"])
def office_new(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    back = reverse("office_list")
    page = Page("新建下级机构", breadcrumbs=[BASICS, ("机构", back), ("新建", "")])

    def save(form: OfficeForm, version: int | None) -> str:
        services.create_office(**form.cleaned_data, by=request.user)
        return back

    form_page = FormPage(
        request, OfficeForm, key="offices.new", page=page, autosave=False, cancel_url=back,
        form_kwargs={"parents": offices_for(request.user, Can.MANAGE_OFFICE)},
    )  # fmt: skip
    return form_page.respond(save)


@require_http_methods(["GET", "POST"])
def office_edit(request: HttpRequest, pk: int) -> HttpResponse:
    office, back = office_for(request, pk), reverse("office_list")
    permissions.can_manage_data(request.user, office).require()
    page = Page("修改机构资料", lead=office.name, breadcrumbs=[BASICS, ("机构", back), (office.short_name, "")])

    def save(form: OfficeForm, version: int | None) -> str:
        services.update_office(office=office, values=form.cleaned_data, by=request.user)
        return back

    form_page = FormPage(
        request, OfficeForm, key=f"offices.edit:{pk}", page=page, autosave=False, cancel_url=back,
        form_kwargs={"office": office}, instance=office,
    )  # fmt: skip
    return form_page.respond(save)


@require_POST
def office_toggle(request: HttpRequest, pk: int) -> HttpResponse:
    office = office_for(request, pk)
    permissions.can_close_office(request.user, office).require()
    services.set_office_active(office=office, active=not office.is_active, by=request.user)
    messages.success(request, f"{office.short_name}已{'停用' if office.is_active else '启用'}。")
    return redirect("office_list")


# --- terms and sessions ------------------------------------------------------------------------------------------
@require_GET
def term_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    root = committee_of(request.user)
    allowed = permissions.can_manage_data(request.user, root)
    new = Link("新建一届", reverse("term_new"), "primary", "plus-lg", denied_reason=allowed.reason)
    page = Page("届次", lead="届和每次全体会议。提案按“次”编号。", breadcrumbs=[BASICS, ("届次", "")], actions=[new])
    terms = root.terms.prefetch_related("sessions")
    context = {"page": page, "terms": terms, "may_edit": bool(allowed), "today": today()}
    return render(request, "organisation/term_list.html", context)


def root_to_manage(request: HttpRequest) -> Office:
    """The committee, when the user may change its data; raises Denied."""
    can(request.user, Can.MANAGE_OFFICE).require()
    root = committee_of(request.user)
    permissions.can_manage_data(request.user, root).require()
    return root


def term_page(title: str) -> Page:
    return Page(title, breadcrumbs=[BASICS, ("届次", reverse("term_list")), (title, "")])


@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new term without `pk`."""
    root = root_to_manage(request)
    term = get_object_or_404(root.terms, pk=pk) if pk else None

    def save(form: TermForm, version: int | None) -> str:
        services.save_term(office=root, values=form.cleaned_data, by=request.user, term=term)
        return reverse("term_list")

    form_page = FormPage(
        request, TermForm, key=f"terms.edit:{pk or 'new'}", page=term_page("修改届" if term else "新建一届"),
        autosave=False, cancel_url=reverse("term_list"),
        instance=term, form_kwargs={"term": term, "initial": {"number": next_number(root.terms.all())}},
    )  # fmt: skip
    return form_page.respond(save)


@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A session of the term `pk`."""
    term = get_object_or_404(root_to_manage(request).terms, pk=pk)
    return session_form(request, term, None)


@require_http_methods(["GET", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    root = root_to_manage(request)
    session = get_object_or_404(Session.objects.select_related("term"), pk=pk, term__office=root)
    return session_form(request, session.term, session)


def next_number(rows: QuerySet) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def session_form(request: HttpRequest, term: Term, session: Session | None) -> HttpResponse:
    def save(form: SessionForm, version: int | None) -> str:
        services.save_session(term=term, values=form.cleaned_data, by=request.user, session=session)
        return reverse("term_list")

    key = f"sessions.edit:{session.pk}" if session else f"sessions.new:{term.pk}"
    title = f"修改{session}" if session else f"{term}：新建一次会议"
    form_page = FormPage(
        request, SessionForm, key=key, page=term_page(title), autosave=False, cancel_url=reverse("term_list"),
        instance=session, form_kwargs={"session": session, "initial": {"number": next_number(term.sessions.all())}},
    )  # fmt: skip
    return form_page.respond(save)
