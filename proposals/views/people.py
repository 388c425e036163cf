"""Who signs: choosing co-signers or the convenor, and the answers of those who were asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from proposals import pages, permissions, selectors, services
from proposals.models import Proposal

DONE = {
    "add": "已加入名单。",
    "drop": "已移出名单。",
    "up": "顺序已调整。",
    "remind": "已提醒。",
    "convenor": "召集人已选好。",
}
ANSWERED = {
    "accept": "您已同意联名。",
    "decline": "已谢绝，提案人会收到通知。",
    "leave": "您已退出联名。",
    "confirm": "已确认，您的联名保留。",
}


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def act(proposal: Proposal, data: Any, by: Any) -> str:
    """The one thing the pressed button asks for; the sentence to show. `do` is its name, `which` the row."""
    do, which = data.get("do", ""), number(data.get("which", ""))
    if do == "add":
        services.choose(proposal=proposal, members=[number(each) for each in data.getlist("pick")], by=by)
    elif do == "convenor":
        services.name_convenor(proposal=proposal, member=number(data.get("pick", "")), by=by)
    elif do in ("drop", "up", "remind"):
        service = {"drop": services.drop, "up": services.move_up, "remind": services.remind}[do]
        service(proposal=proposal, invitation=which, by=by)
    return DONE.get(do, "")


@require_http_methods(["GET", "POST"])
def proposal_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Search works by sending the form; the list of names is apart from the version of the text."""
    proposal = selectors.get_for(request.user, pk)
    permissions.can_choose_people(request.user, proposal).require()
    if request.method == "POST":
        try:
            done = act(proposal, request.POST, request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            if done:
                messages.success(request, done)
        return redirect("proposal_people", pk=pk)
    return render(request, "proposals/people.html", pages.people(request.user, proposal, request.GET.get("q", "")))


@require_POST
def proposal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline, leave or confirm: what the invited member or the co-signer says."""
    proposal = selectors.get_for(request.user, pk)
    do, remark = request.POST.get("do", ""), request.POST.get("remark", "")
    if do in ("accept", "decline", "leave"):
        service = {"accept": services.accept, "decline": services.decline, "leave": services.leave}[do]
        service(proposal=proposal, remark=remark, by=request.user)
    elif do == "confirm":
        services.confirm(proposal=proposal, by=request.user)
    if do in ANSWERED:
        messages.success(request, ANSWERED[do])
    return redirect("proposal_mine") if do in ("decline", "leave") else redirect(proposal)
