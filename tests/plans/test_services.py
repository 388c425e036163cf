"""Making, copying, editing, approving and amending plans."""

from __future__ import annotations

import uuid

import pytest

from audit.models import AuditEntry
from core.errors import Conflict, Denied, DomainError, StateChanged
from core.workflow import history
from notices.models import Notice
from plans import services
from plans.models import AnnualPlan
from plans.rows import Row
from tests import factories as make

ITEM = {"month": 5, "part_of_month": "early", "kind": "inspection", "topic": "视察河道", "content": "",
        "participants": "全体委员", "organisers": ""}  # fmt: skip


def told(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("text", flat=True))


# --- making --------------------------------------------------------------------------------------------------------
def test_a_new_plan_is_an_empty_draft(world, staff):
    plan = services.create_plan(office=world.offices["town"], year=2030, by=staff)
    assert (plan.state, plan.revision, plan.title) == ("draft", 1, "清溪镇联络处2030年工作计划")
    assert AuditEntry.objects.filter(action="plan.create", object_id=str(plan.pk), actor=staff).exists()


def test_one_plan_per_office_and_year(world, staff):
    with pytest.raises(DomainError, match="已经有2026年的计划") as refused:
        services.create_plan(office=world.offices["town"], year=2026, by=staff)
    assert refused.value.field == "year"


def test_copy_of_the_plan_in_force_of_an_earlier_year(world, staff, approved):
    town = world.offices["town"]
    AnnualPlan.objects.exclude(pk=approved.pk).delete()
    plan = services.create_plan(office=town, year=2030, by=staff, copy_last=True)
    assert [t.text for t in plan.targets.all()] == [t.text for t in approved.targets.all()]
    assert plan.items.get().topic == approved.items.get().topic
    assert plan.items.get().lineage != approved.items.get().lineage
    assert plan.sections.get().body == approved.sections.get().body


def test_nothing_to_copy_is_said(world, staff):
    with pytest.raises(DomainError, match="没有计划可以复制"):
        services.create_plan(office=world.offices["town"], year=2020, by=staff, copy_last=True)


def test_nobody_makes_plans_for_another_office(world, staff):
    with pytest.raises(Denied):
        services.create_plan(office=world.offices["street"], year=2026, by=staff)


# --- editing -------------------------------------------------------------------------------------------------------
def test_rows_are_added_changed_and_removed(draft, staff):
    kept = draft.items.get()
    changed = Row({**ITEM, "topic": "视察水库"}, lineage=kept.lineage)
    services.save_items(plan=draft, items=[changed, Row(ITEM)], by=staff)
    assert [item.topic for item in draft.items.all()] == ["视察水库", "视察河道"]
    assert draft.items.get(topic="视察水库").pk == kept.pk
    services.save_items(plan=draft, items=[Row(lineage=kept.lineage, delete=True)], by=staff)
    assert [item.topic for item in draft.items.all()] == ["视察河道"]


def test_the_trail_says_what_changed(draft, staff):
    kept = draft.items.get()
    services.save_items(plan=draft, items=[Row({**ITEM, "topic": "视察水库"}, kept.lineage), Row(ITEM)], by=staff)
    detail = AuditEntry.objects.get(action="plan.items").detail
    assert detail["added"] == ["视察河道"]
    assert detail["changed"][0]["视察乡村道路养护"]["topic"] == ["视察乡村道路养护", "视察水库"]


def test_a_row_that_is_not_mentioned_stays(draft, staff):
    services.save_items(plan=draft, items=[Row(ITEM)], by=staff)
    assert draft.items.count() == 2


def test_rows_stand_in_the_order_of_their_numbers(draft, staff):
    sections = [
        Row({"level": 1, "title": title, "body": ""}, place=place)
        for title, place in (("末", None), ("二", 2), ("一", 1))
    ]
    draft.sections.all().delete()
    services.save_text(plan=draft, title="标题", foreword="", sections=sections, by=staff)
    assert [section.title for section in draft.sections.all()] == ["一", "二", "末"]


def test_a_foreign_lineage_is_not_taken_over(world, draft, staff):
    foreign = make.ItemFactory(plan=make.PlanFactory(office=world.offices["street"]))
    services.save_items(plan=draft, items=[Row(ITEM, lineage=foreign.lineage)], by=staff)
    assert draft.items.get(topic="视察河道").lineage != foreign.lineage


def test_a_deleted_row_saved_by_a_colleague_keeps_its_lineage(approved, staff):
    amendment = services.amend_plan(plan=approved, by=staff)
    lineage = amendment.items.get().lineage
    services.save_items(plan=amendment, items=[Row(lineage=lineage, delete=True)], by=staff)
    services.save_items(plan=amendment, items=[Row(ITEM, lineage=lineage)], by=staff)
    assert amendment.items.get().lineage == lineage


