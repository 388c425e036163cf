"""The page of an election: who is nominated, how the votes stand, who was elected."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.pages import Link, Page
from core.templatetags.ui import cn_date
from core.workflow import history
from organisation.selectors import grants
from supervision import permissions
from supervision.enums import ElectionState, VotingWay
from supervision.models import Election
from supervision.selectors import elections
from supervision.workflow import ELECTIONS

TOP = ("评优", "/elections/")
STEPS = ("征集推荐", "初评", "审议", "公布")
#: How far each state is; the last one is past all steps.
AT = {ElectionState.COLLECTING: 0, ElectionState.JUDGING: 1, ElectionState.DELIBERATING: 2, ElectionState.PUBLISHED: 4}


def crumbs(user: Any, election: Election, *more: str) -> list[tuple[str, str]]:
    return [TOP, (str(election), election.get_absolute_url() if more else ""), *((label, "") for label in more)]


def detail(user: Any, election: Election) -> dict[str, Any]:
    page = Page(str(election), lead=f"{election.year}年度 · {election.get_kind_display()}",
                breadcrumbs=crumbs(user, election), badge=election.state_label, badge_tone=election.tone)  # fmt: skip
    lines = elections.tally(election)
    collecting = election.state == ElectionState.COLLECTING
    return {
        "page": page, "election": election, "links": links(user, election), "actions": actions(user, election),
        "lines": lines, "steps": steps(election), "shows_votes": shows_votes(user, election),
        "collecting": collecting, "may_nominate": bool(permissions.can_nominate(user, election)),
        "tied": any(line.tied for line in lines) and not collecting, "facts": facts(election),
        "events": history(election),
    }  # fmt: skip


def shows_votes(user: Any, election: Election) -> bool:
    """Judges do not see how the votes stand before the judging is over; the office does."""
    if election.state == ElectionState.COLLECTING:
        return False
    office = election.office_id in grants(user).where(Can.VIEW_PROPOSALS)
    voting = election.state == ElectionState.JUDGING and bool(permissions.can_vote(user, election))
    return office and (not voting or bool(permissions.works(user, election)))


def steps(election: Election) -> list[tuple[str, str]]:
    """(step, how it stands: done, now or later)."""
    at = AT[ElectionState(election.state)]
    return [(label, "done" if i < at else "now" if i == at else "later") for i, label in enumerate(STEPS)]


def actions(user: Any, election: Election) -> list[Any]:
    """The office's steps, and those of the one who approves; others see none."""
    mine = {"send_back", "publish"} if permissions.can_publish(user, election) else set()
    works = bool(permissions.works(user, election))
    found = ELECTIONS.actions(user, election, url=lambda name: reverse("election_act", args=[election.pk, name]))
    return [each for each in found if works or each.name in mine]


def links(user: Any, election: Election) -> list[Link]:
    found = []
    if permissions.can_vote(user, election):
        found.append(Link("投票", reverse("election_vote", args=[election.pk]), "primary", "check2-square"))
    if permissions.can_nominate(user, election):
        tone = "secondary" if election.nominations.exists() else "primary"
        found.append(Link("推荐", reverse("election_nominate", args=[election.pk]), tone, "plus-lg"))
    if permissions.can_count(user, election):
        label = "登记票数和拟入选名单" if election.voting == VotingWay.RECORDED else "确定拟入选名单"
        settled = found or election.nominations.filter(elected=True).exists()
        tone = "secondary" if settled else "primary"
        found.append(Link(label, reverse("election_count", args=[election.pk]), tone, "list-check"))
    if permissions.can_edit_election(user, election):
        found.append(Link("修改", reverse("election_edit", args=[election.pk]), icon="pencil"))
    return found


def facts(election: Election) -> list[tuple[str, Any]]:
    found = [("名额", elections.places_in_words(election)), ("名额依据", election.quota_text),
             ("投票方式", election.get_voting_display())]  # fmt: skip
    if election.voting == VotingWay.BALLOTS:
        cast, judges = elections.voted(election)
        found.append(("已投票", f"{cast} 人，共 {judges} 位评委"))
        found.append(("评委", "、".join(election.judges.order_by("name").values_list("name", flat=True))))
    if election.approved_by:
        found.append(("批准", f"{election.approved_by.name}，{cn_date(election.approved_at)}"))
    return found
