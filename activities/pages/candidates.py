"""Choosing participants."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from activities import reach
from activities.models import Activity
from members.models import Member
from organisation.models import LiaisonGroup, Office


class CandidateFilter:
    """Who can be invited, narrowed by office, group and a piece of the name; at most SHOWN rows on one page.

    `of_groups`: those of the groups that take part, whatever is narrowed.
    """

    SHOWN = 300

    def __init__(self, data: QueryDict, activity: Activity, user: Any) -> None:
        self.q = data.get("q", "").replace("\x00", "").strip()
        self.group, self.office = (number(data.get(name, "")) for name in ("group", "office"))
        everybody = reach.candidates(user, activity)
        self.offices = list(Office.objects.filter(pk__in=reach.reach(user, activity)).order_by("code"))
        self.groups = group_choices(everybody.filter(office_id=self.office) if self.office else everybody)
        self.of_groups = everybody.filter(group__in=activity.groups.all())
        self.group_count = self.of_groups.count()
        self.rows = self.narrowed(everybody)
        self.count = self.rows.count()

    def narrowed(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        if self.office:
            rows = rows.filter(office_id=self.office)
        if self.group:
            rows = rows.filter(group_id=self.group)
        if self.q:
            found = Q(name__icontains=self.q) | Q(name_pinyin__icontains=self.q) | Q(name_initials__istartswith=self.q)
            rows = rows.filter(found)
        return rows.order_by("name_pinyin", "pk")

    @property
    def shown(self) -> list[Member]:
        return list(self.rows[: self.SHOWN])


def number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def group_choices(rows: QuerySet[Member]) -> list[LiaisonGroup]:
    """Groups of those who can still be invited, with `waiting`: how many of each."""
    inside = Q(members__in=rows.order_by().values("pk"))
    groups = LiaisonGroup.objects.annotate(waiting=Count("members", filter=inside, distinct=True))
    return list(groups.filter(waiting__gt=0).order_by("office_id", "order", "id"))
