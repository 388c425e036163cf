"""Offices beside each other: the ones below the chosen one, or, for an office without any, those beside it.

Figures of an office are for the people of the offices above it; the rule SIBLINGS of the office above opens them to
the offices beside each other, as figures only: the records stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.roles import Can
from organisation.models import Office
from organisation.selectors import children_by_parent, descend, grants, rule
from reports.statistics.counting import Basics, Group
from reports.statistics.kinds import KINDS, Kind, Value

SIBLINGS = "statistics.siblings"
Tree = Mapping[int | None, list[int]]


@dataclass(frozen=True)
class Side:
    """One line of the comparison. `is_open`: whether the reader may look at its records too."""

    key: str
    office: Office
    label: str
    office_ids: frozenset[int]
    is_open: bool
    is_own: bool = False

    @property
    def group(self) -> Group:
        if self.is_part:
            return Group(self.key, self.office_ids, home=self.office.pk)
        return Group(self.key, self.office_ids, self.office.pk)

    @property
    def is_part(self) -> bool:
        """The office without those below it; its plan belongs to the whole."""
        return self.key == "part"


def sides(user: Any | None, office: Office, seen: Sequence[Office], tree: Tree) -> list[Side]:
    """Of the offices the user looks into; empty where there is nothing to compare with. A document is made for nobody
    in particular and says what everybody of the office may read."""
    below = [each for each in seen if each.parent_id == office.pk]
    if below:
        own = Side("part", office, f"{office.short_name}（本级）", frozenset({office.pk}), True, True)
        return [own, *(side(each, tree) for each in below)]
    beside = [each for each in seen if office.parent_id and each.parent_id == office.parent_id]
    found = [side(each, tree, is_own=each == office) for each in beside] + closed(user, office)
    return sorted(found, key=lambda each: each.office.code) if len(found) > 1 else []


def closed(user: Any | None, office: Office) -> list[Side]:
    """Offices beside it whose figures the office above lets them see; only for an office at the edge of what the user
    looks into."""
    where = grants(user).where(Can.VIEW_REPORTS)
    if user is None or office.parent_id is None or office.parent_id in where or not rule(SIBLINGS, office.parent):
        return []
    rows, tree = (
        Office.objects.filter(parent=office.parent_id, is_active=True).exclude(pk__in=where),
        children_by_parent(),
    )
    return [side(each, tree, is_open=False) for each in rows]


def side(office: Office, tree: Tree, *, is_own: bool = False, is_open: bool = True) -> Side:
    return Side(f"o{office.pk}", office, office.short_name, frozenset(descend(office.pk, tree)), is_open, is_own)


@dataclass(frozen=True)
class Line:
    """The figures of one side; `page_url` is its own page of statistics, empty where the reader has none."""

    side: Side
    basics: Basics
    per_member: bool = False
    page_url: str = ""

    @property
    def serving(self) -> int:
        return self.basics.serving

    def value(self, kind: Kind) -> Value:
        found = kind.value(self.basics)
        if not self.per_member or not kind.each or found is None:
            return found
        return round(found / self.serving, 2) if self.serving else None

    def of(self, kind: Kind) -> str:
        """What it is a part of: /10 of ten targets."""
        summary = self.basics.summary
        return f"/{summary.total}" if kind.key == "targets" and summary else ""

    def url(self, kind: Kind) -> str:
        return kind.url(self.basics) if self.side.is_open else ""


#: Beside each other stand those that say most in one number.
COMPARED = frozenset({
    "targets", "activities", "person_times", "attendance", "collected", "filing_rate", "on_time", "satisfaction",
    "kept", "opinions", "accepted",
})  # fmt: skip


def columns(lines: Sequence[Line]) -> list[Kind]:
    """Per member only what can be divided, and the rates; a column nobody has a figure in is left out."""
    per_member = any(line.per_member for line in lines)
    wanted = [kind for kind in KINDS if kind.key in COMPARED and (not per_member or kind.each or kind.is_rate)]
    return [kind for kind in wanted if any(line.value(kind) is not None for line in lines)]
