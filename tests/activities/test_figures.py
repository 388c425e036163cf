"""Law 4: one function per figure, and each figure equals the rows of the page it leads to (domain.md h1, h2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.figures import year_figures
from core.breakdown import rate
from core.clock import Span
from plans import counting
from plans.counting import Question
from plans.enums import Metric
from plans.measures import Window, measures
from tests.factories import ActivityFactory, AttendanceFactory, OfficeFactory, PostingFactory, activity_type, moment

pytestmark = pytest.mark.django_db
YEAR = Span.year(2026)
NUMBERS = {"hours": Decimal("2.5"), "amount": Decimal("300.50"), "households": 4, "copies": 10}


@pytest.fixture
def year(office, members):
    """Two inspections and one study session that count; others that must not: wrong state, year, office."""
    people = members(3)
    inspection, study = activity_type("inspection"), activity_type("study")
    counted = [
        ActivityFactory(office=office, type=inspection, state="held", starts_at=moment(4, 10), **NUMBERS),
        ActivityFactory(office=office, type=inspection, state="summarised", starts_at=moment(12, 31, 23), **NUMBERS),
        ActivityFactory(office=office, type=study, state="held", starts_at=moment(1, 1, 0)),
    ]
    others = [
        ActivityFactory(office=office, type=inspection, state="preparing", **NUMBERS),
        ActivityFactory(office=office, type=inspection, state="cancelled", **NUMBERS),
        ActivityFactory(office=office, type=inspection, starts_at=moment(1, 1, 0, 2027), **NUMBERS),
        ActivityFactory(office=OfficeFactory(), type=inspection, **NUMBERS),
    ]
    for activity in [*counted, *others]:
        for member, state in zip(people, ("present", "late", "leave"), strict=True):
            AttendanceFactory(activity=activity, member=member, state=state)
    return counted


def window(office, **filters):
    return Window(frozenset({office.pk}), YEAR, tuple(filters.items()))


def number(metric, window):
    """What a target with this metric counts."""
    (answer,) = counting.answers([Question(measures.get("activities"), window, metric, "office")])
    return rate(int(answer.sum), int(answer.whole.sum)) if metric == Metric.PERCENT else answer.sum


EXPECTED = {
    Metric.RECORDS: 2, Metric.PERSON_TIMES: 4, Metric.MEMBERS: 2, Metric.HOURS: Decimal("5.0"),
    Metric.AMOUNT: Decimal("601.00"), Metric.HOUSEHOLDS: 8, Metric.COPIES: 20, Metric.PERCENT: 66.6,
}  # fmt: skip


def test_every_metric_is_covered_here():
    assert set(measures.get("activities").metrics) == {*EXPECTED, Metric.AVERAGE}  # records per member


@pytest.mark.parametrize("metric", EXPECTED)
def test_each_metric_counts_what_took_place(year, office, metric):
    assert number(metric, window(office, type="inspection")) == EXPECTED[metric]


SHOWN = {Metric.RECORDS: "活动", Metric.PERSON_TIMES: "到场", Metric.MEMBERS: "不同委员", Metric.HOURS: "时长",
         Metric.AMOUNT: "金额", Metric.HOUSEHOLDS: "走访", Metric.COPIES: "资料", Metric.PERCENT: "到会率"}  # fmt: skip


@pytest.mark.parametrize("metric", EXPECTED)
def test_the_page_behind_a_number_shows_the_same_number(year, office, clerk, browser, metric):
    asked = window(office, type="inspection")
    page = browser(clerk).get(measures.get("activities").url(asked))
    shown = {each.label: each.value for each in page.context["filter"].sums}
    assert Decimal(str(shown[SHOWN[metric]]).replace(",", "")) == Decimal(str(number(metric, asked)))
    rows = {row.record for row in page.context["table"].rows}
    assert rows == set(measures.get("activities").records(asked))


def test_the_rows_of_the_page_add_up_to_the_person_times(year, office, clerk, browser):
    page = browser(clerk).get(measures.get("activities").url(window(office)))
    assert sum(row.record.came for row in page.context["table"].rows) == number(Metric.PERSON_TIMES, window(office))


def test_several_types_mean_any_of_them(year, office):
    assert number(Metric.RECORDS, window(office, type="inspection,study")) == 3


def test_offices_below_count_when_asked_for(year, office, browser):
    below = OfficeFactory(parent=office)
    ActivityFactory(office=below, type=activity_type("study"))
    both = Window(frozenset({office.pk, below.pk}), YEAR)
    leader = PostingFactory(office=office, role="leader").user
    page = browser(leader).get(measures.get("activities").url(both))
    assert len(page.context["table"].rows) == number(Metric.RECORDS, both) == 4
    assert "所选 2 个办公室" in page.content.decode()


# --- the year ----------------------------------------------------------------------------------------------------
def test_the_year_in_figures(year, office):
    found = year_figures([office.pk], YEAR)
    assert (found.total.count, found.total.came, found.total.due, found.total.rate) == (3, 6, 9, 66.6)
    assert (found.members, found.unplanned) == (2, 3)
    assert (found.total.hours, found.total.amount) == (Decimal("5.0"), Decimal("601.00"))
    assert (found.total.households, found.total.copies) == (8, 20)


def test_figures_per_type_and_month(year, office):
    found = year_figures([office.pk], YEAR)
    assert {code: (each.count, each.came) for code, each in found.by_type.items()} == {
        "inspection": (2, 4), "study": (1, 2),
    }  # fmt: skip
    assert [each.count for each in found.by_month.values()] == [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert found.by_month[date(2026, 12, 1)].label == "12月" and found.of("training").count == 0


def test_midnight_belongs_to_the_new_year_in_our_own_zone(office):
    ActivityFactory(office=office, starts_at=moment(1, 1, 0))
    assert year_figures([office.pk], Span.year(2025)).total.count == 0
    assert year_figures([office.pk], YEAR).by_month[date(2026, 1, 1)].count == 1


def test_figures_equal_the_measure(year, office):
    found = year_figures([office.pk], YEAR).of("inspection")
    assert (
        (found.count, found.came)
        == (2, 4)
        == tuple(number(metric, window(office, type="inspection")) for metric in (Metric.RECORDS, Metric.PERSON_TIMES))
    )


def test_an_empty_year_is_all_zeros(office):
    found = year_figures([office.pk], YEAR)
    assert (found.total.count, found.total.rate, found.members) == (0, None, 0)
    assert len(found.by_month) == 12


def test_the_year_costs_four_queries(year, office):
    with CaptureQueriesContext(connection) as captured:
        year_figures([office.pk], YEAR)
    assert len(captured) == 4
