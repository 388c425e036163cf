"""What a plan target can count of social opinions: those submitted and those accepted."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from opinions.defaults import CATEGORY
from opinions.enums import OpinionState, Stage
from opinions.models import OpinionAuthor, OpinionReport
from opinions.selectors import DATED_BY, counted
from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Ratio, Staged, Window, of_group, of_member, register

STAGED = Staged(Stage, ("category",))


def records(window: Window) -> QuerySet:
    found = OpinionReport.objects.filter(office_id__in=window.office_ids, **STAGED.chosen(window))
    return counted(found, STAGED.of(window), window.span)


def submitted(window: Window) -> QuerySet:
    """What the rate of adoption is taken from: those of the span, whatever stage a target names."""
    found = OpinionReport.objects.filter(office_id__in=window.office_ids, **STAGED.chosen(window))
    return counted(found, Stage.SUBMITTED, window.span)


def accepted_of_them(window: Window) -> QuerySet:
    return submitted(window).filter(state=OpinionState.ACCEPTED)


def submitted_query(window: Window) -> dict[str, str]:
    return {**STAGED.list_query(window), "stage": Stage.SUBMITTED.value}


def parts(window: Window) -> QuerySet:
    """Authors of these records, dated like their record."""
    found = OpinionAuthor.objects.filter(opinion__in=records(window).values("pk"))
    return found.annotate(counted_at=F(f"opinion__{DATED_BY[STAGED.of(window)]}"))


def category_choices(office: Any) -> list[tuple[str, str]]:
    return code_choices(CATEGORY, office)


OPINIONS = register(
    Measure(
        key="opinions",
        label="社情民意",
        unit="条",
        records=records,
        parts=parts,
        date_field="counted_at",
        part_date_field="counted_at",
        office_field="office_id",
        order=30,
        list_url="opinion_list",
        list_query=STAGED.list_query,
        member_query=of_member,
        group_query=of_group,
        ratio=Ratio(
            "采用率", ("采用", "报送"), "条", accepted_of_them, submitted, "counted_at",
            office_field="office_id", list_query=submitted_query,
        ),
        filters={
            "stage": STAGED.filter_field(),
            "category": FilterField("分类", category_choices),
        },
    )
)  # fmt: skip
