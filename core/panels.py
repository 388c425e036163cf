"""A record's page made of parts: each adds buttons, lines of a checklist and panels from a module of its own.

    parts = Parts("part of an activity's page")                # in the app that owns the page
    parts.add(Part("photos", 50, links=…, checks=…, panels=…))  # in the app or module that offers the part
    parts.gathered("panels", sight)                             # in the view

The order of the parts is the order on the page. `sight` is one user's look at one record, read once and handed to
every part. A part that has nothing to say to this user gives empty lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.pages import Link
from core.registry import Registry


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `url` leads to where it is filled in, empty for those who may not."""

    label: str
    done: bool
    text: str
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A piece of the page: the template sees `panel`, the context given here. `side`: the narrow column."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    side: bool = False


def nothing(sight: Any) -> list[Any]:
    return []


@dataclass(frozen=True)
class Part:
    """`links` are buttons in the head for those who work on the record; keep them few."""

    key: str
    order: int
    links: Callable[[Any], list[Link]] = nothing
    checks: Callable[[Any], list[Check]] = nothing
    panels: Callable[[Any], list[Panel]] = nothing


class Parts(Registry[Part]):
    def add(self, part: Part) -> Part:
        return self.register(part.key, part)

    def gathered(self, what: str, sight: Any) -> list[Any]:
        """All `links`, `checks` or `panels` of the parts, in their order."""
        ordered = sorted(self, key=lambda part: part.order)
        return [each for part in ordered for each in getattr(part, what)(sight)]
