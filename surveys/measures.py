"""What a plan target can count of surveys: those held, and the members who answered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Ratio, Window, register
from surveys import selectors
from surveys.defaults import PURPOSE, SATISFACTION
from surveys.models import Answer, Seat, Survey


def purpose(window: Window) -> str:
    return dict(window.filters).get("purpose", "")


def records(window: Window) -> QuerySet[Survey]:
    return selectors.counted(window.office_ids, window.span, purpose(window))


def parts(window: Window) -> QuerySet[Seat]:
    """Members who answered; how they answered is never asked."""
    return Seat.objects.filter(survey__in=records(window).values("pk"), answered=True, member__isnull=False)


def list_query(window: Window) -> dict[str, str]:
    query = {
        "counted": "true",
        "offices": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "since": window.span.first.isoformat(),
        "until": window.span.last.isoformat(),
    }
    return {**query, "purpose": purpose(window)} if purpose(window) else query


def satisfied(window: Window) -> QuerySet[Answer]:
    return selectors.graded(window.office_ids, window.span, satisfied=True)


def valid(window: Window) -> QuerySet[Answer]:
    return selectors.graded(window.office_ids, window.span, satisfied=False)


def satisfaction_query(window: Window) -> dict[str, str]:
    """The satisfaction surveys of the window: the rate is made of nothing else."""
    return {**list_query(window), "purpose": SATISFACTION}


def purpose_choices(office: Any) -> list[tuple[str, str]]:
    return code_choices(PURPOSE, office)


SURVEYS = register(
    Measure(
        key="surveys",
        label="问卷和满意度测评",
        unit="次",
        records=records,
        parts=parts,
        date_field="held_on",
        part_date_field="survey__held_on",
        office_field="office_id",
        ratio=Ratio(
            label="满意率",
            words=("满意", "有效评价"),
            unit="次",
            part=satisfied,
            whole=valid,
            date_field="question__survey__held_on",
            office_field="question__survey__office_id",
            list_query=satisfaction_query,
        ),
        list_url="survey_list",
        list_query=list_query,
        filters={"purpose": FilterField("用途", purpose_choices)},
    )
)
