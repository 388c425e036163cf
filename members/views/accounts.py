"""Opening accounts. A page with passwords is the answer to the post itself and is never shown again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.components import Page
from members import permissions, selectors, services
from members.services.accounts import BATCH
from members.views.records import crumbs


@require_POST
def member_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the account, or replaces the lost slip of one that was never used."""
    member = selectors.get_for(request.user, pk)
    if member.user_id is None:
        permissions.can_open_account(request.user, member).require()
        slip = services.open_account(member=member, by=request.user)
    else:
        permissions.can_reissue(request.user, member).require()
        slip = services.reissue_password(member=member, by=request.user)
    return slips_page(request, [slip], back=member.get_absolute_url(), waiting=0)


@require_http_methods(["GET", "POST"])
def member_accounts(request: HttpRequest) -> HttpResponse:
    """All members without an account, one printed sheet at a time."""
    permissions.can_add(request.user).require()
    waiting = selectors.without_account(request.user).select_related("office", "sector")
    if request.method == "POST":
        chosen = waiting.filter(pk__in=[pk for pk in request.POST.getlist("member") if pk.isdecimal()])
        slips = services.open_accounts(members=list(chosen), by=request.user)
        return slips_page(request, slips, back=reverse("member_accounts"), waiting=waiting.count())
    context = {
        "page": Page("开通委员账号", lead="开通后当场显示初始密码，打印成密码条发给委员。每批一页纸。",
                     breadcrumbs=crumbs(("开通账号", ""))),
        "members": list(waiting[:BATCH]),
        "total": waiting.count(),
    }  # fmt: skip
    return render(request, "members/accounts.html", context)


def slips_page(request: HttpRequest, slips: list[Any], *, back: str, waiting: int) -> HttpResponse:
    context = {
        "page": Page("密码条", lead="初始密码只显示这一次，请现在打印。委员第一次登录时会设置自己的密码。",
                     breadcrumbs=crumbs(("密码条", ""))),
        "slips": slips,
        "address": request.build_absolute_uri("/"),
        "back": back,
        "waiting": waiting,
    }  # fmt: skip
    return render(request, "members/slips.html", context)
