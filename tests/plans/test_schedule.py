"""How scheduled items stand, from the records tied to them."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import Span
from plans import links, schedule
from plans.enums import ItemStanding
from plans.links import LinkedRecord
from plans.pages import items as item_pages
from tests import factories as make

S = ItemStanding
ITEM_DAYS = {"month": 5}


@pytest.fixture
def item(db):
    return make.ItemFactory(month=5, plan=make.PlanFactory())


def record(item, standing, day) -> LinkedRecord:
    return LinkedRecord(item.lineage, standing, "活动", "/activities/1/", day)


MAY, JUNE = date(2026, 5, 20), date(2026, 6, 20)


@pytest.mark.parametrize(
    ("standings", "today", "expected"),
    [
        ([], date(2026, 5, 31), S.OPEN),
        ([], date(2026, 6, 1), S.OVERDUE),
        ([(S.PREPARING, MAY)], date(2026, 5, 1), S.PREPARING),
        ([(S.PREPARING, MAY)], date(2026, 6, 1), S.OVERDUE),
        ([(S.PREPARING, JUNE)], date(2026, 6, 1), S.PREPARING),
        ([(S.HELD, MAY), (S.PREPARING, JUNE)], date(2026, 6, 1), S.HELD),
        ([(S.HELD, MAY), (S.SUMMARISED, MAY)], date(2026, 6, 1), S.SUMMARISED),
    ],
)
def test_standing(item, standings, today, expected):
    records = tuple(record(item, standing, day) for standing, day in standings)
    assert schedule.judged(item, records, today).standing == expected


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [("whole", 1, 28), ("early", 1, 10), ("middle", 11, 20), ("late", 21, 28)],
)
def test_days_of_a_part_of_february(db, part, first, last):
    item = make.ItemFactory(month=2, part_of_month=part)
    assert schedule.due_span(item) == Span(date(2026, 2, first), date(2026, 2, last))


def test_real_activities_and_decisions_are_found_in_one_query_each(world, django_assert_num_queries):
    items = [world["item.approved"], world["item.draft"]]
    with django_assert_num_queries(len(links.sources) + 1):
        found = schedule.standing(items, as_of=date(2026, 12, 1))
    assert [each.item for each in found] == items
    assert found[0].is_done == bool(len(links.sources))


def test_no_items_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert schedule.standing([]) == []


def test_the_board_has_twelve_months(world):
    plan = world["plan.approved"]
    board = item_pages.board_of(plan, item_pages.standings_of(plan), world.people["staff"])
    assert [cell.label for cell in board.rows[0].cells] == [f"{number}月" for number in range(1, 13)]
    assert "视察乡村道路养护" in [entry.title for entry in board.rows[0].cells[3].entries]
