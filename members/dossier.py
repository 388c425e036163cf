"""One member, one file (一委员一档案): the sections below a member's basic data and on the page “我的履职”.

Upper apps register their section in AppConfig.ready(); the detail page, the member's own page and the printed dossier
show all of them the same way, so a figure is computed once (law 4).

    from members.dossier import LATEST, Content, DossierSection, Figure, Record, register

    def my_activities(member, user, year):
        rows = list(Attendance.objects.filter(member=member, activity__starts_at__year=year).select_related("activity"))
        link = f"{reverse('activity_list')}?member={member.pk}&year={year}"
        records = [
            Record((row.activity.title, cn_date(row.activity.starts_at), row.get_state_display()),
                   url=row.activity.get_absolute_url())
            for row in rows[:LATEST]
        ]
        return Content(figures=[Figure("出席活动", len(rows), "次", url=link)], records=records, all_url=link)

    register(DossierSection("activities", "参加活动", ("活动", "时间", "出席"), my_activities, order=10, icon="people"))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.registry import Registry

if TYPE_CHECKING:
    from members.models import Member

#: How many of the latest records a section shows; the figures lead to all of them.
LATEST = 10


@dataclass(frozen=True)
class Figure:
    """One summary figure. `url` leads to the records behind it; leave it empty when this user may not open them."""

    label: str
    value: int | str
    unit: str = ""
    url: str = ""


@dataclass(frozen=True)
class Record:
    """One row: as many cells as the section has columns, plain text. The first cell is the link when `url` is set."""

    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class Content:
    """What a section says about one member and one year. `records` newest first, at most LATEST of them.

    `all_url` and `all_label` lead to the full list, when there is one this user may open.
    """

    figures: Sequence[Figure] = ()
    records: Sequence[Record] = ()
    all_url: str = ""
    all_label: str = "查看全部"


@dataclass(frozen=True)
class DossierSection:
    """`content(member, user, year)` costs at most two queries and returns only what `user` may see of that calendar
    year (the member always sees the own records). `columns` are the heads of the cells of its records.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    content: Callable[[Member, Any, int], Content]
    order: int = 50
    icon: str = "folder2"
    empty: str = "这一年还没有记录。"


@dataclass(frozen=True)
class Chapter:
    """A section with its content, as the templates show it."""

    section: DossierSection
    content: Content = field(default_factory=Content)

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(address, [(column, text), …]) of each record, for tables that become cards on phones."""
        heads = self.section.columns
        return [(each.url, list(zip(heads, each.cells, strict=True))) for each in self.content.records]

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """(title, address, the other cells in one line) of each record, for large plain cards."""
        return [
            (each.cells[0], each.url, " · ".join(cell for cell in each.cells[1:] if cell))
            for each in self.content.records
        ]


sections: Registry[DossierSection] = Registry("dossier section")


def register(section: DossierSection) -> DossierSection:
    return sections.register(section.key, section)


def chapters(member: Member, user: Any, year: int) -> list[Chapter]:
    """Every section of the member's file for the year, in their order."""
    ordered = sorted(sections, key=lambda section: section.order)
    return [Chapter(section, section.content(member, user, year)) for section in ordered]
