"""Lists for printing: address book (通讯录) and birthdays (生日名册)."""

from __future__ import annotations

from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Can
from core.components import Page
from members import permissions, services
from members.models import Member
from members.views.records import crumbs
from organisation.selectors import grants, home_office


def serving(request: HttpRequest) -> QuerySet[Member]:
    permissions.can_list(request.user).require()
    where = grants(request.user).where(Can.VIEW_MEMBERS)
    return Member.objects.serving().filter(office_id__in=where).select_related("office", "group", "sector")


@require_GET
def address_book(request: HttpRequest) -> HttpResponse:
    """By office and group. Phone numbers are masked as on every list."""
    ordered = serving(request).order_by("office__code", "group__order", "group_id", "name_pinyin", "id")
    titled = groupby(ordered, key=lambda each: (each.office.short_name, each.group.name if each.group else ""))
    groups = [(" ".join(part for part in key if part), list(members)) for key, members in titled]
    page = Page("委员通讯录", lead="在任委员，按联络组和姓名拼音排列。", breadcrumbs=crumbs(("通讯录", "")))
    return render(request, "members/address_book.html", {"page": page, "groups": groups})


@require_GET
def birthdays(request: HttpRequest) -> HttpResponse:
    """By month and day, without the year. Only of the offices whose private data the user may see; written down."""
    permissions.can_see_birthdays(request.user).require()
    services.note_export(by=request.user, office=home_office(request.user), what="生日名册", query="")
    own = grants(request.user).where(Can.SEE_PRIVATE)
    known = serving(request).filter(office_id__in=own, birth_date__isnull=False)
    ordered = sorted(known, key=lambda each: (each.birth_date.month, each.birth_date.day, each.name_pinyin))
    months = [(month, list(members)) for month, members in groupby(ordered, key=lambda each: each.birth_date.month)]
    page = Page("委员生日名册", lead="按月份排列，用于寄送生日贺卡。", breadcrumbs=crumbs(("生日名册", "")))
    return render(request, "members/birthdays.html", {"page": page, "months": months})
