"""Documents an app above can print from a page, without the page's app knowing that app.

    printing.offers.register("reports", offers)        # (user, place, about) -> panels for that page
    printing.panels(user, "reply", reply)              # in the view of the page

`place` says which page asks, `about` is what it shows. An offer that has nothing for the page gives an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.panels import Panel
from core.registry import Registry

offers: Registry[Callable[[Any, str, Any], Iterable[Panel]]] = Registry("offer of documents for pages")


def panels(user: Any, place: str, about: Any) -> list[Panel]:
    """What this user may print of it."""
    return [panel for offer in offers for panel in offer(user, place, about)]
