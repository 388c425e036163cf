"""Look-back rounds: lists, the filter that adds cases, counts by whose proposals they are (R07)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from core.breakdown import Share
from core.clock import Span
from organisation.selectors import code_labels
from proposals.enums import HANDLED, ProposalKind
from proposals.models import Proposal, Proposer
from supervision.defaults import LOOK_BACK_FINDING
from supervision.models import LookBackCase, LookBackRound


def listed(user: Any) -> QuerySet:
    return LookBackRound.objects.visible_to(user).select_related("office").annotate(
        n_cases=Count("cases"), n_found=Count("cases", filter=~Q(cases__finding=""))
    )  # fmt: skip


def get_for(user: Any, pk: int) -> LookBackRound:
    """Raises Http404 for a stranger as for a missing one."""
    found = LookBackRound.objects.visible_to(user).select_related("office").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def case_for(user: Any, pk: int) -> LookBackCase:
    """Raises Http404."""
    seen = LookBackRound.objects.visible_to(user).values("pk")
    rows = LookBackCase.objects.select_related("round__office", "proposal__session__term", "file")
    found = rows.filter(pk=pk, round__in=seen).first()
    if found is None:
        raise Http404
    return found


def cases_listed(user: Any) -> QuerySet:
    """Everything that was found in rounds the user sees."""
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    seen = LookBackRound.objects.visible_to(user).values("pk")
    rows = LookBackCase.objects.exclude(finding="").filter(round__in=seen)
    return rows.select_related("proposal__session__term", "round").prefetch_related(
        Prefetch("proposal__proposers", queryset=people)
    )


def cases(each: LookBackRound) -> QuerySet:
    people = Proposer.objects.select_related("member").order_by("order", "pk")
    rows = each.cases.select_related("proposal__session__term", "file", "by")
    return rows.prefetch_related(Prefetch("proposal__proposers", queryset=people))


def chosen(each: LookBackRound, values: Mapping[str, Any]) -> QuerySet:
    """The office's handled proposals under the filter; those already in the round are left out."""
    rows = Proposal.objects.filter(office=each.office, state__in=sorted(HANDLED))
    plain = {name: values.get(name) for name in ("kind", "collective_kind", "category", "session", "state")}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if year := values.get("year"):
        first, end = Span.year(int(year)).moments
        rows = rows.filter(filed_at__gte=first, filed_at__lt=end)
    if unit := values.get("unit"):
        rows = rows.filter(assignments__unit=unit).exclude(assignments__isnull=True).distinct()
    return rows.exclude(look_backs__round=each)


def by_finding(each: LookBackRound) -> list[Share]:
    labels = {**code_labels(LOOK_BACK_FINDING), "": "待回看"}
    found = dict(each.cases.order_by().values_list("finding").annotate(n=Count("pk")))
    return [Share(key, labels.get(key, key), count, count) for key, count in found.items()]


def by_proposers(rows: QuerySet) -> list[Share]:
    """Of look-back cases: how many by kind of proposers, with those somebody has looked at. One query."""
    found = rows.order_by().values("proposal__kind", "proposal__collective_kind").annotate(
        n_all=Count("pk"), n_done=Count("pk", filter=~Q(finding=""))
    )  # fmt: skip
    labels, words = dict(ProposalKind.choices), collective_words()
    return [
        Share(
            (row["proposal__kind"], row["proposal__collective_kind"]),
            words.get(row["proposal__collective_kind"], row["proposal__collective_kind"])
            or labels[row["proposal__kind"]],
            row["n_all"], row["n_done"],
        )
        for row in found
    ]  # fmt: skip


def collective_words() -> dict[str, str]:
    return code_labels("collective_kind")


def looked_at(office_ids: Collection[int], span: Span | None = None) -> QuerySet:
    """Cases of rounds that were looked at, in the span by that day, as `day`."""
    rows = LookBackCase.objects.exclude(finding="").filter(round__office_id__in=office_ids)
    return rows.filter(day__range=(span.first, span.last)) if span is not None else rows
