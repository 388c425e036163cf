"""What is decided about items of a plan in force: recorded on top of the approved item, never in its place."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import AuditEntry
from core.errors import Denied, DomainError, StateChanged
from core.workflow import history
from notices.models import Notice
from plans import schedule, selectors, services
from plans.models import Adjustment, ScheduledItem
from plans.pages import changes as changes
from plans.rows import Row, values_of
from plans.workflow import ITEM_FLOW
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(approved):
    return make.ItemFactory(plan=approved, month=5, topic="座谈物业管理")


@pytest.fixture
def other(approved):
    return make.ItemFactory(plan=approved, month=9, topic="座谈社区治理")


def standing(item, day=date(2026, 11, 22)):
    return {each.item.pk: each for each in schedule.standing(list(item.plan.items.select_related("plan")), as_of=day)}[
        item.pk
    ]


# --- moving --------------------------------------------------------------------------------------------------------
def test_a_moved_item_keeps_what_was_approved(item, staff, head):
    services.move_item(item=item, month=12, part_of_month="early", reason="与全会冲突", by=staff)
    item.refresh_from_db()
    found = standing(item)
    assert (item.month, found.time.text, found.label) == (5, "12月上旬", "未开始")
    assert found.note == "原定5月，调整到12月上旬，因：与全会冲突"
    assert Notice.objects.filter(recipient=head, text__contains="从5月调整到12月上旬：与全会冲突").exists()
    assert AuditEntry.objects.filter(action="adjustment.move", actor=staff).exists()


def test_a_moved_item_can_be_moved_again_but_not_to_where_it_is(item, staff):
    services.move_item(item=item, month=6, reason="一", by=staff)
    with pytest.raises(DomainError, match="现在就在6月"):
        services.move_item(item=item, month=6, reason="二", by=staff)
    services.move_item(item=item, month=7, until_month=8, reason="三", by=staff)
    assert standing(item).note == "原定5月，调整到7—8月，因：三"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"month": None}, "请选择月份"),
        ({"month": 8, "until_month": 7}, "截止月份不能早于"),
        ({"month": 8, "reason": " "}, "请填写调整的理由"),
    ],
)
def test_an_impossible_time_or_no_reason_is_refused(item, staff, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        services.move_item(**{"item": item, "reason": "调整", "by": staff, **values})
    assert not Adjustment.objects.exists()


def test_what_was_held_is_not_moved(world, staff):
    with pytest.raises(DomainError, match="已经开展"):
        services.move_item(item=world["item.approved"], month=12, reason="晚些", by=staff)


# --- cancelling and merging ----------------------------------------------------------------------------------------
def test_a_cancelled_item_is_not_overdue_and_says_why(item, staff):
    assert standing(item).is_overdue
    services.cancel_item(item=item, reason="上级已统一组织", by=staff)
    assert (standing(item).label, standing(item).note) == ("已取消", "原定5月，已取消，因：上级已统一组织")


def test_an_item_with_an_activity_cannot_vanish(item, other, staff):
    make.ActivityFactory(office=item.plan.office, item_lineage=item.lineage, title="物业座谈", state="preparing")
    with pytest.raises(DomainError, match="“物业座谈”正在筹备，请先取消那个活动"):
        services.cancel_item(item=item, reason="不办了", by=staff)
    with pytest.raises(DomainError, match="不能合并"):
        services.merge_item(item=item, into=other, reason="合办", by=staff)


def test_a_merged_item_names_the_other(item, other, staff):
    services.merge_item(item=item, into=other, reason="议题相近", by=staff)
    assert standing(item).note == "并入“座谈社区治理”，因：议题相近"
    with pytest.raises(DomainError, match="还有别的安排并入了这一项"):
        services.cancel_item(item=other, reason="不办了", by=staff)


def test_nothing_is_merged_into_itself_or_into_what_is_gone(item, other, staff):
    with pytest.raises(DomainError, match="另一项安排"):
        services.merge_item(item=item, into=item, reason="同", by=staff)
    services.cancel_item(item=other, reason="不办了", by=staff)
    with pytest.raises(DomainError, match="已经取消或者并入"):
        services.merge_item(item=item, into=other, reason="合办", by=staff)


def test_restoring_forgets_the_decision_but_not_its_history(item, staff):
    services.move_item(item=item, month=8, reason="推迟", by=staff)
    services.cancel_item(item=item, reason="取消", by=staff)
    services.restore_item(item=item, reason="恢复", by=staff)
    adjustment = Adjustment.objects.get()
    assert (standing(item).note, standing(item).time.text, adjustment.month) == ("", "5月", None)
    assert [(event.name, event.reason) for event in history(adjustment)] == [
        ("move", "推迟"), ("cancel", "取消"), ("restore", "恢复"),
    ]  # fmt: skip


# --- who and when --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("person", ["other_staff", "county_staff", "leader", "owner"])
def test_only_the_office_decides(item, world, person):
    with pytest.raises(Denied):
        services.cancel_item(item=item, reason="不办了", by=world.people[person])
    assert not Adjustment.objects.exists()


def test_only_in_force(world, staff):
    with pytest.raises(StateChanged, match="只能调整执行中的计划"):
        services.cancel_item(item=world["item.draft"], reason="不办了", by=staff)


# --- amendments ----------------------------------------------------------------------------------------------------
def approve(amendment, staff, head):
    services.submit(plan=amendment, by=staff)
    services.approve(plan=amendment, by=head)


def test_an_amendment_takes_the_decision_along(item, approved, staff, head):
    services.cancel_item(item=item, reason="不办了", by=staff)
    amendment = services.amend_plan(plan=approved, by=staff)
    approve(amendment, staff, head)
    assert standing(amendment.items.get(lineage=item.lineage)).label == "已取消"


def test_an_amendment_that_gives_another_time_settles_it(item, approved, staff, head):
    services.move_item(item=item, month=8, reason="推迟", by=staff)
    amendment = services.amend_plan(plan=approved, by=staff)
    row = amendment.items.get(lineage=item.lineage)
    services.save_items(plan=amendment, items=[Row({**values_of(row), "month": 10}, lineage=row.lineage)], by=staff)
    approve(amendment, staff, head)
    found = standing(amendment.items.get(lineage=item.lineage))
    assert (found.time.text, found.note) == ("10月", "")
    assert Adjustment.objects.get().reason == "第2版计划已另行安排。"


def test_an_item_whose_other_half_was_dropped_stands_for_itself_again(item, other, approved, staff, head):
    services.merge_item(item=item, into=other, reason="合办", by=staff)
    amendment = services.amend_plan(plan=approved, by=staff)
    services.save_items(plan=amendment, items=[Row(lineage=other.lineage, delete=True)], by=staff)
    approve(amendment, staff, head)
    assert standing(amendment.items.get(lineage=item.lineage)).note == ""


def test_decisions_are_written_into_the_amendment(item, other, approved, staff, head):
    services.move_item(item=item, month=8, part_of_month="late", reason="推迟", by=staff)
    services.cancel_item(item=other, reason="不办了", by=staff)
    amendment = services.amend_plan(plan=approved, by=staff)
    services.adopt_decisions(plan=amendment, by=staff)
    assert not amendment.items.filter(lineage=other.lineage).exists()
    found = [(change.kind, change.title) for change in changes.between(approved, amendment)]
    assert found == [("修改", "座谈物业管理"), ("删除", "座谈社区治理")]
    approve(amendment, staff, head)
    after = standing(amendment.items.get(lineage=item.lineage))
    assert (after.time.text, after.note) == ("8月下旬", "")
    assert not Adjustment.objects.exclude(state="planned").exists()


def test_the_amendments_page_offers_to_adopt(item, approved, staff, sign_in):
    services.cancel_item(item=item, reason="不办了", by=staff)
    amendment, browser = services.amend_plan(plan=approved, by=staff), sign_in("staff")
    assert "把这些调整写进修订版" in browser.get(amendment.get_absolute_url()).content.decode()
    browser.post(reverse("plan_adopt", args=[amendment.pk]), {"version": amendment.version})
    page = browser.get(amendment.get_absolute_url()).content.decode()
    assert "把这些调整写进修订版" not in page and "删除" in page


def test_an_amendment_offers_no_print_of_the_other_version(approved, staff, sign_in):
    amendment, browser = services.amend_plan(plan=approved, by=staff), sign_in("staff")
    assert "打印年度工作计划" in browser.get(approved.get_absolute_url()).content.decode()
    assert "打印年度工作计划" not in browser.get(amendment.get_absolute_url()).content.decode()


def test_nothing_to_adopt_is_said(approved, staff):
    with pytest.raises(DomainError, match="没有可以写入的调整"):
        services.adopt_decisions(plan=services.amend_plan(plan=approved, by=staff), by=staff)


def test_a_copy_for_the_next_year_takes_the_original(item, approved, staff):
    services.move_item(item=item, month=8, reason="推迟", by=staff)
    approved.office.plans.exclude(pk=approved.pk).delete()
    plan = services.create_plan(office=approved.office, year=2030, by=staff, copy_last=True)
    assert sorted(each.month for each in plan.items.all()) == [4, 5]
    assert not any(each.note for each in selectors.decided(plan)) and selectors.decided(plan) == []


# --- the table -----------------------------------------------------------------------------------------------------
ACTS = {
    "move": lambda item, other, by, at: services.move_item(item=item, month=at, reason="改", by=by),
    "merge": lambda item, other, by, at: services.merge_item(item=item, into=other, reason="并", by=by),
    "cancel": lambda item, other, by, at: services.cancel_item(item=item, reason="停", by=by),
    "restore": lambda item, other, by, at: services.restore_item(item=item, reason="复", by=by),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(["staff", "head", "leader"]), st.integers(6, 12)),
    max_size=7,
)


def attempt(act, item, other, by, at) -> bool:
    try:
        with transaction.atomic():
            ACTS[act](item, other, by, at)
    except DomainError:
        return False
    return True


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_only_the_table_decides_about_an_item(world, item, other, steps):
    point, state, now = transaction.savepoint(), "planned", 5
    for act, person, at in steps:
        same = act == "move" and at == now
        allowed = state in ITEM_FLOW.transitions[act].sources and person != "leader" and not same
        assert attempt(act, item, other, world.people[person], at) == allowed
        if allowed:
            state, now = ITEM_FLOW.transitions[act].target, at if act == "move" else 5
        assert Adjustment.objects.filter(lineage=item.lineage).values_list("state", flat=True).first() in (state, None)
        assert ScheduledItem.objects.get(pk=item.pk).month == 5
    transaction.savepoint_rollback(point)


def test_every_decision_has_a_sentence_for_what_it_did():
    assert all(transition.done and transition.needs_reason for transition in ITEM_FLOW.transitions.values())
    assert set(ITEM_FLOW.transitions) == set(ACTS)
