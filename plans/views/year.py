"""Pages over more than one plan: the year of all offices, and what one version changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.roles import Can
from core.clock import today
from core.pages import Link, Page
from organisation.selectors import can
from plans import permissions, printing, rollup, selectors
from plans.pages import changes as changes
from plans.views.common import HOME, head


@require_GET
def plan_year(request: HttpRequest) -> HttpResponse:
    """All offices the user looks into: who has a plan, one board, targets side by side."""
    can(request.user, Can.VIEW_PLANS).require()
    year = asked_year(request)
    offices = rollup.offices_in_sight(request.user)
    asked = request.GET.get("office", "")
    shown = [office for office in offices if str(office.pk) == asked] or offices
    if not shown:
        raise Http404
    lines = rollup.lines(shown, year)
    counted = rollup.with_targets(lines)
    sums = rollup.sums([figure for line in counted for figure in line.figures], shown[0])
    context = {
        "page": year_page(request, year, shown[0], asked),
        "year": year, "offices": offices, "asked": asked, "lines": lines,
        "board": rollup.board(lines, year, request.user),
        "counted": counted,
        "sums": rollup.side_by_side(sums, [line.office for line in counted]),
    }  # fmt: skip
    return render(request, "plans/plan_year.html", context)


def asked_year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and 2000 <= int(text[:6]) <= 2100 else today().year


def year_page(request: HttpRequest, year: int, office: object, asked: str) -> Page:
    here = reverse("plan_year")
    keep = f"&office={asked}" if asked else ""
    steps = [Link(f"{each}年", f"{here}?year={each}{keep}") for each in (year - 1, year + 1) if 2000 <= each <= 2100]
    return Page(
        f"{year}年全年看板", "各办公室执行中的计划合在一起：谁有计划、开展了多少、目标并列对比。",
        [HOME, ("全年看板", "")], [*printing.links(request.user, office, year, "year"), *steps],
    )  # fmt: skip


@require_GET
def plan_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What this version changes against the one before it, or against another version asked for."""
    plan = selectors.get_for(request.user, pk)
    if not permissions.sees_work(request.user, plan):
        raise Http404
    earlier = [each for each in selectors.versions(plan, request.user) if each.revision < plan.revision]
    asked = request.GET.get("with", "")
    old = next((each for each in earlier if str(each.revision) == asked), earlier[0] if earlier else None)
    context = {
        "page": head(plan, title="与以前版本的差异", lead=f"{plan.title}，第{plan.revision}版"),
        "plan": plan, "old": old, "earlier": earlier,
        "groups": changes.by_part(old, plan) if old else [],
        "decided": selectors.decided(plan),
    }  # fmt: skip
    return render(request, "plans/plan_changes.html", context)
