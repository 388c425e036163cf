"""One act on many proposals of the list. Apps register theirs; list, preview, confirmation and results are shared.

    from proposals.bulk import BulkAction, Fate, actions
    actions.add(BulkAction("dispatch", "交办", 60, lead="…", allowed=…, foresee=…, perform=…))     # one by one
    actions.add(BulkAction("export", "导出", 90, lead="…", allowed=…, together=…, form=…))         # all at once

Each proposal is done in a transaction of its own: what one refuses does not undo the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.roles import Can
from core.registry import Registry
from organisation.selectors import grants, home_line
from proposals.models import Proposal, Recommendation
from proposals.workflow import FLOW


@dataclass(frozen=True)
class Fate:
    """What will happen to one proposal, in words; or why nothing can (`can` is False)."""

    can: bool
    text: str


def in_order(proposal: Proposal) -> Any:
    """As they were handed in, so that numbers given in one go follow the submissions."""
    return (proposal.session_id or 0, proposal.serial_no or 0, proposal.submitted_at, proposal.pk)


def goes(proposal: Proposal, user: Any) -> Fate:
    return Fate(True, "")


@dataclass(frozen=True)
class BulkAction:
    """`allowed(user)`: whether the list offers it. `foresee(proposal, user)` reads only what the list has loaded.

    `perform(proposal, user, values)` is one service call and gives the sentence for the result; `together(proposals,
    user, values)` takes the whole selection instead and gives the address to go to. `form(data, proposals=…, user=…)`
    asks for more; its cleaned data are the `values`. `order`: the place in the menu.
    """

    key: str
    label: str
    order: int
    lead: str
    allowed: Callable[[Any], bool]
    foresee: Callable[[Proposal, Any], Fate] = goes
    perform: Callable[[Proposal, Any, Mapping[str, Any]], str] | None = None
    together: Callable[[Sequence[Proposal], Any, Mapping[str, Any]], str] | None = None
    form: Callable[..., Any] | None = None
    sequence: Callable[[Proposal], Any] = in_order


class Actions(Registry[BulkAction]):
    def add(self, action: BulkAction) -> BulkAction:
        return self.register(action.key, action)

    def offered(self, user: Any) -> list[BulkAction]:
        """What this user may start, in the order of the menu."""
        return sorted((each for each in self if each.allowed(user)), key=lambda each: each.order)


actions: Actions = Actions("bulk action")


# --- what most of them need --------------------------------------------------------------------------------------
def receives(user: Any) -> bool:
    """Works in the committee's office, which receives the proposals; a liaison office only reads them."""
    line = home_line(user)
    return bool(line) and line[-1] in grants(user).where(Can.RECEIVE_PROPOSALS)


def views(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_PROPOSALS)


def by_table(name: str, text: str) -> Callable[[Proposal, Any], Fate]:
    """Foresees the transition `name`: who may start it, and from which states."""
    transition = FLOW.transitions[name]

    def foresee(proposal: Proposal, user: Any) -> Fate:
        answer = transition.allowed(user, proposal)
        if not answer:
            return Fate(False, answer.reason)
        if proposal.state not in transition.sources:
            return Fate(False, f"现在是“{proposal.state_label}”，不能{transition.label}。")
        return Fate(True, text)

    return foresee


def advice_of(proposal: Proposal) -> Recommendation | None:
    """The current recommendation, from what the list has loaded."""
    return next((row for row in proposal.recommendations.all() if row.is_current), None)
