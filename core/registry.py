"""How an upper app offers something to a lower one without the lower app knowing it.

Measures, to-do sources, dossier sections, documents, job kinds and navigation entries are all registries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries in the order of registration. A name taken twice is a programming error."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> T:
        if key in self._entries:
            raise ValueError(f"{self.what} “{key}” is registered twice")
        self._entries[key] = entry
        return entry

    def get(self, key: str) -> T:
        """Raises KeyError, naming what is missing."""
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"no {self.what} “{key}”") from None

    def find(self, key: str) -> T | None:
        return self._entries.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def keys(self) -> list[str]:
        return list(self._entries)
