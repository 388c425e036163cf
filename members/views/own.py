"""“我的履职”: the member's own file in large plain cards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import printing
from core.components import Page
from members import dossier, selectors
from members.views.records import basics, chosen_year, contact_pairs, year_switch


@require_GET
def my_record(request: HttpRequest) -> HttpResponse:
    """Raises Http404 for users without a member's file."""
    member = selectors.member_of(request.user)
    if member is None:
        raise Http404
    year = chosen_year(request)
    chapters = dossier.chapters(member, request.user, year)
    context = {
        "page": Page("我的履职", lead=f"{member.name}委员，这里是您 {year} 年的履职记录。"),
        "member": member,
        "figures": [figure for chapter in chapters for figure in chapter.content.figures],
        "chapters": chapters,
        "papers": printing.panels(request.user, "member", (member, year)),
        "basics": [pair for pair in basics(member, with_account=True) if pair[1]],
        "contact": contact_pairs(member, full=True),
        **year_switch(year),
    }
    return render(request, "members/my_record.html", context)
