"""What this app offers to the lower ones: navigation, to-dos, panels of a proposal's page, measures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core.navigation import Entry, register
from notices.todos import Todo, sources
from organisation.selectors import grants
from proposals.panels import parts
from supervision import measures
from supervision.enums import ElectionState, VotingWay
from supervision.models import Election
from supervision.panels import proposal
from supervision.selectors.key_cases import open_of_leader
from supervision.selectors.publication import to_decide, waiting

GROUP = "督办与评优"


def looks_in(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_PROPOSALS)


def works(user: Any) -> bool:
    return grants(user).holds(Can.RECEIVE_PROPOSALS)


def todos(user: Any) -> list[Todo]:
    """Leaders: their key proposals, results to approve. Judges: ballots. Staff: what can be made public."""
    held, found = grants(user), []
    if not held.roles:
        return found
    if held.holds(Can.VIEW_PROPOSALS):
        url = f"{reverse('key_case_list')}?state=confirmed"
        found.append(Todo("请您督办的重点提案", open_of_leader(user), url, "star"))
    if offices := held.where(Can.APPROVE_AWARDS):
        rows = Election.objects.filter(state=ElectionState.DELIBERATING, office_id__in=offices)
        found.append(Todo("等您批准的评优结果", rows, reverse("election_list"), "award", urgent=True))
    rows = Election.objects.filter(state=ElectionState.JUDGING, voting=VotingWay.BALLOTS, judges__pk=user.pk).exclude(
        nominations__ballots__judge_id=user.pk
    )
    if held.holds(Can.VIEW_PROPOSALS):
        found.append(Todo("等您投票的评选", rows, reverse("election_list"), "check2-square", urgent=True))
    if held.holds(Can.RECEIVE_PROPOSALS):
        url = f"{reverse('publication_list')}?standing=waiting"
        found.append(Todo("可以审定公开的提案", waiting(to_decide(user)), url, "globe2"))
    return found


def connect() -> None:
    register(Entry("key_case_list", "重点提案", "star", GROUP, looks_in, order=37))
    register(Entry("look_back_list", "回头看", "arrow-counterclockwise", GROUP, looks_in, order=38))
    register(Entry("election_list", "评优", "award", GROUP, looks_in, order=38))
    register(Entry("publication_list", "公开审定", "globe2", GROUP, works, order=39))
    register(Entry("exchange_list", "数据交换", "arrow-left-right", GROUP, works, order=39))
    sources.register("supervision", todos)
    for part in proposal.PARTS:
        parts.add(part)
    measures.install()
