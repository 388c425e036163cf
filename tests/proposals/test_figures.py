"""Figures of a year, the dossier section, and the boundaries of year and plenary."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.clock import Span
from members.dossier import sections
from organisation.models import Session
from proposals import services
from proposals.models import Proposal
from proposals.selectors import year_figures
from tests import factories as make
from tests.factories import moment
from tests.proposals.conftest import set_aside

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def records(world):
    """Four collected in 2026, of which two are filed; one of December 2025 filed in 2026; one withdrawn."""
    set_aside()
    county, owner, stranger = world.offices["county"], world["member.owner"], world["member.stranger"]
    for number, (member, category, month, state, filed) in enumerate(
        [(owner, "economy", 2, "filed", moment(3, 1)), (owner, "society", 2, "submitted", None),
         (stranger, "society", 7, "filed", moment(8, 1)), (stranger, "", 11, "returned", None),
         (owner, "culture", 3, "withdrawn", None)], 10,
    ):  # fmt: skip
        make.ProposalFactory(
            office=county, home_office=member.office, session=world["session"], member=member, category=category,
            submitted_at=moment(month, 5), state=state, filed_at=filed, case_no=number if filed else None,
        )  # fmt: skip
    make.ProposalFactory(
        office=county, home_office=owner.office, session=world["session"], member=owner, state="filed", case_no=20,
        submitted_at=moment(12, 30, year=2025), filed_at=moment(1, 6),
    )  # fmt: skip


def figures(world, *offices, span=None):
    return year_figures({world.offices[key].pk for key in offices}, span or Span.year(2026))


def test_figures_of_the_committee(world, records):
    found = figures(world, "county")
    assert (found.collected, found.filed, found.filed_of_collected, found.filing_rate) == (4, 3, 2, 50.0)
    assert [(each.label, each.total, each.done) for each in found.by_category] == [
        ("经济建设", 1, 1), ("社会建设", 2, 1), ("未分类", 1, 0)
    ]  # fmt: skip
    assert [(each.key, each.total) for each in found.by_month] == [(2, 2), (7, 1), (11, 1)]
    assert {each.label: each.total for each in found.by_home_office} == {"清溪镇联络处": 2, "南门街道联络处": 2}


def test_figures_of_one_liaison_office_and_of_nothing(world, records):
    assert figures(world, "town").collected == 2
    empty = figures(world, "county", span=Span.year(2019))
    assert (empty.collected, empty.filing_rate, empty.by_month) == (0, None, [])


def test_breakdowns_sum_up_to_the_total(world, records):
    found = figures(world, "county")
    for breakdown in (found.by_category, found.by_month, found.by_home_office):
        assert sum(each.total for each in breakdown) == found.collected


def test_figures_cost_six_queries(world, records, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        figures(world, "county", "town", "street")


def test_the_dossier_section(world, records):
    content = sections.get("proposals").content(world["member.owner"], world.people["owner"], 2026)
    assert [(each.label, each.value) for each in content.figures] == [("提交提案", 2), ("其中立案", 1)]
    assert len(content.records) == 2 and content.records[0].url
    other = sections.get("proposals").content(world["member.owner"], world.people["other_staff"], 2026)
    assert not other.records


# --- boundaries ------------------------------------------------------------------------------------------------
def submitted_at(world, text, when):
    with time_machine.travel(when, tick=False):
        proposal = services.write(text=text, by=world.people["owner"], and_submit=True)
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize(
    ("when", "year"),
    [(datetime(2026, 12, 31, 23, 59, 59, 900000, SHANGHAI), 2026), (datetime(2027, 1, 1, 0, 0, 0, 0, SHANGHAI), 2027)],
)
def test_the_last_instant_of_the_year_is_of_the_old_year(when, year, world, full_text):
    set_aside()
    submitted_at(world, full_text, when)
    counts = {each: figures(world, "town", span=Span.year(each)).collected for each in (2026, 2027)}
    assert counts == {2026: 0, 2027: 0} | {year: 1}


@pytest.mark.parametrize(
    ("when", "inside"),
    [(datetime(2026, 1, 11, 23, 59, 59, tzinfo=SHANGHAI), False), (datetime(2026, 1, 12, 0, 0, tzinfo=SHANGHAI), True),
     (datetime(2026, 1, 15, 23, 59, 59, tzinfo=SHANGHAI), True), (datetime(2026, 1, 16, 0, 0, tzinfo=SHANGHAI), False)],
)  # fmt: skip
def test_the_plenary_is_whole_days_of_shanghai(when, inside, world, full_text):
    assert submitted_at(world, full_text, when).in_plenary is inside


def test_the_session_is_that_of_the_day_not_of_the_calendar_year(world, full_text):
    Session.objects.filter(pk=world["session"].pk).update(ends="2027-02-20")
    following = make.SessionFactory(
        term=world["session"].term, number=6, name="十届六次会议", starts="2027-02-21",
        plenary_starts="2027-02-21", plenary_ends="2027-02-24",
    )  # fmt: skip
    old = submitted_at(world, full_text, datetime(2027, 2, 20, 23, 59, 59, tzinfo=SHANGHAI))
    new = submitted_at(world, full_text, datetime(2027, 2, 21, 0, 0, 1, tzinfo=SHANGHAI))
    assert (old.session, new.session) == (world["session"], following)


def test_a_clock_that_jumps_back_gives_no_number_twice(world, full_text, next_case):
    clerk = world.people["county_staff"]
    for day in (20, 10, 15):
        when = datetime(2026, 3, day, 9, tzinfo=SHANGHAI)
        proposal = submitted_at(world, full_text, when)
        with time_machine.travel(when, tick=False):
            services.file_case(proposal=proposal, category="society", by=clerk)
    filed = Proposal.objects.filter(subject=full_text.subject).order_by("case_no")
    assert list(filed.values_list("case_no", flat=True)) == [next_case, next_case + 1, next_case + 2]
