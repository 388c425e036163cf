"""Recurring arrangements: single items that belong together."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.errors import Conflict, Denied, DomainError
from plans import services
from plans.models import ScheduledItem
from plans.services.series import occurrences

pytestmark = pytest.mark.django_db
STUDY = {"kind": "study", "topic": "集中学习", "content": "", "participants": "全体委员", "organisers": ""}


@pytest.fixture
def series(draft, staff):
    given = {"rhythm": "quarter", "first_month": 3, "last_month": 12, "values": dict(STUDY)}
    return services.add_series(plan=draft, by=staff, **given)


@pytest.mark.parametrize(
    ("rhythm", "first", "last", "months"),
    [
        ("month", 3, 8, [3, 4, 5, 6, 7, 8]),
        ("two_months", 1, 12, [1, 3, 5, 7, 9, 11]),
        ("quarter", 2, 12, [2, 5, 8, 11]),
        ("half_year", 6, 12, [6, 12]),
        ("thirds", 4, 4, [4, 4, 4]),
    ],
)
def test_how_often_becomes_when(rhythm, first, last, months):
    found = occurrences(rhythm, first, last)
    assert [month for month, _ in found] == months
    assert rhythm != "thirds" or [part for _, part in found] == ["early", "middle", "late"]


def test_each_time_is_an_item_of_its_own(series, draft):
    assert [each.month for each in series] == [3, 6, 9, 12]
    assert len({each.lineage for each in series}) == 4 and len({each.series for each in series}) == 1
    assert draft.items.filter(topic="集中学习").count() == 4


def change(series, at, reach, staff, **values):
    services.save_item(item=series[at], values={**STUDY, "month": series[at].month, **values}, reach=reach, by=staff)
    rows = ScheduledItem.objects.filter(series=series[0].series).order_by("order")
    return [(each.month, each.topic) for each in rows]


def test_only_this_one(series, staff):
    found = change(series, 1, "this", staff, topic="观摩学习", month=7)
    assert found == [(3, "集中学习"), (7, "观摩学习"), (9, "集中学习"), (12, "集中学习")]


def test_this_one_and_the_later_ones_keep_their_months(series, staff):
    found = change(series, 2, "later", staff, topic="读书会", month=10)
    assert found == [(3, "集中学习"), (6, "集中学习"), (10, "读书会"), (12, "读书会")]


def test_all_of_them(series, staff):
    assert {topic for _, topic in change(series, 2, "series", staff, topic="读书会")} == {"读书会"}


def test_taking_out_the_rest_of_the_year(series, draft, staff):
    services.delete_item(item=series[2], reach="later", by=staff)
    assert [each.month for each in draft.items.filter(topic="集中学习")] == [3, 6]


def test_the_last_month_is_not_before_the_first(draft, staff):
    with pytest.raises(DomainError, match="截止月份"):
        services.add_series(plan=draft, rhythm="month", first_month=5, last_month=4, values=dict(STUDY), by=staff)


def test_a_plan_in_force_is_not_changed(approved, staff):
    with pytest.raises(Denied):
        services.add_series(plan=approved, rhythm="month", first_month=1, last_month=4, values=dict(STUDY), by=staff)


def test_two_editors(series, staff):
    with pytest.raises(Conflict):
        services.save_item(item=series[0], values=STUDY, by=staff, version=series[0].plan.version + 7)


# --- pages ---------------------------------------------------------------------------------------------------------
def test_the_form_makes_the_single_items(draft, sign_in):
    data = {"rhythm": "two_months", "first_month": "2", "last_month": "12", "part_of_month": "late", "version": "1",
            **STUDY}  # fmt: skip
    answer = sign_in("staff").post(reverse("plan_series", args=[draft.pk]), data)
    assert answer.status_code == 302
    found = [(each.month, each.part_of_month) for each in draft.items.filter(topic="集中学习")]
    assert found == [(month, "late") for month in (2, 4, 6, 8, 10, 12)]


def test_a_later_change_and_a_removal_from_the_items_page(series, draft, sign_in):
    browser, here = sign_in("staff"), reverse("plan_item_edit", args=[series[1].pk])
    page = browser.get(here)
    assert "这一次和以后各次" in page.content.decode()
    data = {**STUDY, "topic": "读书会", "month": "6", "part_of_month": "whole", "reach": "later", "version": "2"}
    assert browser.post(here, data).status_code == 302
    assert draft.items.filter(topic="读书会").count() == 3
    gone = {**data, "remove": "on", "reach": "this", "version": "3"}
    assert browser.post(here, gone).status_code == 302
    assert draft.items.filter(topic="读书会").count() == 2


def test_the_item_shows_its_other_times(series, sign_in):
    page = sign_in("staff").get(reverse("plan_item", args=[series[0].pk])).content.decode()
    assert "定期安排的各次" in page and "12月" in page
