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
from plans.enums import PlanState

offers: Registry[Callable[[Any, Office, int, str], Iterable[Link]]] = Registry("offer of documents")


def of_plan(user: Any, plan: Any, place: str) -> list[Link]:
    """The same on a page of one version; none where another version is the one that is printed."""
    is_printed = plan.state == PlanState.APPROVED or (plan.is_open and plan.amends_id is None)
    return links(user, plan.office, plan.year, place) if is_printed else []


def links(user: Any, office: Office, year: int, place: str) -> list[Link]:
    """The buttons this user gets; no query beyond the user's grants."""
    return [link for offer in offers for link in offer(user, office, year, place)]
