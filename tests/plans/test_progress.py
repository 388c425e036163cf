"""Every operator, period and scope, over real records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import progress
from plans.models import Target
from tests import factories as make
from tests.plans.standing import JUNE_END, YEAR_END, held, only, queries, target

pytestmark = pytest.mark.django_db


# --- operators ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("operator", "amount", "top", "done", "met", "missing", "over"),
    [
        ("at_least", 2, None, 1, False, 1, 0),
        ("at_least", 2, None, 3, True, 0, 0),
        ("exactly", 2, None, 2, True, 0, 0),
        ("exactly", 2, None, 3, True, 0, 1),
        ("range", 1, 2, 0, False, 1, 0),
        ("range", 1, 2, 1, True, 0, 0),
        ("range", 1, 2, 3, True, 0, 1),
        ("at_most", 2, None, 2, True, 0, 0),
        ("at_most", 2, None, 3, False, 0, 1),
    ],
)
def test_operator(plan, office, operator, amount, top, done, met, missing, over):
    target(plan, operator=operator, amount=amount, amount_max=top)
    for _ in range(done):
        held(office)
    found = only(plan)
    assert (found.actual, found.met, found.missing, found.over) == (done, met, missing, over)


def test_standing_in_words(plan, office):
    target(plan, amount=2)
    held(office)
    found = only(plan)
    assert found.text == "不少于2次 · 已完成1次 · 还差1次"
    assert (found.percent, found.state) == (50, ("未完成", "danger"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": None}, "数量待定 · 已完成1次"),
        ({"operator": "range", "amount": 2, "amount_max": 3}, "2—3次 · 已完成1次 · 还差1次"),
        ({"period": "quarter", "amount": 1}, "每季度不少于1次 · 已完成1次 · 还差3次"),
        ({"operator": "at_most", "amount": 0}, "不超过0次 · 已完成1次 · 超出1次"),
        ({"metric": "hours", "amount": 8}, "不少于8小时 · 已完成2.5小时 · 还差5.5小时"),
    ],
)
def test_words_of_each_form(plan, office, values, words):
    target(plan, **values)
    held(office, hours=Decimal("2.5"))
    assert only(plan).text == words


def test_amount_not_set_yet_still_counts(plan, office):
    target(plan, amount=None)
    held(office)
    found = only(plan)
    assert (found.actual, found.amount, found.percent, found.met, found.behind) == (1, None, None, False, False)
    assert found.state_label == "数量待定"


# --- what is counted -----------------------------------------------------------------------------------------------
def test_only_the_records_of_the_office_year_and_type(plan, office):
    target(plan, filters={"type": "inspection"})
    held(office)
    held(office, kind="training")
    held(make.OfficeFactory())
    held(office, state="preparing")
    make.ActivityFactory(office=office, starts_at=make.moment(4, 1, year=2025))
    assert only(plan).actual == 1


def test_a_plan_counts_the_offices_below_too(plan, office):
    target(plan)
    held(make.OfficeFactory(parent=make.OfficeFactory(parent=office)))
    assert only(plan).actual == 1


def test_records_at_the_edge_of_the_year_fall_into_local_days(plan, office):
    target(plan)
    make.ActivityFactory(office=office, starts_at=make.moment(1, 1, hour=0))
    make.ActivityFactory(office=office, starts_at=make.moment(12, 31, hour=23))
    assert only(plan).actual == 2


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("records", 2), ("person_times", 3), ("members", 2), ("hours", Decimal("6.5")), ("households", 16)],
)
def test_metric(plan, office, metric, expected):
    one, two = make.MemberFactory.create_batch(2, office=office)
    held(office, members=[one, two], hours=4, households=16)
    held(office, members=[one], hours=Decimal("2.5"))
    target(plan, metric=metric)
    assert only(plan).actual == expected


def test_nobody_who_stayed_away_is_counted(plan, office):
    activity = held(office)
    make.AttendanceFactory(activity=activity, member=make.MemberFactory(office=office), state="leave")
    target(plan, metric="person_times")
    assert only(plan).actual == 0


# --- periods -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "times"), [("year", 1), ("half_year", 2), ("quarter", 4), ("two_months", 6), ("month", 12)]
)
def test_amount_of_a_rhythm_is_for_the_whole_year(plan, office, period, times):
    target(plan, amount=1, period=period)
    for month in range(1, 13):
        held(office, month=month)
    found = only(plan)
    assert (found.amount, len(found.periods), found.met) == (times, times, True)
    assert [each.actual for each in found.periods] == [12 // times] * times


def test_a_missed_quarter_is_not_made_good_by_another(plan, office):
    target(plan, amount=1, period="quarter")
    for month in (1, 2, 3, 4):
        held(office, month=month)
    found = only(plan)
    assert (found.actual, found.done, found.missing, found.met) == (4, 2, 2, False)
    assert [each.state[0] for each in found.periods] == ["已完成", "已完成", "未完成", "未完成"]
    assert found.periods[2].label == "三季度"


def test_labels_of_periods(plan):
    for period in ("half_year", "two_months", "month"):
        target(plan, period=period)
    halves, pairs, months = (each.periods for each in progress.of_plan(plan))
    assert [each.label for each in halves] == ["上半年", "下半年"]
    assert pairs[1].label == "3—4月"
    assert months[11].label == "12月"


# --- scopes --------------------------------------------------------------------------------------------------------
def test_every_member_is_asked(plan, office):
    one, two, _three = make.MemberFactory.create_batch(3, office=office)
    make.MemberFactory(office=office, state="left")
    held(office, members=[one, two])
    held(office, members=[one])
    target(plan, scope="each_member", amount=2)
    found = only(plan)
    assert (found.coverage.reached, found.coverage.of, found.coverage.percent) == (1, 3, 33)
    assert (found.missing, found.met, found.actual) == (2, False, 2)
    assert found.text == "每名委员不少于2次 · 3名委员中1名已达到（共2次） · 还差2名委员"
    assert found.coverage.counts[two.pk] == 1


def test_every_member_in_every_quarter(plan, office):
    member = make.MemberFactory(office=office)
    for month in (1, 4, 7):
        held(office, month=month, members=[member])
    target(plan, scope="each_member", amount=1, period="quarter")
    assert not only(plan).met
    held(office, month=10, members=[member])
    assert only(plan).met


def test_hours_of_each_member(plan, office):
    one, two = make.MemberFactory.create_batch(2, office=office)
    held(office, members=[one, two], hours=4)
    held(office, members=[one], hours=4)
    target(plan, scope="each_member", metric="hours", amount=8)
    found = only(plan)
    assert (found.coverage.counts[one.pk], found.coverage.counts[two.pk]) == (8, 4)
    assert found.coverage.missing_ids == {two.pk}


@pytest.mark.parametrize(("metric", "expected"), [("records", 1), ("person_times", 2), ("members", 2)])
def test_each_group_counts_a_shared_record_once(plan, office, metric, expected):
    group = make.GroupFactory(office=office)
    make.GroupFactory(office=office)
    make.GroupFactory(office=office, is_active=False)
    held(office, members=make.MemberFactory.create_batch(2, office=office, group=group))
    held(office, members=[make.MemberFactory(office=office)])
    target(plan, scope="each_group", metric=metric, amount=1)
    found = only(plan)
    assert (found.coverage.of, found.coverage.reached, found.coverage.counts[group.pk]) == (2, 1, expected)


def test_nobody_to_ask_is_not_met(plan):
    target(plan, scope="each_member", amount=1)
    found = only(plan)
    assert (found.met, found.percent) == (False, 100)


# --- pace ----------------------------------------------------------------------------------------------------------
def test_pace_is_the_line_to_the_end_of_december(plan, office):
    target(plan, amount=12)
    held(office)
    found = only(plan, as_of=JUNE_END)
    assert found.pace == Decimal("6.0")
    assert (found.behind, found.state) == (True, ("进度落后", "warning"))
    assert found.advice == "6月底前还需4次"


def test_half_a_unit_is_no_warning_before_the_last_quarter(plan):
    target(plan, amount=1)
    assert not only(plan, as_of=date(2026, 9, 1)).behind
    assert only(plan, as_of=date(2026, 10, 15)).behind


def test_a_closed_quarter_without_a_record_is_a_warning(plan, office):
    target(plan, amount=1, period="quarter")
    assert not only(plan, as_of=date(2026, 2, 1)).behind
    assert only(plan, as_of=date(2026, 4, 2)).behind


def test_records_after_the_day_of_the_report_do_not_count(plan, office):
    target(plan)
    held(office, month=6, day=30)
    held(office, month=7, day=1)
    assert (only(plan, as_of=JUNE_END).actual, only(plan).actual) == (1, 2)
    assert "to=2026-06-30" in only(plan, as_of=JUNE_END).url


def test_nothing_of_a_future_year_has_elapsed(office):
    plan = make.PlanFactory(office=office, year=2027)
    target(plan, amount=4)
    found = only(plan, as_of=date(2026, 11, 22))
    assert (found.pace, found.behind, found.state_label) == (0, False, "未开始")


def test_nothing_counts_before_the_year(plan, office):
    target(plan)
    held(office, month=1, day=1)
    assert only(plan, as_of=date(2025, 12, 31)).actual == 0


def test_a_ceiling_has_no_pace(plan):
    target(plan, operator="at_most", amount=3)
    found = only(plan, as_of=JUNE_END)
    assert (found.pace, found.behind, found.state_label) == (None, False, "未超出")


# --- what cannot be counted ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {"measure": "nobody_registered_this"},
        {"metric": "copies"},
        {"measure": "tested_memberless", "scope": "each_member"},
        {"scope": "each_group", "metric": "hours"},
        {"scope": "each_member", "metric": "members"},
    ],
)
def test_what_cannot_be_counted_says_so(plan, values):
    target(plan, **values)
    target(plan)
    broken, fine = progress.of_plan(plan)
    assert (broken.countable, broken.state_label, broken.met, broken.percent) == (False, "无法统计", False, None)
    assert broken.text.startswith("无法统计：")
    assert fine.countable


# --- cost ----------------------------------------------------------------------------------------------------------
def test_ten_targets_cost_as_many_queries_as_one(plan, office):
    held(office, members=[make.MemberFactory(office=office, group=make.GroupFactory(office=office))])
    target(plan, scope="each_member")
    target(plan, scope="each_group")
    few = queries(plan)
    for period in ("year", "half_year", "quarter", "two_months", "month"):
        target(plan, scope="each_member", period=period)
        target(plan, metric="person_times", period=period)
    assert queries(plan) == few == 5  # targets, offices, records, members, groups


@pytest.fixture
def county(office):
    """A county with two towns, their plans with the same targets, and something done in each."""
    towns = make.OfficeFactory.create_batch(2, parent=office)
    plans = [make.PlanFactory(office=each) for each in (office, *towns)]
    traveller = make.MemberFactory(office=towns[0], group=make.GroupFactory(office=towns[0]))
    for place in (office, *towns):
        held(place, month=2, hours=2, members=[traveller, make.MemberFactory(office=place)])
    for plan in plans:
        for scope, metric in (("office", "records"), ("office", "members"), ("office", "hours"),
                              ("each_member", "records"), ("each_group", "person_times")):  # fmt: skip
            target(plan, scope=scope, metric=metric, period="quarter", amount=1)
    return plans


def test_several_plans_at_once_are_what_each_is_alone(county):
    targets = list(Target.objects.select_related("plan"))
    together = progress.of_targets(targets, as_of=YEAR_END)
    alone = [figure for plan in county for figure in progress.of_plan(plan, as_of=YEAR_END)]
    assert [each.text for each in together] == [each.text for each in sorted(alone, key=lambda e: e.target.order)]
    assert {each.target.pk: each.coverage for each in together} == {each.target.pk: each.coverage for each in alone}


def test_a_member_seen_in_two_towns_is_one_member_of_the_county(county):
    figures = progress.of_targets(list(Target.objects.filter(metric="members").select_related("plan")))
    assert [each.actual for each in figures] == [4, 2, 2]


def test_plans_that_ask_the_same_share_a_count(county):
    targets = list(Target.objects.filter(scope="office", metric="records").select_related("plan"))
    assert len(targets) == 3
    with CaptureQueriesContext(connection) as caught:
        figures = progress.of_targets(targets)
    assert [each.actual for each in figures] == [3, 1, 1]
    assert [query["sql"].count("UNION ALL") for query in caught] == [0, 0]


def test_a_plan_without_targets_has_no_progress(plan):
    assert progress.of_plan(plan) == []
