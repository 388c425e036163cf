"""Where texts come from and what became of them: apps above register here.

    sources.register("proposals", Source(…))          # the app that owns the records
    results.register("handling", answers)             # an app above it that knows replies and results

This app knows records only as (kind, pk).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.pages import Link
from core.permissions import Permission
from core.registry import Registry


@dataclass(frozen=True)
class Written:
    """What is compared of a record. `dated`: the day it was handed in."""

    title: str
    body: str
    dated: date | None = None


@dataclass(frozen=True)
class Face:
    """How a hit is shown. `number`, `note` and `state` are fit for everybody who may see the line; `people` are ids of
    members, to tell one's own earlier text.
    """

    title: str
    number: str
    state: str
    tone: str
    url: str
    note: str = ""
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Result:
    """What one unit answered. `summary` is fit for whoever sees the line, `text` only for readers of the record."""

    unit: str
    outcome: str
    summary: str = ""
    text: str = ""


def nobody_else(user: Any, record: Any, other_pk: int) -> list[Link]:
    return []


@dataclass(frozen=True)
class Source:
    """One kind of records.

    `received`: those that are compared at all, never drafts. `visible`: what the user may open. `lines`: further ones
    of which the user may see a line without people and without the text. `typed`: title and body out of a form's
    data. `may_ask`: who may look while writing; `may_review`: who may look at what is similar to this record.
    `offers`: what a reviewer can do with a hit.
    """

    label: str
    counter: str
    received: Callable[[], QuerySet]
    written: Callable[[Any], Written]
    visible: Callable[[Any], QuerySet]
    lines: Callable[[Any], QuerySet]
    faces: Callable[[Collection[int]], dict[int, Face]]
    typed: Callable[[Mapping[str, str]], Written]
    may_ask: Callable[[Any], Permission]
    may_review: Callable[[Any, Any], Permission]
    offers: Callable[[Any, Any, int], Sequence[Link]] = field(default=nobody_else)


#: (kind, pks) → what was answered, for those that have an answer.
Answers = Callable[[str, Collection[int]], dict[int, list[Result]]]

sources: Registry[Source] = Registry("source of texts")
results: Registry[Answers] = Registry("source of results")


def results_of(kind: str, pks: Collection[int]) -> dict[int, list[Result]]:
    """pk → results, of all apps that know some."""
    found: dict[int, list[Result]] = {}
    for answers in results:
        for pk, more in answers(kind, pks).items():
            found.setdefault(pk, []).extend(more)
    return found
