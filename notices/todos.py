"""What waits for a person: each app registers its sources, the home page and the bell read them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import Registry


@dataclass(frozen=True)
class Todo:
    """`count` things of one kind that wait; `urgent` colours the row and is said in words too."""

    label: str
    count: int
    url: str
    icon: str = "inbox"
    urgent: bool = False


#: name → function (user) -> list[Todo]; each source costs at most one query.
sources: Registry[Callable[[Any], list[Todo]]] = Registry("to-do source")


def waiting_for(user: Any) -> list[Todo]:
    """Everything that waits for the user, without empty rows, urgent first."""
    found = [todo for source in sources for todo in source(user) if todo.count]
    return sorted(found, key=lambda todo: not todo.urgent)
