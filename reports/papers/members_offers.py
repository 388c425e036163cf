"""Which papers the page of a member offers: those of the year that is shown."""

from __future__ import annotations

from typing import Any

from core import printing
from core.panels import Panel
from reports.papers import Offer, kinds

KEYS = ("member_dossier", "duty_card")


def on_page(user: Any, place: str, about: Any) -> list[Panel]:
    """`about`: (member, year), of a page the user may open."""
    if place != "member":
        return []
    member, year = about
    offers = [Offer(kinds.get(key), member.pk, year, f"{year}年") for key in KEYS]
    return [Panel("reports/_papers.html", {"offers": offers})]


def connect() -> None:
    printing.offers.register("reports.members", on_page)
