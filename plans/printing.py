"""Documents an app above can print from a plan, without plans knowing that app.

    printing.offers.register("reports", offers)     # (user, office, year, place) -> buttons for that page

`place` is plan, board, consultation or year: the page the buttons stand on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.pages import Link
from core.registry import Registry
from organisation.models import Office

offers: Registry[Callable[[Any, Office, int, str], Iterable[Link]]] = Registry("offer of documents")


def links(user: Any, office: Office, year: int, place: str) -> list[Link]:
    """The buttons this user gets; no query beyond the user's grants."""
    return [link for offer in offers for link in offer(user, office, year, place)]
