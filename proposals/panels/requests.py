"""What the proposer asked the office for after it was taken up, and what came of it."""

from __future__ import annotations

from django.urls import reverse

from core.pages import Link
from core.panels import Panel, Part
from proposals.enums import RECEIVED, RequestKind, RequestState
from proposals.pages.requests import differences
from proposals.panels import Sight, parts
from proposals.permissions import can_ask, can_decide

WORDS = {RequestKind.CHANGE: ("申请修改正文", "pencil"), RequestKind.WITHDRAW: ("申请撤案", "arrow-return-left")}


def links(sight: Sight) -> list[Link]:
    if not sight.own:
        return []
    return [
        Link(label, reverse("proposal_ask", args=[sight.proposal.pk, kind]), icon=icon)
        for kind, (label, icon) in WORDS.items()
        if can_ask(sight.user, sight.proposal, kind)
    ]


def panels(sight: Sight) -> list[Panel]:
    if sight.proposal.state not in RECEIVED or not (sight.own or sight.reads_all):
        return []
    rows = list(sight.proposal.change_requests.select_related("by", "decided_by"))
    if not rows:
        return []
    works = bool(can_decide(sight.user, sight.proposal))
    shown = [
        {"asked": row, "is_open": row.state == RequestState.REQUESTED, "may_decide": works,
         "changes": differences(row) if row.state == RequestState.REQUESTED else []}
        for row in rows
    ]  # fmt: skip
    return [Panel("proposals/_requests.html", {"rows": shown})]


def connect() -> None:
    parts.add(Part("requests", 12, links=links, panels=panels))
