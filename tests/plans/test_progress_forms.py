"""Percentages, averages, alternatives, coverage, and the periods that are no part of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans import progress
from plans.models import Target
from tests import factories as make
from tests.plans.counted import KEY
from tests.plans.standing import JUNE_END, YEAR_END, held, only, queries, target

pytestmark = pytest.mark.django_db


# --- percentages ------------------------------------------------------------------------------------------------------
def attended(office, came: int, away: int, **values):
    activity = held(office, **values)
    for number in range(came + away):
        state = "present" if number < came else "absent"
        make.AttendanceFactory(activity=activity, member=make.MemberFactory(office=office), state=state)
    return activity


def rate(plan, **values) -> Target:
    return target(plan, **{"measure": "activities", "metric": "percent", "amount": 80, **values})


@pytest.mark.parametrize(
    ("came", "away", "words", "state"),
    [
        (0, 0, "不少于80% · 还没有可以统计的记录", "还没有数据"),
        (2, 1, "不少于80% · 目前66.6%（实到2人次，应到3人次） · 还差13.4个百分点", "低于要求"),
        (4, 1, "不少于80% · 目前80%（实到4人次，应到5人次）", "达标"),
    ],
)
def test_a_percentage_says_what_is_now(plan, office, came, away, words, state):
    rate(plan)
    if came:
        attended(office, came, away)
    found = only(plan, as_of=JUNE_END)
    assert (found.text, found.state_label) == (f"到会率{words}", state)
    assert (found.pace, found.advice, found.met) == (None, "", state == "达标")


def test_a_percentage_is_judged_when_the_year_is_over(plan, office):
    rate(plan)
    attended(office, 1, 1)
    assert only(plan).state == ("未达标", "danger")


def test_a_percentage_of_every_quarter_leaves_empty_ones_out(plan, office):
    rate(plan, period="quarter", amount=50)
    attended(office, 1, 0, month=1)
    attended(office, 1, 3, month=8)
    found = only(plan)
    assert [each.state[0] for each in found.periods] == ["达标", "没有数据", "未达标", "没有数据"]
    assert (found.actual, found.amount, found.met) == (40, 50, False)


def test_the_rate_of_each_member_asks_of_those_invited(plan, office):
    rate(plan, scope="each_member", amount=50)
    make.MemberFactory(office=office)
    attended(office, 2, 1)
    found = only(plan)
    assert (found.coverage.reached, found.coverage.of, len(found.coverage.counts)) == (2, 3, 3)
    assert found.text == "每名委员到会率不少于50% · 3名委员中2名已达到（合计66.6%） · 还差1名委员"


def test_a_percentage_may_be_a_ceiling(plan, office):
    rate(plan, operator="at_most", amount=50)
    attended(office, 2, 1)
    assert only(plan).text == "到会率不超过50% · 目前66.6%（实到2人次，应到3人次） · 超出16.6个百分点"


def test_percentages_of_several_offices_share_a_count(office):
    towns = make.OfficeFactory.create_batch(2, parent=office)
    targets = [rate(make.PlanFactory(office=each)) for each in (office, *towns)]
    attended(towns[0], 1, 1)
    attended(towns[1], 2, 0)
    with CaptureQueriesContext(connection) as caught:
        figures = progress.of_targets(targets, as_of=YEAR_END)
    assert [each.actual for each in figures] == [75, 50, 100]
    assert max(query["sql"].count("UNION ALL") for query in caught) == 1  # part and whole, of all three


# --- averages ---------------------------------------------------------------------------------------------------------
def test_an_average_is_over_the_serving_members(plan, office):
    members = make.MemberFactory.create_batch(3, office=office)
    make.MemberFactory(office=office, state="left")
    held(office, members=members[:1])
    held(office)
    target(plan, metric="average", amount=1)
    found = only(plan)
    assert found.text == "人均不少于1次 · 目前人均0.66次（共2次，委员3人） · 还差0.34次"


# --- several subjects -------------------------------------------------------------------------------------------------
def test_alternatives_are_added_and_told_apart(plan, office):
    other = {"measure": KEY, "filters": {"type": "training"}, "metric": "records"}
    target(plan, filters={"type": "inspection"}, alternatives=[other], amount=3)
    held(office)
    held(office, kind="training", month=6)
    held(office, kind="study")
    found = only(plan)
    assert (found.actual, [part.actual for part in found.subjects]) == (2, [1, 1])
    assert found.url == "" and "type=training" in found.subjects[1].url


def test_each_member_may_choose_an_alternative(plan, office):
    one, two = make.MemberFactory.create_batch(2, office=office)
    held(office, members=[one])
    held(office, members=[two], kind="training")
    other = {"measure": KEY, "filters": {"type": "training"}, "metric": "records"}
    target(plan, filters={"type": "inspection"}, alternatives=[other], amount=1, scope="each_member")
    assert only(plan).coverage.missing_ids == frozenset()


@pytest.mark.parametrize("metric", ["members", "percent"])
def test_what_cannot_be_added_has_no_alternatives(plan, metric):
    other = {"measure": "activities", "filters": {"type": "training"}, "metric": metric}
    target(plan, measure="activities", metric=metric, alternatives=[other])
    assert not only(plan).countable


# --- coverage ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("goal", "needed", "met"), [(None, 3, False), (90, 3, False), (66, 2, True), (34, 2, True)])
def test_part_of_the_members_may_be_enough(plan, office, goal, needed, met):
    members = make.MemberFactory.create_batch(3, office=office)
    held(office, members=members[:2])
    target(plan, scope="each_member", amount=1, coverage_goal=goal)
    found = only(plan)
    assert (found.goal, found.met, found.missing) == (needed, met, max(0, needed - 2))


# --- thirds of months, plenary, term ----------------------------------------------------------------------------------
def test_thirds_of_a_month(plan, office):
    target(plan, period="ten_days", amount=1)
    for day in (1, 10, 11, 20, 21, 28):
        held(office, month=2, day=day)
    found = only(plan)
    assert [(each.label, each.actual) for each in found.periods[3:6]] == [
        ("2月上旬", 2),
        ("2月中旬", 2),
        ("2月下旬", 2),
    ]
    assert (found.done, found.amount, found.periods[5].span.last) == (3, 36, date(2026, 2, 28))


def test_thirds_are_advised_by_the_day(plan):
    target(plan, period="ten_days", amount=2)
    assert only(plan, as_of=date(2026, 6, 12)).advice == "6月20日前还需2次"


@pytest.fixture
def term(office):
    """From 2022 on without an end; the plenary of 2026 is from 12 to 15 January."""
    return make.SessionFactory(term=make.TermFactory(office=office)).term


def test_the_days_of_the_plenary(plan, office, term):
    target(plan, period="plenary")
    held(office, month=1, day=12)
    held(office, month=1, day=16)
    found = only(plan, as_of=date(2026, 1, 13))
    assert (found.actual, found.pace, found.state_label) == (1, 1, "进行中")
    assert (found.requirement, only(plan).state_label) == ("全会期间不少于2次", "未完成")


def test_a_town_has_the_plenary_of_its_county(office, term):
    town = make.OfficeFactory(parent=office)
    target(make.PlanFactory(office=town), period="plenary")
    held(town, month=1, day=15)
    assert only(town.plans.get()).actual == 1


@pytest.mark.parametrize(("period", "what"), [("plenary", "全体会议的日期"), ("term", "所在的届")])
def test_an_occasion_nobody_entered_cannot_be_counted(plan, period, what):
    target(plan, period=period)
    assert what in only(plan).text


def test_a_term_counts_from_its_first_day(plan, office, term):
    target(plan, period="term", amount=10)
    make.ActivityFactory(office=office, starts_at=make.moment(5, 5, year=2022))
    make.ActivityFactory(office=office, starts_at=make.moment(12, 31, year=2021))
    held(office)
    found = only(plan, as_of=JUNE_END)
    assert (found.actual, found.pace, found.span.last) == (2, Decimal("9.0"), date(2026, 12, 31))
    assert "from=2022-01-01" in found.url and found.requirement == "本届不少于10次"


def test_a_term_that_goes_on_is_not_over_with_the_year(plan, office, term):
    term.ends = date(2027, 1, 31)
    term.save()
    target(plan, period="term", amount=10)
    found = only(plan)
    assert (found.is_over, found.state_label) == (False, "进度落后")
    assert found.advice == "12月底前还需9次"


def test_occasions_cost_the_same_for_any_number_of_targets(plan, office, term):
    target(plan, period="plenary")
    target(plan, period="term")
    few = queries(plan)
    for _ in range(3):
        target(plan, period="plenary", measure="activities", filters={"type": "inspection"})
        target(plan, period="term", metric="person_times")
    assert queries(plan) == few + 1 == 7  # targets, offices, sessions, terms, rule, records; words of the types


# --- links ------------------------------------------------------------------------------------------------------------
def test_a_period_and_a_member_have_pages_of_their_own(plan, office):
    target(plan, measure="activities", period="quarter", scope="each_member")
    link = only(plan).link
    assert "from=2026-04-01&to=2026-06-30" in link(only(plan).periods[1].span)
    assert "member=7&attended=came" in link(key=7)


@pytest.mark.parametrize("measure", ["activities", "proposals", "opinions"])
@pytest.mark.parametrize("scope", ["each_member", "each_group"])
def test_the_page_of_one_shows_what_was_counted_for_it(plan, office, measure, scope):
    member = make.MemberFactory(office=office, group=make.GroupFactory(office=office))
    for one in (member, make.MemberFactory(office=office)):
        held(office, members=[one])
        make.ProposalFactory(office=office, session__term=one.term, member=one)
        make.OpinionFactory(office=office, member=one)
    target(plan, measure=measure, scope=scope, amount=1)
    browser = Client()
    browser.force_login(make.PostingFactory(office=office).user)
    found, key = only(plan), member.pk if scope == "each_member" else member.group_id
    page = browser.get(found.link(key=key))
    assert (len(page.context["table"].rows), found.coverage.counts[key]) == (1, 1)
