"""R01 to R16 of domain.md one by one: every figure of a summary, its measure word, and the page of its records."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from activities.figures import year_figures
from core.clock import Span
from plans.asking import Ask, ask
from plans.enums import Metric
from tests import factories as make
from tests.plans.catalogue.results import RESULTS, Result
from tests.plans.catalogue.scene import Scene, act, many, proposals

pytestmark = pytest.mark.django_db
YEAR = Span.year(2026)


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


@pytest.fixture
def clerk(scene) -> Client:
    browser = Client()
    browser.force_login(make.PostingFactory(office=scene.office).user)
    return browser


def shown(page) -> set[str]:
    """The numbers a list tells: how many rows, and the sums above them."""
    sums = getattr(page.context["filter"], "sums", ())
    return {str(page.context["table"].page.paginator.count), *(str(each.value).replace(",", "") for each in sums)}


def plain(value) -> set[str]:
    return {str(value), f"{value:.2f}", f"{value:g}" if value < 1e6 else str(value)}


def test_every_entry_is_here():
    assert [entry.id for entry in RESULTS] == [f"R{number:02}" for number in range(1, 17)]


@pytest.mark.parametrize("entry", RESULTS, ids=lambda entry: f"{entry.id}-{entry.about}")
def test_figure(scene, clerk, entry: Result):
    asked = [each for each, _, _ in entry.lines]
    assert not any(each.value for each in ask(asked, [scene.office.pk], YEAR))
    entry.records(scene)
    found = ask(asked, [scene.office.pk], YEAR)
    assert [(each.value, each.unit) for each in found] == [(value, unit) for _, value, unit in entry.lines]
    for each, (what, value, _) in zip(found, entry.lines, strict=True):
        page = clerk.get(each.url)
        assert page.status_code == 200
        assert what.metric == Metric.PERCENT or plain(value) & shown(page), (entry.id, what, shown(page))


def test_figures_of_several_years(scene):
    """A summary of a term: the same figures over any days."""
    many(proposals(state="filed"), act("lecture", 2))(scene)
    make.ActivityFactory(
        office=scene.office, type=make.activity_type("lecture"), starts_at=make.moment(3, 3, year=2023)
    )
    term = Span(date(2022, 1, 1), date(2026, 12, 31))
    asked = [Ask("activities", filters={"type": "lecture"}), Ask("proposals", Metric.PERCENT)]
    assert [each.value for each in ask(asked, [scene.office.pk], term)] == [3, 100]
    assert year_figures([scene.office.pk], term).of("lecture").count == 3


def test_the_summary_says_what_targets_say(scene):
    """One function per figure: the year's figures of activities equal what the same question as a target gives."""
    for entry in RESULTS:
        entry.records(scene)
    year = year_figures([scene.office.pk], YEAR)
    lines = [(what, value) for entry in RESULTS for what, value, _ in entry.lines if what.measure == "results"]
    asked = [what for what, _ in lines if what.metric == Metric.RECORDS]
    assert [each.value for each in ask(asked, [scene.office.pk], YEAR)] == [
        year.results[what.filters["kind"]] for what in asked
    ]
    assert year.of("bulletin").count == 12 and "bulletin" not in year.by_type


def test_nothing_is_known_of_a_rate_of_nothing(scene):
    (found,) = ask([Ask("activities", Metric.PERCENT)], [scene.office.pk], YEAR)
    assert (found.value, found.known) == (0, False)
