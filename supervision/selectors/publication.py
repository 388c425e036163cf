"""What the public may read, and what the office still has to decide."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404

from accounts.roles import Can
from core.clock import Span
from core.filters import contains_any
from handling.models import Reply
from organisation.selectors import grants, rule
from proposals.enums import NUMBERED
from proposals.models import Proposal, Proposer
from supervision.defaults import PUBLIC_PAGE
from supervision.enums import Clearance
from supervision.models import Publication


# --- the public --------------------------------------------------------------------------------------------------
def require_open() -> None:
    """Raises Http404 while the public page is switched off."""
    if not rule(PUBLIC_PAGE):
        raise Http404


def public(q: str = "", year: str = "", category: str = "") -> QuerySet:
    """Newest first. A year or category nobody can have meant finds nothing."""
    rows = Publication.objects.public().select_related("proposal__session__term")
    if q.strip():
        rows = contains_any(rows, q[:40], "subject", "suggestions", "proposers")
    if year:
        valid = year.isdecimal() and 1950 < int(year[:6]) < 2200
        first, end = Span.year(int(year) if valid else 1950).moments
        rows = rows.filter(proposal__filed_at__gte=first, proposal__filed_at__lt=end)
    if category:
        rows = rows.filter(proposal__category=category[:40])
    return rows.order_by("-first_public_at", "-pk")


def public_years() -> list[int]:
    days = Publication.objects.public().order_by().values_list("proposal__filed_at__year", flat=True).distinct()
    return sorted({year for year in days if year}, reverse=True)


def public_one(proposal_pk: int) -> Publication:
    """Raises Http404 for everything that is not public."""
    replies = Reply.objects.select_related("assignment__unit").prefetch_related("items")
    rows = Publication.objects.public().select_related("proposal__session__term")
    found = rows.prefetch_related(Prefetch("replies", queryset=replies)).filter(proposal_id=proposal_pk).first()
    if found is None:
        raise Http404
    return found


# --- the office ----------------------------------------------------------------------------------------------------
def to_decide(user: Any) -> QuerySet:
    """Filed proposals of the offices the user receives for, with the decision if there is one."""
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    rows = Proposal.objects.filter(
        office_id__in=grants(user).where(Can.RECEIVE_PROPOSALS), state__in=sorted(NUMBERED)
    ).select_related("session__term", "publication__by", "office")
    return rows.prefetch_related(Prefetch("proposers", queryset=people)).order_by("-filed_at", "-pk")


def waiting(rows: QuerySet) -> QuerySet:
    """Agreed to by the proposers and not decided yet."""
    return rows.filter(may_publish=True, publication__isnull=True)


def outdated(rows: QuerySet) -> QuerySet:
    """Public, with a reply that was delivered after the clearing."""
    return rows.filter(
        assignments__replies__state="passed",
        assignments__replies__passed_at__gt=F("publication__at"),
        publication__decision=Clearance.CLEARED,
    ).distinct()
