"""What waits for a person: each app registers its sources, the home page and the bell read them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from core import counts
from core.registry import Registry


@dataclass(frozen=True)
class Todo:
    """`count` things of one kind that wait, or the rows of them; `urgent` colours the row and is said in words too.

    Rows are counted together with those of all other sources, in one query: prefer them to a number.
    """

    label: str
    count: int | QuerySet
    url: str
    icon: str = "inbox"
    urgent: bool = False


#: name → function (user) -> list[Todo]; a source that gives rows costs nothing of its own, any other one query.
sources: Registry[Callable[[Any], list[Todo]]] = Registry("to-do source")


def waiting_for(user: Any) -> list[Todo]:
    """Everything that waits for the user, without empty rows, urgent first."""
    asked = [todo for source in sources for todo in source(user)]
    numbers = counts.together({at: todo.count for at, todo in enumerate(asked) if isinstance(todo.count, QuerySet)})
    found = [replace(todo, count=numbers.get(at, todo.count)) for at, todo in enumerate(asked)]
    return sorted((todo for todo in found if todo.count), key=lambda todo: not todo.urgent)
