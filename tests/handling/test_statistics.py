"""Figures of proposals: computed by hand, equal to the rows of the list each of them opens."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from handling.models import Clock, Feedback
from handling.overview import Line, of_session, of_year
from proposals.models import Proposal
from proposals.statistics import figures, narrowed
from tests import factories as make
from tests.reports.objects import Handled, filed, given, handled, worker

pytestmark = pytest.mark.django_db
PAST, FUTURE = date(2026, 1, 5), date(2099, 1, 5)


def clock(assignment, due, stopped=None, stage="reply"):
    return Clock.objects.create(
        proposal=assignment.proposal, assignment=assignment, stage=stage, started_on=date(2026, 1, 1), amount=3,
        unit="months", due_on=due, stopped_on=stopped, outcome="met" if stopped else "",
    )  # fmt: skip


@pytest.fixture
def case() -> Handled:
    """Five collected: two of one case (one merged), one answered late, one overdue, one not filed."""
    made = handled()
    clock(made.lead, FUTURE, date(2026, 5, 6))
    clock(made.coop, PAST, stage="coop")
    member = made.people["stranger"].member
    late = given(filed(made, 13, member, state="replied"), made.coop.unit, "single")
    clock(late, PAST, date(2026, 2, 1))
    open_ = given(filed(made, 14, member, state="handling"), made.coop.unit, "single", state="handling")
    clock(open_, PAST)
    filed(made, None, member, state="not_filed", filed_at=None, not_filed_reason="vague", became="社情民意")
    make.ProposalFactory(office=made.office, session=made.session, state="draft", submitted_at=None)
    Feedback.objects.create(
        reply=made.reply, proposer=made.proposal.proposers.last(), handling="mostly", result="no_opinion"
    )
    return made


def overview(case):
    return of_session(frozenset({case.office.pk}), case.session)


def test_collected_and_decided(case):
    lines = {line.label: line.text for line in overview(case).collected_lines}
    assert lines == {
        "征集": "5件", "立案": "4件", "立案率": "80%", "并案": "1件", "不予立案": "1件", "转社情民意": "1件",
        "待审查": "0件",
    }  # fmt: skip


def test_handled_on_time_and_overdue(case):
    lines = {line.label: line.text for line in overview(case).handled_lines}
    assert lines == {
        "已交办": "3件", "承办件": "3件", "办复": "2件", "按期办复": "1件", "超期办复": "1件", "超期未复": "1件",
        "按期率": "33.3%", "面商率": "100%",
    }  # fmt: skip


def test_categories_satisfaction_and_promises(case):
    of = overview(case)
    assert {line.label[0]: (line.value, share.value) for line, share in of.category_lines} == {
        "A": (0, 0), "B": (1, 100), "C": (0, 0),
    }  # fmt: skip
    assert [line.text for line in of.satisfaction_lines] == ["100%", "0%"]
    assert [line.value for line in of.answer_lines("result")] == [0, 0, 1, 1]
    assert {line.label: line.text for line in of.promise_lines}["兑现率"] == "—"


def test_a_paused_clock_is_not_overdue(case):
    row = Clock.objects.get(assignment__state="handling")
    row.pauses.create(first=PAST, reason="proposer", by=case.people["staff"])
    assert overview(case).handled.total.parts["overdue"] == 0


def test_units_add_up_to_all(case):
    of = overview(case)
    units = {unit.name: unit for unit in of.units}
    assert set(units) == {"县交通局", "县财政局"}
    assert (units["县交通局"].on_time_rate, units["县财政局"].on_time_rate) == (100, 0)
    assert sum(unit.assigned for unit in of.units) == of.handled.total.parts["assigned"]


def test_every_figure_opens_the_rows_it_counts(case):
    browser = Client()
    browser.force_login(case.people["staff"], backend="django.contrib.auth.backends.ModelBackend")
    of = overview(case)
    lines = [line for line in (*of.collected_lines, *of.handled_lines, *(line for line, _ in of.category_lines))
             if line.unit == "件"]  # fmt: skip
    for line in lines:
        page = browser.get(line.url)
        assert len(page.context["table"].rows) == line.value, line.label
        assert f"“{figures.get(figure_of(line)).label}”" in page.content.decode()


def figure_of(line):
    return re.search(r"figure=([a-z_]+)", line.url)[1]


def test_a_units_figure_opens_its_own_rows(case):
    rows = Proposal.objects.all()
    unit = case.coop.unit_id
    assert narrowed(rows, f"late:{unit}").count() == 1 and narrowed(rows, f"late:{case.lead.unit_id}").count() == 0
    assert narrowed(rows, f"answer:B:{case.lead.unit_id}").get() == case.proposal


@pytest.mark.parametrize(
    "value", ["", ":", "nonsense", "late:abc", "late:999999999999999999999", "answer:'; --", "reason:x"]
)
def test_strange_figures_do_no_harm(case, value):
    assert narrowed(Proposal.objects.all(), value).count() >= 0


def test_every_figure_has_a_definition_where_it_is_shown(case):
    words = dict(overview(case).definitions)
    shown = {line.label for line in (*overview(case).collected_lines, *overview(case).handled_lines)}
    assert shown <= set(words) and {"满意率", "兑现率"} <= set(words)
    assert all(figures.get(key).definition for key in ("on_time", "collected", "contacted"))


def test_the_change_is_told_in_words():
    assert Line("征集", 5, 3).change == "增加2件" and Line("征集", 3, 3).change == "持平"
    assert Line("立案率", 80.0, 82.5, "%").change == "下降2.5个百分点" and Line("面商率", None, 3, "%").change == ""


def test_a_year_is_compared_with_the_year_before(case):
    earlier = filed(case, 99, case.people["stranger"].member, submitted_at=make.moment(3, 3, year=make.YEAR - 1))
    of = of_year(frozenset({case.office.pk}), make.YEAR)
    collected = of.collected_lines[0]
    assert (collected.value, collected.last) == (5, 1) and earlier.pk


def test_the_page_shows_figures_charts_and_definitions(case):
    browser = Client()
    browser.force_login(worker(case.office, "leader"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(f"/proposals/statistics/?period=s{case.session.pk}").content.decode()
    assert "按期率＝按期办复÷（办复＋超期未复）。" in page and page.count("<svg") > 5
    assert escape("figure=on_time") in page and "县财政局" in page
    assert browser.get("/proposals/statistics/?export=xlsx")["Content-Type"].endswith("sheet")


def test_the_number_of_queries_does_not_grow(case, django_assert_num_queries):
    browser = Client()
    browser.force_login(case.people["staff"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/proposals/statistics/?period=s{case.session.pk}"
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for number in range(3):
        unit = make.UnitFactory(office=case.office, name=f"第{number}局")
        clock(given(filed(case, 50 + number, case.people["stranger"].member), unit, "single"), PAST)
    with django_assert_num_queries(len(one)):
        browser.get(address)
    assert len(one) < 45 and re.search("SELECT", one[0]["sql"])
