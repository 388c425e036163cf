"""The pages of planning, dispatching and signing for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Can
from core.pages import Link, Page
from handling import selectors
from handling.enums import AssignmentRole
from handling.models import Assignment
from handling.suggestions import Suggestion
from organisation.selectors import grants
from proposals import pages as proposal_pages
from proposals.models import Proposal
from proposals.selectors import with_people

SIGN_HELP = (
    "怎样签收\n\n点开每件提案看过正文和附件，确认由本单位办理，再勾选。\n\n"
    "不属于本单位职责的不要勾选，请打开那件提案“申请改办”。"
)
#: The board shows at most this many proposals that wait for units; the rest come with the next visit.
MOST_WAITING = 50


def crumbs(user: Any, row: Assignment, *more: str) -> list[tuple[str, str]]:
    return proposal_pages.crumbs(user, row.proposal, *more)


def list_page(user: Any) -> Page:
    held = grants(user)
    if held.unit_ids and not held.holds(Can.VIEW_PROPOSALS):
        return Page("提案办理", lead="交办给本单位的提案。点案由看全文，在那里办理。")
    actions = []
    if held.holds(Can.RECEIVE_PROPOSALS):
        actions = [Link("交办", reverse("assignment_board"), "primary", "send")]
    return Page("提案办理", lead="已经交办的提案，一个承办单位一行。", actions=actions)


def plan_page(user: Any, proposal: Proposal) -> Page:
    lead = "先选承办单位，保存后承办单位还不知道；交办时才通知。"
    return Page(f"拟定承办单位：{proposal}", lead=lead, badge=proposal.state_label, badge_tone=proposal.tone,
                breadcrumbs=proposal_pages.crumbs(user, proposal, "拟定承办单位"))  # fmt: skip


def wished_url(advice: list[Suggestion]) -> str:
    """The same page with the units the proposer wished for filled in; empty when none is known."""
    wished = [str(each.unit.pk) for each in advice if each.wished]
    return f"?units={','.join(wished)}" if wished else ""


def phones_page(user: Any, row: Assignment) -> Page:
    return Page("提案人电话", lead=str(row.proposal), breadcrumbs=crumbs(user, row, "提案人电话"))


def sign_all_page(count: int) -> Page:
    listed = ("提案办理", reverse("assignment_list"))
    return Page("签收提案", lead=f"有 {count} 件提案待签收。", breadcrumbs=[listed, ("签收", "")])


def board_page() -> Page:
    listed = ("提案办理", reverse("assignment_list"))
    return Page("交办", lead="先给立案的提案选承办单位，再一起交办。交办会可以在这里一次办完。",
                breadcrumbs=[listed, ("交办", "")])  # fmt: skip


@dataclass(frozen=True)
class UnitLine:
    """How many of the planned proposals one unit gets, by role: 主办 3、会办 2."""

    name: str
    total: int
    roles: str


def board(user: Any, ready: QuerySet) -> dict[str, Any]:
    waiting = with_people(selectors.to_assign(grants(user).where(Can.RECEIVE_PROPOSALS)))
    shown = list(waiting.order_by("session_id", "case_no", "pk")[: MOST_WAITING + 1])
    return {"waiting": shown[:MOST_WAITING], "more": len(shown) > MOST_WAITING, "lines": unit_lines(ready),
            "count": len(ready)}  # fmt: skip


def unit_lines(ready: QuerySet) -> list[UnitLine]:
    roles: dict[str, Counter[str]] = {}
    for proposal in ready:
        for row in proposal.assignments.all():
            if row.state == "planned":
                roles.setdefault(row.unit.name, Counter())[row.role] += 1
    return [UnitLine(name, sum(each.values()), in_words(each)) for name, each in roles.items()]


def in_words(roles: Counter[str]) -> str:
    return "、".join(f"{role.label} {roles[role]}" for role in AssignmentRole if roles[role])
