"""How a row of the URL × role table is written.

    Row("plan_detail", obj="plan.draft", ok="staff head", no="owner", rest=404)

`obj` names an object of tests.world; its key (or `args`) fills the URL. Groups of people by expected status:
`ok` 200, `no` 403, `gone` 404, `moved` 302, `bad` 422; `rest` is the status of everybody not named.
An anonymous caller is sent to the sign-in page (302) unless `public` gives another status. `download` marks
what is no page: files, feeds, JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.world import PEOPLE, World

STAFF_OF_TOWN = "staff head"
SEES_TOWN = "staff head county_staff county_head leader"
MEMBERS = "owner colleague stranger"
EVERYBODY = " ".join(PEOPLE)


@dataclass(frozen=True)
class Row:
    url: str
    obj: str = ""
    method: str = "GET"
    ok: str = ""
    no: str = ""
    gone: str = ""
    moved: str = ""
    bad: str = ""
    rest: int = 404
    public: int = 302
    args: Callable[[World], list[Any]] | None = None
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    download: bool = False

    def expected(self, person: str) -> int:
        for status, names in ((200, self.ok), (403, self.no), (404, self.gone), (302, self.moved), (422, self.bad)):
            if person in names.split():
                return status
        return self.rest

    def path(self, world: World) -> str:
        args = self.args(world) if self.args else ([world[self.obj].pk] if self.obj else [])
        return reverse(self.url, args=args) + self.query

    def missing_path(self) -> str:
        """The same address for an object that does not exist."""
        return reverse(self.url, args=[987654321])

    @property
    def label(self) -> str:
        return f"{self.method} {self.url}{self.query} {self.obj}".strip()
