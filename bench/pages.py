"""Which pages are measured, as whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A page as one of the bulk people opens it. `is_list` pages are explained too."""

    who: str
    path: str
    name: str
    is_list: bool = False


STAFF, LEADER, MEMBER, UNIT = "bulk-staff", "bulk-leader", "bulk-member", "bulk-unit"
FLOOR = Measured(STAFF, "/floor/", "floor: session, one query, 50 rows")
PAGES = (
    Measured(STAFF, "/", "home, office staff"),
    Measured(LEADER, "/", "home, leader over 30 offices"),
    Measured(MEMBER, "/", "home, member"),
    Measured(STAFF, "/members/", "members", True),
    Measured(STAFF, "/plans/", "plans of 30 offices", True),
    Measured(STAFF, "/plans/year/", "the year on one board, one office"),
    Measured(LEADER, "/plans/year/", "the year on one board, 30 offices"),
    Measured(STAFF, "/activities/", "activities", True),
    Measured(STAFF, "/activities/?page=100", "activities, page 100", True),
    Measured(STAFF, "/calendar/", "calendar of a month"),
    Measured(STAFF, "/findings/", "findings", True),
    Measured(STAFF, "/surveys/", "surveys", True),
    Measured(STAFF, "/proposals/", "proposals", True),
    Measured(STAFF, "/proposals/?page=200", "proposals, page 200", True),
    Measured(STAFF, "/proposals/?state=submitted", "proposals waiting for review", True),
    Measured(STAFF, "/proposals/?q=%E5%81%9C%E8%BD%A6", "proposals by a word", True),
    Measured(STAFF, "/proposals/?step=handle&category=society", "proposals with the units, one category", True),
    Measured(STAFF, "/handling/", "assignments", True),
    Measured(STAFF, "/handling/?light=red", "assignments overdue", True),
    Measured(STAFF, "/replies/", "replies", True),
    Measured(STAFF, "/promises/", "promises", True),
    Measured(STAFF, "/proposals/statistics/", "statistics of proposals"),
    Measured(STAFF, "/statistics/?year=2025", "statistics of a county with its offices"),
    Measured(UNIT, "/", "home, a unit's desk"),
    Measured(UNIT, "/handling/", "assignments of a unit", True),
    Measured(STAFF, "/opinions/", "social opinions", True),
    Measured(STAFF, "/reports/", "reports", True),
    Measured(MEMBER, "/activities/", "activities, as a member", True),
    Measured(MEMBER, "/calendar/", "calendar, as a member"),
    Measured(MEMBER, "/my/record/", "own record with attendance, as a member"),
    Measured(MEMBER, "/proposals/mine/", "own proposals, as a member", True),
    Measured(MEMBER, "/opinions/mine/", "own opinions, as a member", True),
)
