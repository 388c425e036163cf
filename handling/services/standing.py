"""The state of a dispatched proposal follows from its assignments, replies and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handling.enums import AssignmentState as A
from handling.enums import ItemKind, PromiseState, ReplyState
from handling.models import Assignment, ReplyItem
from handling.models.replies import overtaken
from proposals.enums import ProposalState as P
from proposals.models import Proposal
from proposals.workflow import BY_ASSIGNMENTS, FLOW

#: target state → name of the derived transition that leads there.
ROADS = {each.target: each.name for each in BY_ASSIGNMENTS}


def follow(*, proposal: Proposal, by: Any, reason: str = "") -> Proposal:
    """Moves the proposal to where its assignments are. Call it in the transaction that changed one of them."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    rows = list(Assignment.objects.live().filter(proposal=locked))
    wanted = state_of(rows, open_promises=has_open_promises(locked))
    if wanted != locked.state:
        with FLOW.step(locked, ROADS[wanted], by=by, reason=reason):
            pass
    return locked


def state_of(rows: Sequence[Assignment], *, open_promises: bool) -> P:
    """Pure: the proposal's state under these live assignments."""
    sent = [row for row in rows if row.state != A.PLANNED]
    answering = [row for row in sent if row.answers]
    if not sent:
        return P.FILED
    if any(row.state == A.REHANDLING for row in answering):
        return P.REHANDLING
    if answering and all(row.state == A.DONE for row in answering):
        return P.FOLLOW_UP if open_promises else P.CLOSED
    if answering and all(row.state in (A.REPLIED, A.DONE) for row in answering):
        return P.REPLIED
    return P.DISPATCHED if all(row.state == A.DISPATCHED for row in sent) else P.HANDLING


def has_open_promises(proposal: Proposal) -> bool:
    return ReplyItem.objects.filter(
        ~overtaken("reply__"), reply__assignment__proposal=proposal, reply__state=ReplyState.PASSED,
        kind=ItemKind.PROMISED, state=PromiseState.OPEN,
    ).exists()  # fmt: skip
