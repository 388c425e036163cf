"""What a plan target can count of submissions: those sent in, accepted and awarded, by kind, prize and presentation."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from calls.defaults import KIND, PRIZE
from calls.enums import Presented, Stage
from calls.models import Entry, EntryAuthor
from calls.selectors import DATED_BY, counted, of_offices
from organisation.selectors import code_choices
from plans.measures import FilterField, Measure, Staged, Window, register

STAGED = Staged(Stage, ("kind", "prize", "presented"))


def records(window: Window) -> QuerySet:
    found = of_offices(Entry.objects.filter(**STAGED.chosen(window)), window.office_ids)
    return counted(found, STAGED.of(window), window.span)


def parts(window: Window) -> QuerySet:
    """Authors of these records, dated like their record."""
    found = EntryAuthor.objects.filter(entry__in=records(window).values("pk"))
    return found.annotate(counted_at=F(f"entry__{DATED_BY[STAGED.of(window)]}"))


def choices_of(kind: str) -> Any:
    return lambda office: code_choices(kind, office)


SUBMISSIONS = register(
    Measure(
        key="submissions",
        label="征文和发言",
        unit="篇",
        records=records,
        parts=parts,
        date_field="counted_at",
        part_date_field="counted_at",
        office_field="office_id",
        list_url="entry_list",
        list_query=STAGED.list_query,
        filters={
            "stage": STAGED.filter_field(),
            "kind": FilterField("类型", choices_of(KIND)),
            "prize": FilterField("奖项", choices_of(PRIZE)),
            "presented": FilterField("会上交流", lambda office: [pair for pair in Presented.choices if pair[0]]),
        },
    )
)
