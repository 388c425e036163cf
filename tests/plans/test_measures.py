"""Every measure that any app registered can be counted in every way it offers."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import Span
from plans import counting, progress, subjects
from plans.enums import Period, Scope
from plans.measures import Window, measures
from plans.models import Target
from tests import factories as make

COMBINATIONS = [
    (measure.key, metric, scope, period)
    for measure in measures
    for metric in measure.metrics
    for scope in Scope.values
    for period in (Period.YEAR, Period.QUARTER)
    if not counting.refusal(measure, metric, scope)
]


@pytest.fixture
def plan(db):
    return make.PlanFactory()


@pytest.mark.parametrize("entry", COMBINATIONS, ids=["-".join(entry) for entry in COMBINATIONS])
def test_counts_nothing_in_an_empty_office(plan, entry):
    measure, metric, scope, period = entry
    target = Target(plan=plan, text="目标", measure=measure, metric=metric, scope=scope, period=period, amount=1)
    (found,) = progress.of_targets([target], as_of=date(2026, 6, 1))
    assert (found.problem, found.actual, bool(found.unit)) == ("", 0, True)


@pytest.mark.parametrize("measure", list(measures), ids=measures.keys())
def test_its_link_opens_and_its_filters_have_choices(plan, measure):
    window = Window(frozenset({plan.office_id}), Span.year(2026))
    assert measure.url(window).startswith("/")
    for field in measure.filters.values():
        assert all(len(choice) == 2 for choice in field.choices(plan.office))


def test_a_subject_survives_the_form():
    filters = {"type": "inspection", "place": "村&镇=1"}
    assert subjects.decode(subjects.encode("activities", filters)) == ("activities", filters)
    assert subjects.decode(subjects.encode("activities", {})) == ("activities", {})


def test_a_subject_of_several_filters_is_said_in_words():
    known = {"a?type=x": "活动：视察", "a?type=y": "活动：调研"}
    assert subjects.words("a?type=x%2Cy", known) == "活动：视察 或 活动：调研"
    assert subjects.words("gone", known) == "gone"
