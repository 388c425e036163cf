"""Key proposals: lists, one case, figures."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from accounts.models import User
from accounts.roles import Can
from core.clock import Span, today
from organisation.models import Office
from organisation.selectors import users_with
from proposals.models import Proposer
from supervision.enums import SUPERVISED, KeyState
from supervision.models import KeyCase, KeyFile, KeyRecord, KeyTask


def with_people(rows: QuerySet) -> QuerySet:
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    return rows.select_related(
        "proposal__session__term", "proposal__office", "committee", "leader", "office"
    ).prefetch_related(Prefetch("proposal__proposers", queryset=people))


def listed(user: Any) -> QuerySet:
    """With the number of records, tasks and tasks that are late."""
    late = Q(done_on__isnull=True, until__lt=today(), case__state=KeyState.CONFIRMED)
    own = {"case": OuterRef("pk")}
    return with_people(KeyCase.objects.visible_to(user)).annotate(
        n_records=counted(KeyRecord.objects.filter(**own)),
        n_tasks=counted(KeyTask.objects.filter(**own)),
        n_late=counted(KeyTask.objects.filter(late, **own)),
    )


def counted(rows: QuerySet) -> Subquery:
    return Subquery(rows.order_by().values("case").annotate(n=Count("pk")).values("n"))


def get_for(user: Any, pk: int) -> KeyCase:
    """Raises Http404 for a stranger as for a missing one."""
    found = with_people(KeyCase.objects.visible_to(user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def task_for(user: Any, pk: int) -> KeyTask:
    """Raises Http404."""
    seen = KeyCase.objects.visible_to(user).values("pk")
    found = KeyTask.objects.select_related("case__office").filter(pk=pk, case__in=seen).first()
    if found is None:
        raise Http404
    return found


def file_for(user: Any, pk: int) -> KeyFile:
    """Raises Http404."""
    seen = KeyCase.objects.visible_to(user).values("pk")
    rows = KeyFile.objects.select_related("file", "thumbnail").filter(record__case__in=seen)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def leaders(office: Office) -> list[User]:
    """Who can be named as a supervising leader: those with an account of that role."""
    users = users_with(Can.APPROVE_AWARDS, office)
    return sorted(users, key=lambda user: user.name)


def supervised(rows: QuerySet, office_ids: Collection[int], span: Span | None = None) -> QuerySet:
    """Key proposals that were confirmed, in the span by the day of confirming; dated as `counted_at`."""
    found = rows.filter(
        Q(office_id__in=office_ids) | Q(proposal__home_office_id__in=office_ids), state__in=SUPERVISED
    ).annotate(counted_at=F("confirmed_at"))
    if span is not None:
        first, end = span.moments
        found = found.filter(confirmed_at__gte=first, confirmed_at__lt=end)
    return found


def open_of_leader(user: Any) -> QuerySet:
    return KeyCase.objects.filter(leader_id=user.pk, state=KeyState.CONFIRMED)
