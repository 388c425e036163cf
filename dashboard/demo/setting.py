"""What the parts of the demo hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from accounts.models import User
from members.models import Member
from organisation.models import LiaisonGroup, Office, Term

#: The three offices, from the top.
OFFICES = ("county", "town", "street")
#: Who does the work of each office, by user name.
STAFF = {"county": "county-staff", "town": "staff", "street": "street-staff"}
HEAD = "county-head"


@dataclass
class Setting:
    """`year` and `month` are the current ones; months before it in `year` have passed, and all of last year."""

    year: int
    month: int
    offices: dict[str, Office] = field(default_factory=dict)
    groups: dict[str, list[LiaisonGroup]] = field(default_factory=dict)
    term: Term | None = None
    people: dict[str, User] = field(default_factory=dict)
    members: dict[str, list[Member]] = field(default_factory=dict)
    passwords: list[tuple[str, str, str]] = field(default_factory=list)
    lineages: dict[tuple[str, int, str], Any] = field(default_factory=dict)

    @property
    def last_year(self) -> int:
        return self.year - 1

    def staff(self, office: str) -> User:
        return self.people[STAFF[office]]

    def chance(self, what: str) -> Random:
        """The same throws for the same part in every demo of the year."""
        return Random(f"{what} {self.year}")

    def is_past(self, year: int, month: int) -> bool:
        return (year, month) < (self.year, self.month)

    def everybody(self) -> list[Member]:
        return [member for office in OFFICES for member in self.members[office]]
