"""The page of statistics: what was chosen in the address, and what is shown for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from accounts.roles import Can
from core.clock import today
from core.components import Link, Page
from organisation.models import Office
from organisation.selectors import descend, grants, home_office
from reports import permissions
from reports.statistics import comparison, drawing
from reports.statistics.comparison import Line, Side
from reports.statistics.counting import LAST, Basics, Count, Group
from reports.statistics.kinds import KINDS, KeyFigure, definitions, figures
from reports.statistics.periods import PARTS, WHOLE, Period, chosen

ALL, DOCUMENT = "all", "year_statistics"
#: How many years the choice offers.
YEARS = 6


@dataclass(frozen=True)
class Asked:
    """What an address asks for: `own` without the offices below, `per_member` the comparison divided by members.

    `user` is None for a document, which is made for nobody in particular.
    """

    user: Any | None
    office: Office
    period: Period
    #: Those the reader looks into, closed ones too: they worked as well.
    known: Sequence[Office]
    own: bool = False
    per_member: bool = False

    @property
    def offices(self) -> list[Office]:
        return [each for each in self.known if each.is_active]

    @cached_property
    def tree(self) -> Mapping[int | None, list[int]]:
        """Of what the reader looks into, which holds everything below the chosen office."""
        found: dict[int | None, list[int]] = {}
        for each in self.known:
            found.setdefault(each.parent_id, []).append(each.pk)
        return found

    @cached_property
    def office_ids(self) -> frozenset[int]:
        return frozenset({self.office.pk} if self.own else descend(self.office.pk, self.tree))

    @property
    def has_below(self) -> bool:
        return bool(self.tree.get(self.office.pk))

    def url(self, **changed: Any) -> str:
        """The same page with something changed."""
        given = {"office": self.office.pk, "year": self.period.year, "part": self.period.part,
                 "own": "1" if self.own else "", "per": "1" if self.per_member else "", **changed}  # fmt: skip
        kept = {key: value for key, value in given.items() if value not in ("", WHOLE)}
        return f"{reverse('statistics')}?{urlencode(kept)}"


def asked(user: Any, given: Mapping[str, str]) -> Asked:
    """Raises Http404 for an office the user does not look into."""
    seen = grants(user).where(Can.VIEW_REPORTS)
    known = list(Office.objects.filter(pk__in=seen).select_related("parent"))
    offices = [each for each in known if each.is_active]
    home, wanted = home_office(user), given.get("office", "")
    usual = next((each for each in offices if home and each.pk == home.pk), offices[0] if offices else None)
    office = next((each for each in offices if str(each.pk) == wanted), None) if wanted else usual
    if office is None:
        raise Http404
    period = chosen(given.get("year", ""), given.get("part", ""))
    return Asked(user, office, period, known, given.get("own") == "1", given.get("per") == "1")


@dataclass(frozen=True)
class Counted:
    """Everything the page and the document say, counted together."""

    asked: Asked
    count: Count
    sides: Sequence[Side] = ()

    @cached_property
    def now(self) -> Basics:
        return self.count.of(ALL)

    @cached_property
    def figures(self) -> list[KeyFigure]:
        return figures(self.now, self.count.of(ALL, LAST))

    def lines(self, per_member: bool = False) -> list[Line]:
        return [
            Line(each, self.count.of(each.key), per_member,
                 self.asked.url(office=each.office.pk, own="1" if each.is_part else "") if each.is_open else "")
            for each in self.sides
        ]  # fmt: skip

    def total(self, per_member: bool = False) -> Line | None:
        """Of the chosen office and those below it, when these are what is compared."""
        if not any(each.is_part for each in self.sides):
            return None
        whole = Side(ALL, self.asked.office, "合计", self.asked.office_ids, True)
        return Line(whole, self.now, per_member)


def counted(of: Asked) -> Counted:
    """Queries are run when a figure is first asked for; their number does not depend on the number of offices."""
    sides = [] if of.own else comparison.sides(of.user, of.office, of.offices, of.tree)
    home = of.office.pk if of.own and of.has_below else None
    groups = [Group(ALL, of.office_ids, of.office.pk, earlier=True, home=home), *(side.group for side in sides)]
    reach = {each.office.pk: frozenset(descend(each.office.pk, of.tree)) for each in sides}
    reach[of.office.pk] = frozenset(descend(of.office.pk, of.tree))
    return Counted(of, Count(groups, of.period, reach), sides)


# --- what the page shows -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Section:
    """A band of key figures."""

    title: str
    figures: list[KeyFigure] = field(default_factory=list)


def sections(found: Sequence[KeyFigure]) -> list[Section]:
    titles = dict.fromkeys(kind.section for kind in KINDS)
    return [Section(title, [each for each in found if each.kind.section == title]) for title in titles]


def context(of: Counted) -> dict[str, Any]:
    return {
        "page": head(of.asked),
        "asked": of.asked,
        "years": sorted({*range(today().year, today().year - YEARS, -1), of.asked.period.year}, reverse=True),
        "parts": [(key, label) for key, (label, _, _) in PARTS.items()],
        "sections": sections(of.figures),
        "serving": of.now.serving,
        "charts": drawing.charts_of(of.count, ALL),
        "definitions": definitions(),
        "per_url": of.asked.url(per="" if of.asked.per_member else "1"),
    }


def head(of: Asked) -> Page:
    below = "（含下级）" if of.has_below and not of.own else "（本级）" if of.has_below else ""
    lead = "，".join(part for part in (of.period.words, of.period.until) if part)
    return Page(
        f"{of.office.short_name}{below}统计", f"{lead}；与上年同期（{of.period.last_words}）比较",
        breadcrumbs=crumbs(of), actions=actions(of),
    )  # fmt: skip


def crumbs(of: Asked) -> list[tuple[str, str]]:
    """统计, then the offices above that the reader looks into."""
    above = [each for each in of.offices if each.pk == of.office.parent_id]
    return [
        ("首页", "/"), *((f"{each.short_name}统计", of.url(office=each.pk, own="")) for each in above),
        (f"{of.office.short_name}统计", ""),
    ]  # fmt: skip


def actions(of: Asked) -> list[Link]:
    """The year as a document, for those who make documents; the figures of proposals in detail."""
    given = urlencode({"office": of.office.pk, "period": f"y{of.period.year}"})
    found = [Link("提案统计", f"{reverse('proposal_statistics')}?{given}", icon="bar-chart")]
    if of.period.part == WHOLE and not of.own and permissions.can_make(of.user, of.office):
        url = reverse("report_make", args=[DOCUMENT, of.office.pk, of.period.year])
        found.append(Link("生成 PDF、Word、Excel", url, icon="file-earmark-text", post=True))
    return found
