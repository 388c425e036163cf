"""Texts that were not used where they were sent and may become something else: apps offer to take them as plain data.

receivers.register("opinions", Receiver("改写成社情民意", take))    # take(text, user) -> address to go to
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.registry import Registry


@dataclass(frozen=True)
class HandedText:
    """`source` says in words where the text comes from, `source_url` where that is.

    Without `authors` it goes onto the user's own writing page. With them (keys of members, the first one leading) an
    office hands over what these people submitted elsewhere: it is received at `at` as theirs, and is no submission of
    its own.
    """

    title: str
    body: str
    source: str = ""
    suggestions: str = ""
    authors: tuple[int, ...] = ()
    source_url: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Receiver:
    """`label` is the words on the button. `take` raises DomainError when it cannot."""

    label: str
    take: Callable[[HandedText, Any], str]


receivers: Registry[Receiver] = Registry("receiver of texts")
