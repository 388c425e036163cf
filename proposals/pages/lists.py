"""What stands above the office's list: where the proposals are, and what can be done to many at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, OuterRef, Prefetch, QuerySet, Subquery, When
from django.http import HttpRequest

from core import savedviews
from proposals.enums import STEPS, UNDECIDED, ProposalState
from proposals.filters import ProposalFilter
from proposals.models import Proposer, Recommendation

#: They choose among the states; a chip replaces them.
BY_STATE = ("step", "state", "page", "export")


@dataclass(frozen=True)
class Chip:
    """One group of states: how many, and the list of them."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Counted:
    """The chips, and how many rows the list itself has (None: its own filter decides)."""

    chips: list[Chip]
    rows: int | None


def by_stage(request: HttpRequest, rows: QuerySet) -> Counted:
    """One query: the rows under all other filters, by group of states. Groups without any are left out."""
    others = request.GET.copy()
    for name in BY_STATE:
        others.pop(name, None)
    found = ProposalFilter(others, queryset=rows, request=request).qs.order_by().values_list("state")
    number = dict(found.annotate(Count("pk")))
    chosen, state, base = request.GET.get("step", ""), request.GET.get("state", ""), others.urlencode()
    shown = [Chip("全部", sum(number.values()), f"?{base or savedviews.EVERYTHING}", not chosen and not state)]
    for key, (label, states) in STEPS.items():
        count = sum(number.get(each, 0) for each in states)
        if count or chosen == key:
            shown.append(Chip(label, count, f"?{base}&step={key}" if base else f"?step={key}", chosen == key))
    return Counted(shown, listed_count(number, chosen, state))


def listed_count(number: dict[str, int], chosen: str, state: str) -> int | None:
    """What the list's own filter will leave; None when something strange was asked for."""
    if (chosen and chosen not in STEPS) or (state and state not in ProposalState):
        return None
    wanted = STEPS[chosen][1] if chosen else set(number)
    return sum(count for each, count in number.items() if each in wanted and state in ("", each))


def listed(rows: QuerySet) -> QuerySet:
    """With what a row of the list shows, in a constant number of queries."""
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    advice = Recommendation.objects.filter(proposal=OuterRef("pk"), is_current=True).values("verdict")
    found = rows.select_related("home_office", "session__term").prefetch_related(Prefetch("proposers", queryset=people))
    # Looked up for undecided ones only: on a late page the database would do it for every row before it.
    return found.annotate(advised=Case(When(state__in=UNDECIDED, then=Subquery(advice[:1])), default=None))


def with_advice(rows: QuerySet) -> QuerySet:
    """The current recommendation of each, for the preview of bulk acts."""
    current = Recommendation.objects.filter(is_current=True).select_related("merge_into")
    return rows.prefetch_related(Prefetch("recommendations", queryset=current))
