"""The pages of a promise: the ledger's head, one promise, its reports and what the proposers say."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.pages import Link, Page
from core.templatetags.ui import cn_date
from core.workflow import Action
from handling import answering, faces, promises
from handling.enums import PromiseState, ReportState, Stage
from handling.feedback_links import url_for
from handling.models import Clock, FollowUpReport, ReplyItem
from handling.services import clocks
from organisation.selectors import grants

LEDGER = "承诺台账"


def list_page(user: Any) -> Page:
    own = not grants(user).holds(Can.VIEW_PROPOSALS)
    lead = (
        "本单位在答复中承诺的事项，到期后请填报落实情况。"
        if own
        else "答复中写明计划落实的事项，到期逐项核实是否兑现。"
    )
    return Page(LEDGER, lead=lead)


def crumbs(user: Any, item: ReplyItem, *more: str) -> list[tuple[str, str]]:
    proposal = item.reply.assignment.proposal
    first = (LEDGER, reverse("promise_list")) if promises.sees_ledger(user) else (
        str(proposal), proposal.get_absolute_url()
    )  # fmt: skip
    here = reverse("promise_detail", args=[item.pk])
    return [first, ("承诺事项", here if more else ""), *((label, "") for label in more)]


def detail(user: Any, item: ReplyItem) -> dict[str, Any]:
    assignment = item.reply.assignment
    words, tone = promises.in_words(item)
    reports = list(item.reports.select_related("by", "decided_by", "file"))
    page = Page(
        "承诺事项", lead=f"{assignment.proposal.full_case_label}《{assignment.proposal}》",
        breadcrumbs=crumbs(user, item), badge=words, badge_tone=tone,
    )  # fmt: skip
    return {
        "page": page, "item": item, "proposal": assignment.proposal, "reports": reports,
        "links": links(user, item), "actions": actions(user, reports), "clocks": clock_faces(item),
        "facts": facts(item), "opinions": opinions(user, item),
    }  # fmt: skip


def links(user: Any, item: ReplyItem) -> list[Link]:
    """The unit's one button, with its reason when it cannot be used; a proposer's, once there is something to judge."""
    own = answering.proposers_of(item.reply.assignment.proposal).filter(member__user_id=user.pk).first()
    if own is not None and item.state != PromiseState.OPEN:
        said = item.feedback.filter(proposer=own).exists()
        label, tone = ("修改评价", "secondary") if said else ("评价落实情况", "primary")
        return [Link(label, url_for(item.reply, own, item), tone, "chat-square-heart")]
    if item.reply.assignment.unit_id not in grants(user).unit_ids:
        return []
    url = reverse("promise_report", args=[item.pk])
    why = promises.can_report(user, item).reason
    return [Link("填报落实情况", url, "primary", "pencil-square", denied_reason=why)]


def actions(user: Any, reports: list[FollowUpReport]) -> list[Action]:
    """Accept or send back the report that waits, for those who check it."""
    waiting = next((row for row in reports if row.state == ReportState.REPORTED), None)
    if waiting is None or not promises.can_check(user, waiting):
        return []
    keeps = "核实无误" if waiting.outcome == "kept" or not waiting.new_date else "同意改期"
    return [decision(waiting, "accept", keeps, "primary"), decision(waiting, "send-back", "退回重报", "secondary")]


def decision(report: FollowUpReport, name: str, label: str, tone: str) -> Action:
    url = reverse("promise_decide", args=[report.pk, name])
    return Action(name, label, tone, True, "", name == "send-back", "退回的理由", url)


def clock_faces(item: ReplyItem) -> list[faces.Face]:
    """Every round's deadline, the newest first; an older one is a promise that was given anew."""
    rows = clocks.loaded(Clock.objects.filter(stage=Stage.FOLLOW_UP, subject_id=item.pk).order_by("-round", "-pk"))
    scale = clocks.Scale()
    return [faces.face(row, scale) for row in rows]


def facts(item: ReplyItem) -> list[tuple[str, Any]]:
    moved = item.current != item.promised_on
    return [
        ("承办单位", item.reply.assignment.unit.name),
        ("答复", str(item.reply)),
        ("承诺日期", cn_date(item.promised_on)),
        *([("改期到", cn_date(item.current))] if moved else []),
        *([("落实日期", cn_date(item.settled_on))] if item.settled_on else []),
    ]


def opinions(user: Any, item: ReplyItem) -> list[tuple[str, str, str]]:
    """(proposer, both answers, text), the newest of each; the proposers' side sees them like the office."""
    seen: dict[int, tuple[str, str, str]] = {}
    for row in item.feedback.select_related("proposer__member"):
        seen.setdefault(row.proposer_id, (row.proposer.member.name, str(row), row.text))
    return list(seen.values())
