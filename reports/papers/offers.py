"""Which documents a proposal's page offers to whom."""

from __future__ import annotations

from typing import Any

from core import printing
from core.panels import Panel, Part
from handling.answering import answered_one, proposers_of
from handling.enums import ANSWERING, SENT, AssignmentRole, ReplyState
from handling.models import Assignment, Reply
from proposals.enums import FILED, UNSENT, ProposalState
from proposals.models import Proposal, Proposer
from proposals.panels import Sight, parts
from reports.papers import Offer, kinds


def offer(key: str, pk: int, part: int = 0, note: str = "") -> Offer:
    return Offer(kinds.get(key), pk, part, note)


def of_proposal(sight: Sight) -> list[Offer]:
    """In the order of the life; a constant number of queries."""
    proposal, found = sight.proposal, [offer("proposal_text", sight.proposal.pk)]
    decided = proposal.state in FILED or proposal.state == ProposalState.NOT_FILED
    if decided and (sight.own or sight.reads_all):
        found.append(offer("filing_notice", proposal.pk))
    if decided and proposal.state in FILED:
        found += of_handling(sight, answered_one(proposal))
    if sight.reads_all and proposal.state not in UNSENT:
        found.append(offer("handling_sheet", proposal.pk))
    return found


def of_handling(sight: Sight, answered: Proposal) -> list[Offer]:
    rows = list(Assignment.objects.live().filter(proposal=answered).select_related("unit").order_by("pk"))
    replies = list(Reply.objects.filter(assignment__in=rows).order_by("assignment_id", "round"))
    people = list(proposers_of(answered)) if replies else []
    found: list[Offer] = []
    for row in rows:
        if sight.reads_all or (row.unit_id in sight.unit_ids and row.state in SENT):
            found.append(offer("dispatch_letter", row.pk, note=row.unit.name))
            if row.state in SENT and answered.session_id:
                found.append(offer("dispatch_list", row.unit_id, answered.session_id, note=row.unit.name))
        for reply in replies:
            if reply.assignment_id == row.pk:
                found += of_reply(sight, row, reply, people, rows)
    return found


def of_reply(
    sight: Sight, row: Assignment, reply: Reply, people: list[Proposer], rows: list[Assignment]
) -> list[Offer]:
    works = sight.reads_all or row.unit_id in sight.unit_ids
    if row.role == AssignmentRole.COOP:
        leads = any(each.role == AssignmentRole.LEAD and each.unit_id in sight.unit_ids for each in rows)
        sent = reply.signed_on or reply.sent_at
        return [offer("coop_letter", reply.pk, note=row.unit.name)] if works or (leads and sent) else []
    mine = [each for each in people if each.member.user_id == sight.user.pk]
    if row.role not in ANSWERING or not (works or (reply.state == ReplyState.PASSED and (sight.own or mine))):
        return []
    round_ = f"第{reply.round}次，" if reply.round > 1 else ""
    shown = people if works else mine or [each for each in people if each.proposal_id == sight.proposal.pk]
    return [
        offer(key, reply.pk, each.pk, f"{round_}{row.unit.name}致{each.member.name}")
        for each in shown
        for key in ("reply_letter", "opinion_sheet")
    ]


def panels(sight: Sight) -> list[Panel]:
    offers = of_proposal(sight)
    return [Panel("reports/_papers.html", {"offers": offers}, side=True)] if offers else []


def on_page(user: Any, place: str, about: Any) -> list[Panel]:
    """For pages that are not made of parts: a reply's."""
    offers = reply_offers(user, about) if place == "reply" else []
    return [Panel("reports/_papers.html", {"offers": offers})] if offers else []


def reply_offers(user: Any, reply: Reply) -> list[Offer]:
    row = reply.assignment
    sight, rows = Sight(user, row.proposal), list(Assignment.objects.live().filter(proposal=row.proposal))
    people = list(proposers_of(row.proposal)) if row.role in ANSWERING else []
    return of_reply(sight, row, reply, people, rows)


def connect() -> None:
    parts.add(Part("papers", 70, panels=panels))
    printing.offers.register("reports", on_page)
