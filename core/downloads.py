"""Finished documents other apps offer to the home pages, newest first.

sources.register("reports", latest_reports)    # (user) -> list[Download]; one query, at most LATEST rows
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import Registry

LATEST = 5


@dataclass(frozen=True)
class Download:
    """`url` is the file itself, `page_url` the page about it; `note` says whose and of when."""

    title: str
    url: str
    note: str = ""
    page_url: str = ""


sources: Registry[Callable[[Any], list[Download]]] = Registry("source of downloads")


def offered_to(user: Any) -> list[Download]:
    return [download for source in sources for download in source(user)]
