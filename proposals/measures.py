"""What a plan target can count of proposals: those submitted and those filed."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Window, register
from proposals.defaults import CATEGORY
from proposals.enums import ProposalKind, Stage
from proposals.models import Proposal, Proposer
from proposals.selectors import DATED_BY, counted, of_offices

#: Filters that are plain fields of the record.
FIELDS = ("category", "kind")


def stage_of(window: Window) -> Stage:
    return Stage(dict(window.filters).get("stage") or Stage.SUBMITTED)


def chosen(window: Window) -> dict[str, str]:
    return {name: value for name, value in window.filters if name in FIELDS and value}


def records(window: Window) -> QuerySet:
    found = of_offices(Proposal.objects.filter(**chosen(window)), window.office_ids)
    return counted(found, stage_of(window), window.span)


def parts(window: Window) -> QuerySet:
    """Proposers of these records, lead and joint alike, dated like their proposal."""
    found = Proposer.objects.filter(proposal__in=records(window).values("pk"))
    return found.annotate(counted_at=F(f"proposal__{DATED_BY[stage_of(window)]}"))


def list_query(window: Window) -> dict[str, str]:
    """The filters of the list that show exactly `records(window)`."""
    return {
        "stage": stage_of(window).value,
        "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "since": window.span.first.isoformat(),
        "until": window.span.last.isoformat(),
        **chosen(window),
    }


def category_choices(office: Any) -> list[tuple[str, str]]:
    return code_choices(CATEGORY, office)


PROPOSALS = register(
    Measure(
        key="proposals",
        label="提案",
        unit="件",
        records=records,
        parts=parts,
        date_field="counted_at",
        part_date_field="counted_at",
        office_field="home_office_id",
        list_url="proposal_list",
        list_query=list_query,
        filters={
            "stage": FilterField("环节", lambda office: list(Stage.choices)),
            "category": FilterField("分类", category_choices),
            "kind": FilterField("类别", lambda office: list(ProposalKind.choices)),
        },
    )
)
