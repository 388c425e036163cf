"""What became of similar proposals: the units' answers, in few words, for the similarity index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import F
from django.db.models.functions import Coalesce

from handling.defaults import REPLY_CATEGORY
from handling.enums import ANSWERING, ItemKind, ReplyState
from handling.models import Assignment, Reply
from organisation.selectors import code_labels
from proposals.models import Proposal
from similar.sources import Result, results

#: How the points of a reply are told to somebody who may not read it.
TOLD = {ItemKind.DONE: "已落实", ItemKind.PROMISED: "计划落实", ItemKind.NOT_ADOPTED: "未采纳"}


def answers(kind: str, pks: Collection[int]) -> dict[int, list[Result]]:
    """Of each unit that answers the proposers, its newest delivered reply or where it stands; those of the lead for a
    merged one. Four queries.
    """
    if kind != "proposals" or not pks:
        return {}
    leads = dict(Proposal.objects.filter(pk__in=pks).values_list("pk", Coalesce(F("merged_into_id"), F("pk"))))
    found: dict[int, list[Result]] = {}
    replies, labels = newest_replies(leads.values()), code_labels(REPLY_CATEGORY)
    rows = Assignment.objects.live().filter(proposal_id__in=leads.values(), role__in=ANSWERING)
    for row in rows.exclude(dispatched_at=None).select_related("unit"):
        found.setdefault(row.proposal_id, []).append(result(row, replies.get(row.pk), labels))
    return {pk: found[lead] for pk, lead in leads.items() if lead in found}


def newest_replies(proposal_ids: Collection[int]) -> dict[int, Reply]:
    """assignment → its newest delivered reply."""
    rows = Reply.objects.filter(assignment__proposal_id__in=proposal_ids, state=ReplyState.PASSED)
    return {row.assignment_id: row for row in rows.order_by("round").prefetch_related("items")}


def result(row: Assignment, reply: Reply | None, labels: dict[str, str]) -> Result:
    if reply is None:
        return Result(row.unit.name, row.state_label)
    counted = Counter(item.kind for item in reply.items.all())
    points = "、".join(f"{words} {counted[kind]} 项" for kind, words in TOLD.items() if counted[kind])
    return Result(row.unit.name, labels.get(reply.category, reply.category) or row.state_label, points, reply.body)


def connect() -> None:
    results.register("handling", answers)
