"""What a plan target can count of proposals: those submitted and those filed."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Ratio, Staged, Window, of_group, of_member, register
from proposals.defaults import CATEGORY
from proposals.enums import FILED, ProposalKind, Stage
from proposals.models import Proposal, Proposer
from proposals.selectors import DATED_BY, counted, of_offices

STAGED = Staged(Stage, ("category", "kind"))


def records(window: Window) -> QuerySet:
    found = of_offices(Proposal.objects.filter(**STAGED.chosen(window)), window.office_ids)
    return counted(found, STAGED.of(window), window.span)


def submitted(window: Window) -> QuerySet:
    """What the filing rate is taken from (RATE_DEFINITION): those of the span, whatever stage a target names."""
    found = of_offices(Proposal.objects.filter(**STAGED.chosen(window)), window.office_ids)
    return counted(found, Stage.SUBMITTED, window.span)


def filed_of_them(window: Window) -> QuerySet:
    return submitted(window).filter(state__in=FILED)


def submitted_query(window: Window) -> dict[str, str]:
    return {**STAGED.list_query(window), "stage": Stage.SUBMITTED.value}


def parts(window: Window) -> QuerySet:
    """Proposers of these records, lead and joint alike, dated like their proposal."""
    found = Proposer.objects.filter(proposal__in=records(window).values("pk"))
    return found.annotate(counted_at=F(f"proposal__{DATED_BY[STAGED.of(window)]}"))


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
        order=20,
        list_url="proposal_list",
        list_query=STAGED.list_query,
        member_query=of_member,
        group_query=of_group,
        ratio=Ratio(
            "立案率", ("立案", "提交"), "件", filed_of_them, submitted, "counted_at",
            office_field="home_office_id", list_query=submitted_query,
        ),
        filters={
            "stage": STAGED.filter_field(),
            "category": FilterField("分类", category_choices),
            "kind": FilterField("类别", lambda office: list(ProposalKind.choices)),
        },
    )
)  # fmt: skip
