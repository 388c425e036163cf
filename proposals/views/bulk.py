"""Many proposals at once: what will happen to each, one confirmation, what became of each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.components import Link
from core.errors import Denied
from core.pages import Page
from organisation.selectors import home_office, rule
from proposals.bulk import BulkAction, Fate, actions, advice_of
from proposals.filters import ProposalFilter
from proposals.models import BulkRun, Proposal
from proposals.pages.lists import with_advice
from proposals.selectors import with_people
from proposals.services.bulk import run

LIST = ("提案", "/proposals/")
#: The rule for acts done one by one, and the one for what takes the whole selection (documents).
LIMITS = {False: "proposal.bulk_limit", True: "proposal.bulk_together"}


@dataclass(frozen=True)
class Row:
    """One proposal of the preview. `pick` also says which version and which recommendation were shown."""

    proposal: Proposal
    fate: Fate

    @property
    def pick(self) -> str:
        advice = advice_of(self.proposal)
        return f"{self.proposal.pk}:{self.proposal.version}:{advice.pk if advice else 0}"


@require_http_methods(["GET", "POST"])
def proposal_bulk(request: HttpRequest) -> HttpResponse:
    """`?act=` with `pick=` several times, or `all=1` with the list's `query`. Posting does it."""
    sent = request.POST if request.method == "POST" else request.GET
    action = actions.find(sent.get("act", ""))
    if action is None:
        messages.error(request, "请先选择要办理的事项。")
        return redirect("proposal_list")
    if not action.allowed(request.user):
        raise Denied("您没有办理这一项的权限。")
    chosen = selected(request, sent, action)
    if not chosen:
        messages.error(request, "请先勾选提案。")
        return redirect("proposal_list")
    form = form_of(action, chosen, request)
    if request.method == "POST" and form.is_valid():
        return done(request, action, chosen, form)
    return preview(request, action, chosen, form)


def selected(request: HttpRequest, sent: QueryDict, action: BulkAction) -> list[Proposal]:
    """The chosen ones the user sees, at most as many as the rule says; in the order of submission."""
    visible = with_advice(with_people(Proposal.objects.visible_to(request.user))).prefetch_related("merged")
    limit = rule(LIMITS[action.together is not None], home_office(request.user))
    if sent.get("all"):
        visible = ProposalFilter(QueryDict(sent.get("query", "")), queryset=visible, request=request).qs
    else:
        keys = [part for part in (each.split(":")[0] for each in sent.getlist("pick")) if part.isdecimal()]
        visible = visible.filter(pk__in=[int(key) for key in keys if len(key) < 19])
    found = list(visible.order_by("submitted_at", "pk")[: limit + 1])
    if len(found) > limit:
        messages.warning(request, f"一次最多办理 {limit} 件，这里是最早提交的 {limit} 件，其余的请再办理一次。")
    return found[:limit]


def form_of(action: BulkAction, chosen: Sequence[Proposal], request: HttpRequest) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    return action.form(data, proposals=chosen, user=request.user) if action.form else forms.Form(data)


def preview(request: HttpRequest, action: BulkAction, chosen: Sequence[Proposal], form: forms.Form) -> HttpResponse:
    rows = [Row(proposal, action.foresee(proposal, request.user)) for proposal in chosen]
    can = [row for row in rows if row.fate.can]
    wrong = request.method == "POST"
    return render(
        request,
        "proposals/bulk_preview.html",
        {
            "page": Page(f"批量{action.label}", lead=action.lead, breadcrumbs=[LIST, (f"批量{action.label}", "")]),
            "form": form, "action": action, "can": can, "cannot": [row for row in rows if not row.fate.can],
            "will": any(row.fate.text for row in can), "idempotency_key": str(uuid.uuid4()), "form_version": "",
            "draft": None, "draft_key": "", "conflict": None, "has_errors": wrong, "wide_form": True,
            "submit_label": f"确定{action.label}（{len(can)} 件）", "cancel_url": reverse("proposal_list"),
        },
        status=422 if wrong else 200,
    )  # fmt: skip


def done(request: HttpRequest, action: BulkAction, chosen: Sequence[Proposal], form: forms.Form) -> HttpResponse:
    values = {**form.cleaned_data, "seen_advice": remember(chosen, request.POST.getlist("pick"))}
    if action.together is not None:
        return redirect(action.together(chosen, request.user, values))
    return redirect(run(action=action, proposals=chosen, values=values, key=key(request), by=request.user))


def remember(chosen: Sequence[Proposal], picks: Sequence[str]) -> dict[int, int]:
    """What the preview showed: each proposal's version goes with it; its recommendation is given back."""
    shown = {parts[0]: parts for parts in (each.split(":") for each in picks) if len(parts) == 3 and all_numbers(parts)}
    for proposal in chosen:
        if str(proposal.pk) in shown:
            proposal.seen_version = int(shown[str(proposal.pk)][1])
    return {int(parts[0]): int(parts[2]) for parts in shown.values()}


def all_numbers(parts: Sequence[str]) -> bool:
    return all(part.isdecimal() and len(part) < 19 for part in parts)


def key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()


@require_GET
def proposal_bulk_run(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever started it."""
    found = get_object_or_404(BulkRun, pk=pk, by=request.user)
    rows: list[Any] = [
        dict(zip(("pk", "number", "subject", "done", "text"), each, strict=True)) for each in found.results
    ]
    failed = [row for row in rows if not row["done"]]
    if not found.asked:
        raise Http404
    context = {
        "page": Page(f"批量{found.label}的结果", breadcrumbs=[LIST, (f"批量{found.label}", "")],
                     actions=[Link("返回提案列表", LIST[1], "primary")]),
        "run": found, "rows": sorted(rows, key=lambda row: row["done"]), "failed": len(failed),
        "done": len(rows) - len(failed), "missing": found.asked - len(rows),
    }  # fmt: skip
    return render(request, "proposals/bulk_run.html", context)
