"""Granting and ending roles, for security administrators (and, on the first run, the system administrator)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import ROLES, Can
from core.pages import FormPage, Page
from organisation import permissions, services
from organisation.forms.accounts import EndPostingForm, PostingForm
from organisation.models import HandlingUnit, Posting
from organisation.selectors import account_for, accounts_for, grants, offices_for, root_of
from organisation.views.accounts import CRUMB


def choices(user: Any) -> dict[str, Any]:
    """What the person may grant: every role in his offices, or only the first one while nobody else can."""
    granting = grants(user).holds(Can.GRANT_ROLES)
    offices = offices_for(user, Can.GRANT_ROLES if granting else Can.MANAGE_ACCOUNTS)
    roles = list(ROLES) if granting else [permissions.FIRST_ROLE]
    return {"roles": roles, "offices": offices, "units": units_under(offices)}


def units_under(offices: QuerySet) -> QuerySet[HandlingUnit]:
    roots = {root_of(office).pk for office in offices.select_related("parent")}
    return HandlingUnit.objects.filter(office_id__in=roots, is_active=True)


@require_http_methods(["GET", "POST"])
def posting_new(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    permissions.can_grant(request.user, account).require()
    back = reverse("account_detail", args=[pk])
    page = Page(f"授予角色：{account.name}", breadcrumbs=[CRUMB, (account.name, back), ("授予角色", "")])

    def save(form: PostingForm, version: int | None) -> str:
        data = form.cleaned_data
        permissions.can_grant(request.user, account, data["role"], data["office"]).require()
        services.grant_role(user=account, by=request.user, **data)
        return back

    form_page = FormPage(
        request, PostingForm, key=f"postings.new:{pk}", page=page, autosave=False, cancel_url=back,
        submit_label="授予", done="已授予角色，此人下一次操作时生效。", form_kwargs=choices(request.user),
    )  # fmt: skip
    return form_page.respond(save)


@require_http_methods(["GET", "POST"])
def posting_end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Posting.objects.filter(user__in=accounts_for(request.user)).select_related("user", "office")
    posting = mine.filter(pk=pk).first()
    if posting is None:
        raise Http404
    permissions.can_end_posting(request.user, posting).require()
    back = reverse("account_detail", args=[posting.user_id])
    lead = f"{posting.user.name} · {ROLES[posting.role].label} · {posting.office.short_name}"
    page = Page("收回角色", lead=lead, breadcrumbs=[CRUMB, (posting.user.name, back), ("收回角色", "")])

    def save(form: EndPostingForm, version: int | None) -> str:
        data = form.cleaned_data
        services.end_posting(posting=posting, by=request.user, ends=data["ends"], reason=data["reason"])
        return back

    form_page = FormPage(
        request, EndPostingForm, key=f"postings.end:{pk}", page=page, autosave=False, cancel_url=back,
        submit_label="收回", done="已收回角色，此人下一次操作时生效。",
    )  # fmt: skip
    return form_page.respond(save)
