"""The list of received proposals and a member's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from accounts.roles import Can
from core.listing import render_list
from core.pages import Page
from core.writing import own_list
from organisation.selectors import can, scope_note
from proposals import pages, permissions, selectors
from proposals.bulk import actions, receives
from proposals.enums import WRITABLE
from proposals.filters import ProposalFilter, labels
from proposals.models import Proposal
from proposals.pages.lists import Counted, by_stage, listed
from proposals.statistics import note
from proposals.tables import ProposalTable


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Staff and leaders: everything received, with what can be done to many at once. Members who follow a figure:
    their own among it.
    """
    sees_all = can(request.user, Can.VIEW_PROPOSALS)
    if not sees_all and not permissions.can_write(request.user):
        sees_all.require()
    visible = Proposal.objects.visible_to(request.user)
    offered = actions.offered(request.user) if sees_all else []
    hidden = [name for name, shown in (("pick", offered), ("standing", sees_all)) if not shown]
    counted = by_stage(request, visible) if sees_all else Counted([], None)
    return render_list(
        request,
        page=Page("提案", lead=lead(request.user, bool(sees_all))),
        queryset=listed(visible),
        known=counted.rows,
        table_class=ProposalTable,
        filter_class=ProposalFilter,
        template="proposals/proposal_list.html",
        table_kwargs={"categories": labels(request), "user": request.user, "exclude": hidden},
        context={
            "list_help": scope_note(request.GET.get("offices", "")) + note(request.GET.get("figure", "")),
            "chips": counted.chips,
            "bulk": offered,
            "query": request.GET.urlencode(),
        },
    )


def lead(user: Any, sees_all: bool) -> str:
    """What can be done with the list; nothing is promised that the reader may not do."""
    if not sees_all:
        return "您的提案。点案由看全文和办理情况。"
    if receives(user):
        return "收到的提案。点案由看全文，在那里审查；也可以勾选几件一起办理。"
    return "收到的提案。点案由看全文和办理情况。"


@require_GET
def proposal_mine(request: HttpRequest) -> HttpResponse:
    wanted = pages.wished(request.user)
    return own_list(
        request, selectors.own(request.user), title="我的提案", write=pages.WRITE,
        may_write=permissions.can_write(request.user), writable=WRITABLE, task=pages.task(request.user, wanted),
        waits=pages.waits(request.user, wanted), first=pages.first(request.user), sent_title="已经提交或正在办理",
        empty=("您还没有写过提案", "写到一半可以保存草稿，换一台手机或电脑接着写。"),
    )  # fmt: skip
