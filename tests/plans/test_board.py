"""The year on one board: where an item stands, what was planned against what took place."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.clock import Span
from plans import services
from plans.pages import items as item_pages
from plans.times import Time
from tests import factories as make

pytestmark = pytest.mark.django_db


# --- time ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("time", "text", "first", "last"),
    [
        (Time(5), "5月", date(2026, 5, 1), date(2026, 5, 31)),
        (Time(2, part="late"), "2月下旬", date(2026, 2, 21), date(2026, 2, 28)),
        (Time(4, 5), "4—5月", date(2026, 4, 1), date(2026, 5, 31)),
        (Time(4, 6), "二季度", date(2026, 4, 1), date(2026, 6, 30)),
        (Time(1, 6), "上半年", date(2026, 1, 1), date(2026, 6, 30)),
        (Time(3, 4, "early"), "3月—4月上旬", date(2026, 3, 1), date(2026, 4, 10)),
        (Time(None, part="plenary"), "全会期间", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_times_in_words_and_days(time, text, first, last):
    assert (time.text, time.span(2026)) == (text, Span(first, last))


def test_an_item_of_the_plenary_stands_in_its_month_once_that_is_known(world, approved):
    item = make.ItemFactory(plan=approved, month=None, part_of_month="plenary", topic="大会发言")
    (found,) = [each for each in item_pages.standings_of(approved) if each.item == item]
    assert (found.month, found.span.first, found.time.text) == (1, date(2026, 1, 12), "全会期间")


# --- the board -----------------------------------------------------------------------------------------------------
def board(plan, user):
    return item_pages.board_of(plan, item_pages.standings_of(plan), user)


def titles(cell):
    return [entry.title for entry in cell.entries]


def test_a_row_for_the_office_and_one_for_each_group(world, approved, staff):
    group = world["group"]
    make.ItemFactory(plan=approved, month=6, topic="组内走访", group=group)
    outside = make.ActivityFactory(office=approved.office, title="抢险慰问", starts_at=make.moment(7, 2))
    outside.groups.add(group)
    first, second = board(approved, staff).rows
    assert (first.label, second.label) == ("全办公室", group.name)
    assert titles(second.cells[5]) == ["组内走访"] and titles(second.cells[6]) == ["抢险慰问"]
    assert second.cells[6].entries[0].status == "计划外"


def test_many_unplanned_records_are_counted_and_lead_to_their_list(world, approved, staff, sign_in):
    make.ActivityFactory.create_batch(10, office=approved.office, starts_at=make.moment(7, 2))
    shown = board(approved, staff)
    cell = shown.rows[0].cells[6]
    assert len(cell.entries) == 7 and cell.entries[-1].title == "另有4次计划外活动"
    assert shown.by_month[6][1].unplanned == sum(entry.rest or 1 for entry in cell.entries) == 10
    listed = sign_in("staff").get(cell.entries[-1].url).context["table"].rows
    assert len(listed) == 10


def test_long_spans_stand_above_the_months(approved, staff):
    make.ItemFactory(plan=approved, month=1, until_month=12, topic="走访委员")
    make.ItemFactory(plan=approved, month=8, until_month=9, topic="专项视察")
    (row,) = board(approved, staff).rows
    assert [entry.title for entry in row.long] == ["走访委员"]
    assert [(entry.title, entry.when) for entry in row.cells[7].entries] == [("专项视察", "8—9月")]


def test_planned_against_actual(world, approved, staff):
    late, gone, moved = (make.ItemFactory(plan=approved, month=month) for month in (2, 3, 11))
    services.cancel_item(item=gone, reason="不办了", by=staff)
    services.move_item(item=moved, month=12, reason="推迟", by=staff)
    total = board(approved, staff).total
    assert (total.planned, total.done, total.cancelled, total.moved) == (3, 1, 1, 1)
    assert total.overdue >= 1 and total.planned == total.done + total.overdue + total.open
    assert board(approved, staff).by_month[1][1].words.startswith(f"已开展0/1，过期{1 if late else 0}")


def test_moves_go_one_month_and_stop_at_the_ends_of_the_year(approved, staff):
    (row,) = board(make.ItemFactory(plan=approved, month=12, topic="总结").plan, staff).rows
    (entry,) = [entry for entry in row.cells[11].entries if entry.title == "总结"]
    assert [link.label for link in entry.moves] == ["← 提前"]
    assert "month=11" in entry.moves[0].url


def test_who_may_not_decide_sees_no_buttons(world, approved):
    make.ItemFactory(plan=approved, month=12)
    for person in ("leader", "owner", "county_staff"):
        (row,) = board(approved, world.people[person]).rows
        assert not [entry for cell in row.cells for entry in cell.entries if entry.moves]


def test_members_do_not_see_unplanned_work(world, approved):
    make.ActivityFactory(office=approved.office, starts_at=make.moment(7, 2))
    assert board(approved, world.people["owner"]).total.unplanned == 0


# --- pages ---------------------------------------------------------------------------------------------------------
def test_moving_from_the_board(world, approved, sign_in):
    item = make.ItemFactory(plan=approved, month=12, topic="年终座谈")
    browser, here = sign_in("staff"), reverse("plan_item_act", args=[item.pk, "move"])
    page = browser.get(f"{here}?month=11&part_of_month=whole")
    assert page.context["form"]["month"].value() == "11"
    data = {"month": "11", "part_of_month": "early", "reason": "全会提前"}
    assert browser.post(here, data).status_code == 302
    shown = browser.get(reverse("plan_months", args=[approved.pk])).content.decode()
    assert "原定12月，调整到11月上旬，因：全会提前" in shown


def test_deciding_on_the_page_needs_a_reason(world, approved, sign_in):
    item = make.ItemFactory(plan=approved, month=12)
    answer = sign_in("staff").post(reverse("plan_item_act", args=[item.pk, "cancel"]), {"reason": ""})
    assert answer.status_code == 422


def test_merging_on_the_page(world, approved, sign_in):
    item, other = (make.ItemFactory(plan=approved, month=month, topic=f"座谈{month}") for month in (10, 12))
    browser, here = sign_in("staff"), reverse("plan_item_act", args=[item.pk, "merge"])
    offered = [label for _, label in browser.get(here).context["form"].fields["into"].choices]
    assert "12月 座谈12" in offered and "10月 座谈10" not in offered
    assert browser.post(here, {"into": other.pk, "reason": "议题相近"}).status_code == 302
    page = browser.get(item.get_absolute_url()).content.decode()
    assert "并入“座谈12”，因：议题相近" in page and "恢复原计划" in page


def cost(browser, here) -> int:
    browser.get(here)  # what the process keeps is read once
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(here).status_code == 200
    return len(queries)


def grow(plan, group):
    for month in range(1, 13):
        item = make.ItemFactory(plan=plan, month=month, group=group, form="thematic")
        make.ActivityFactory(office=plan.office, item_lineage=item.lineage)
        make.ActivityFactory(office=plan.office).groups.add(group)
        make.TargetFactory(plan=plan)


@pytest.mark.parametrize(
    ("name", "person"), [("plan_months", "staff"), ("plan_detail", "staff"), ("plan_year", "leader")]
)
def test_the_board_costs_the_same_for_many_items(name, person, world, approved, sign_in):
    browser = sign_in(person)
    here = reverse(name, args=[] if name == "plan_year" else [approved.pk])
    plans = [approved, make.PlanFactory(office=world.offices["street"])]
    for plan in plans:
        grow(plan, world["group"])
    before = cost(browser, here)
    for plan in [*plans, make.PlanFactory(office=world.offices["county"])]:
        grow(plan, world["group"])
    assert cost(browser, here) == before


# --- from an item to its activity ----------------------------------------------------------------------------------
def test_a_consultation_becomes_an_activity_of_its_group(world, approved, sign_in):
    item = make.ItemFactory(plan=approved, month=12, kind="", form="sector", group=world["group"], topic="界别协商")
    consultation = make.activity_type("consultation")
    form = sign_in("staff").get(f"{reverse('activity_create')}?item={item.pk}").context["form"]
    assert (form.initial["type"], form.initial["groups"]) == (consultation.pk, [world["group"].pk])


def test_nothing_is_made_of_a_cancelled_item(world, approved, staff, sign_in):
    item, browser = make.ItemFactory(plan=approved, month=12, topic="年终座谈"), sign_in("staff")
    services.cancel_item(item=item, reason="不办了", by=staff)
    assert browser.get(f"{reverse('activity_create')}?item={item.pk}").status_code == 404
    waiting = f"{reverse('activity_from_plan')}?year={approved.year}"
    assert "年终座谈" not in browser.get(waiting).content.decode()


def test_a_moved_item_waits_in_its_new_month(world, approved, staff, sign_in):
    item = make.ItemFactory(plan=approved, month=3, topic="年终座谈")
    services.move_item(item=item, month=12, reason="推迟", by=staff)
    page = sign_in("staff").get(f"{reverse('activity_from_plan')}?year={approved.year}").content.decode()
    assert "12月（原定3月）" in page
