"""Every figure about findings and materials: what targets, lists and to-dos show is counted here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import F, QuerySet

from activities.enums import COUNTED, ActivityState, FindingStage
from activities.models import Finding, Material
from core.clock import Span

#: Stage → field with the day on which a finding reached it. It stays counted when it moves on.
DATED_BY = {
    FindingStage.NOTED: "noted_on",
    FindingStage.SENT_UP: "sent_on",
    FindingStage.INSTRUCTED: "instructed_on",
    FindingStage.RESOLVED: "resolved_on",
    FindingStage.ADOPTED: "adopted_on",
}


def reached(rows: QuerySet[Finding], stage: str) -> QuerySet[Finding]:
    """Findings that ever reached the stage, with `counted_on`; those of cancelled activities never count."""
    path = DATED_BY[FindingStage(stage)]
    rows = rows.exclude(activity__state=ActivityState.CANCELLED)
    return rows.filter(**{f"{path}__isnull": False}).annotate(counted_on=F(path))


def findings(office_ids: Collection[int], span: Span, stage: str, filters: Mapping[str, str]) -> QuerySet[Finding]:
    """Findings of these offices' activities that reached the stage within the span; filters: kind, type."""
    rows = reached(Finding.objects.filter(activity__office_id__in=office_ids), stage)
    rows = rows.filter(counted_on__gte=span.first, counted_on__lte=span.last)
    return narrowed(rows, filters)


def materials(office_ids: Collection[int], span: Span, filters: Mapping[str, str]) -> QuerySet[Material]:
    """Materials of activities that took place within the span; filters: kind (of material), type (of activity)."""
    first, end = span.moments
    rows = Material.objects.filter(
        activity__office_id__in=office_ids, activity__state__in=COUNTED, activity__starts_at__gte=first,
        activity__starts_at__lt=end,
    )  # fmt: skip
    return narrowed(rows, filters)


def narrowed(rows: QuerySet, filters: Mapping[str, str]) -> QuerySet:
    """Several values of a filter, separated by commas, mean any of them."""
    for name, path in (("kind", "kind"), ("type", "activity__type__code")):
        wanted = [each for each in filters.get(name, "").split(",") if each]
        if wanted:
            rows = rows.filter(**{f"{path}__in": wanted})
    return rows