def test_the_second_of_two_editors_is_told(draft, staff, head):
    services.save_items(plan=draft, items=[Row(ITEM)], by=head, version=1)
    with pytest.raises(Conflict) as conflict:
        services.save_items(plan=draft, items=[Row(ITEM)], by=staff, version=1)
    assert conflict.value.who == head.name
    assert draft.items.count() == 2


def test_an_approved_plan_is_locked(approved, staff):
    with pytest.raises(Denied, match="修订计划"):
        services.save_items(plan=approved, items=[Row(ITEM)], by=staff)


# --- approval ------------------------------------------------------------------------------------------------------
def test_submitting_tells_those_who_may_approve(world, draft, staff, head):
    services.submit(plan=draft, by=staff)
    assert draft.state == "submitted"
    assert told(head) == told(world.people["county_head"]) == [f"{staff.name} 提交了《{draft.title}》，等待您审批。"]
    assert not told(world.people["other_staff"])


def test_an_empty_plan_is_not_submitted(draft, staff):
    draft.targets.all().delete()
    draft.items.all().delete()
    with pytest.raises(Denied, match="还没有目标"):
        services.submit(plan=draft, by=staff)


def test_approval_puts_the_plan_in_force_and_tells_its_author(draft, staff, head):
    services.submit(plan=draft, by=staff)
    services.approve(plan=draft, by=head)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_at is not None) == ("approved", True)
    assert told(staff) == [f"《{draft.title}》已批准执行。"]


def test_staff_cannot_approve(world, staff):
    with pytest.raises(Denied, match="负责人审批"):
        services.approve(plan=world["plan.submitted"], by=staff)


def test_an_office_above_may_approve(world):
    plan = services.approve(plan=world["plan.submitted"], by=world.people["county_head"])
    assert plan.state == "approved"


def test_returning_needs_a_reason_and_tells_it(draft, staff, head):
    services.submit(plan=draft, by=staff)
    with pytest.raises(DomainError, match="请填写退回的理由"):
        services.return_plan(plan=draft, by=head, reason=" ")
    services.return_plan(plan=draft, by=head, reason="请补充责任人")
    assert draft.state == "returned"
    assert told(staff) == [f"《{draft.title}》被退回修改：请补充责任人"]


def test_a_returned_plan_is_changed_and_submitted_again(draft, staff, head):
    services.submit(plan=draft, by=staff)
    services.return_plan(plan=draft, by=head, reason="请补充")
    services.save_items(plan=draft, items=[Row(ITEM)], by=staff)
    services.submit(plan=draft, by=staff)
    assert [event.name for event in history(draft)] == ["submit", "return", "submit"]


def test_a_submitted_plan_is_taken_back(draft, staff):
    services.withdraw(plan=services.submit(plan=draft, by=staff), by=staff)
    assert draft.state == "draft"


# --- amending ------------------------------------------------------------------------------------------------------
def test_an_amendment_keeps_the_lineage_and_leaves_the_plan_in_force(approved, staff):
    amendment = services.amend_plan(plan=approved, by=staff)
    assert (amendment.revision, amendment.state, amendment.amends_id) == (2, "draft", approved.pk)
    for rows in ("sections", "targets", "items"):
        lineages = [set(getattr(plan, rows).values_list("lineage", flat=True)) for plan in (approved, amendment)]
        assert lineages[0] == lineages[1] != set()
    assert AnnualPlan.objects.in_force().get(year=2026) == approved


def test_an_approved_amendment_supersedes_the_version_before(approved, staff, head):
    amendment = services.amend_plan(plan=approved, by=staff)
    services.submit(plan=amendment, by=staff)
    services.approve(plan=amendment, by=head)
    approved.refresh_from_db()
    assert (approved.state, amendment.state) == ("superseded", "approved")
    assert [event.name for event in history(approved)] == ["supersede"]


def test_one_amendment_at_a_time(approved, staff):
    services.amend_plan(plan=approved, by=staff)
    with pytest.raises(Denied, match="已经有一个修订版"):
        services.amend_plan(plan=approved, by=staff)


def test_a_draft_is_not_amended(draft, staff):
    with pytest.raises(Denied, match="只有执行中的计划"):
        services.amend_plan(plan=draft, by=staff)


def test_approving_twice_is_refused(world, head):
    plan = world["plan.submitted"]
    services.approve(plan=AnnualPlan.objects.get(pk=plan.pk), by=head)
    with pytest.raises(StateChanged):
        services.approve(plan=plan, by=head)


def test_a_new_lineage_for_every_new_row(draft, staff):
    services.save_items(plan=draft, items=[Row(ITEM), Row(ITEM)], by=staff)
    lineages = set(draft.items.values_list("lineage", flat=True))
    assert len(lineages) == 3
    assert all(isinstance(lineage, uuid.UUID) for lineage in lineages)
