"""What stands above the office's list: where the proposals are, and what can be done to many at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest

from proposals.enums import STEPS
from proposals.filters import ProposalFilter
from proposals.models import Recommendation

#: They choose among the states; a chip replaces them.
BY_STATE = ("step", "state", "page", "export")


@dataclass(frozen=True)
class Chip:
    """One group of states: how many, and the list of them."""

    label: str
    count: int
    url: str
    chosen: bool


def chips(request: HttpRequest, rows: QuerySet) -> list[Chip]:
    """One query: the rows under all other filters, by group of states. Groups without any are left out."""
    others = request.GET.copy()
    for name in BY_STATE:
        others.pop(name, None)
    found = ProposalFilter(others, queryset=rows, request=request).qs.order_by().values_list("state")
    number = dict(found.annotate(Count("pk")))
    chosen, base = request.GET.get("step", ""), others.urlencode()
    shown = [Chip("全部", sum(number.values()), f"?{base}", not chosen and not request.GET.get("state"))]
    for key, (label, states) in STEPS.items():
        count = sum(number.get(state, 0) for state in states)
        if count or chosen == key:
            shown.append(Chip(label, count, f"?{base}&step={key}" if base else f"?step={key}", chosen == key))
    return shown


def with_advice(rows: QuerySet) -> QuerySet:
    """The current recommendation of each."""
    current = Recommendation.objects.filter(is_current=True).select_related("merge_into")
    return rows.prefetch_related(Prefetch("recommendations", queryset=current))
