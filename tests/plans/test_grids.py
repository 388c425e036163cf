"""The three form pages of a plan: typed quickly, never lost, checked in clear sentences."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from core import drafts
from plans.grids import MOST_ROWS
from plans.models import ScheduledItem, Target
from tests import factories as make
from tests.plans.counted import KEY
from tests.plans.posting import grid
from tests.plans.test_pages import count_queries

GOAL = {"text": "视察两次", "subject": f"{KEY}?type=inspection", "amount": "2"}
ITEM = {"month": "4", "kind": "inspection", "topic": "视察河道"}


@pytest.fixture
def targets_url(draft):
    make.activity_type("inspection")
    return reverse("plan_edit_targets", args=[draft.pk])


@pytest.fixture
def items_url(draft):
    make.activity_type("inspection")
    return reverse("plan_edit_items", args=[draft.pk])


def saved_row(part, **values):
    return {"lineage": str(part.lineage), **values}


# --- typing ------------------------------------------------------------------------------------------
def test_six_targets_at_once(sign_in, draft, targets_url):
    draft.targets.all().delete()
    rows = [{**GOAL, "text": f"目标{number}"} for number in range(6)]
    response = sign_in("staff").post(targets_url, grid("targets", *rows))
    assert response.url == draft.get_absolute_url()
    assert [target.text for target in draft.targets.all()] == [row["text"] for row in rows]
    first = draft.targets.first()
    assert (first.measure, first.filters, first.amount) == (KEY, {"type": "inspection"}, 2)


def test_eight_items_at_once(sign_in, draft, items_url):
    draft.items.all().delete()
    rows = [{**ITEM, "month": str(12 - number)} for number in range(8)]
    sign_in("staff").post(items_url, grid("items", *rows))
    assert list(draft.items.values_list("month", flat=True)) == list(range(5, 13))


def test_the_text_with_its_sections(sign_in, draft):
    draft.sections.all().delete()
    data = grid("sections", {"title": "加强学习", "body": "　　集中学习。\n"}, title="新标题", foreword="总体要求。")
    sign_in("staff").post(reverse("plan_edit_text", args=[draft.pk]), data)
    draft.refresh_from_db()
    section = draft.sections.get()
    assert (draft.title, draft.foreword, section.title, section.body) == (
        "新标题", "总体要求。", "加强学习", "　　集中学习。",
    )  # fmt: skip


def test_a_target_narrowed_with_an_alternative_and_a_coverage(sign_in, draft, targets_url):
    draft.targets.all().delete()
    row = {**GOAL, "subject": "activities?type=outreach", "narrow": "activities?place_kind=village",
           "alternative": "activities?type=welfare", "scope": "each_member", "coverage_goal": "80"}  # fmt: skip
    sign_in("staff").post(targets_url, grid("targets", row))
    target = draft.targets.get()
    assert target.filters == {"type": "outreach", "place_kind": "village"}
    assert target.alternatives == [{"measure": "activities", "filters": {"type": "welfare"}, "metric": "records"}]
    text = sign_in("staff").get(targets_url).content.decode()
    assert '<details class="row-more" open>' in text and text.count('<details class="row-more">') == 6
    assert 'value="活动（场所）：农村（村）"' in text and '<option value="活动：公益（献爱心）"></option>' in text


def test_what_a_reading_found_is_kept_by_the_form(sign_in, draft, targets_url):
    """Two alternatives, three filters: more than the form offers."""
    target = draft.targets.get()
    kinds = [{"measure": "activities", "filters": {"type": kind}, "metric": "records"} for kind in ("study", "forum")]
    filters = {"type": "outreach", "place_kind": "village", "audience": "residents"}
    Target.objects.filter(pk=target.pk).update(measure="activities", filters=filters, alternatives=kinds)
    client = sign_in("staff")
    page = client.get(targets_url)
    shown = page.context["form"].rows.forms[0]
    assert shown["alternative"].value() == "活动：集中学习 或 活动：座谈会"
    row = saved_row(target, **{name: shown[name].value() for name in ("subject", "alternative", "scope", "text")})
    client.post(targets_url, grid("targets", {**row, "amount": "7"}, saved=1))
    target.refresh_from_db()
    assert (target.amount, target.filters, target.alternatives) == (7, filters, kinds)


def test_saved_rows_are_shown_again(sign_in, draft, targets_url):
    text = sign_in("staff").get(targets_url).content.decode()
    assert draft.targets.get().text in text and 'value="2"' in text
    assert text.count("目标 <span data-formset-number>") == 7  # six rows and the one a script copies


def test_a_row_is_deleted_by_its_tick_box(sign_in, draft, items_url):
    row = saved_row(draft.items.get(), **ITEM, DELETE="on")
    sign_in("staff").post(items_url, grid("items", row, saved=1))
    assert not draft.items.exists()


def test_a_row_to_be_deleted_may_be_incomplete(sign_in, draft, items_url):
    row = saved_row(draft.items.get(), topic="", DELETE="on")
    assert sign_in("staff").post(items_url, grid("items", row, saved=1)).status_code == 302


def test_one_more_row_without_a_script(sign_in, items_url):
    data = grid("items", ITEM, blank=0, add_row="items")
    response = sign_in("staff").post(items_url, data)
    text = response.content.decode()
    assert "视察河道" in text and 'name="items-1-topic"' in text
    assert "处需要修改" not in text


def test_too_many_rows_are_refused_in_words(sign_in, items_url):
    data = grid("items", *[ITEM] * (MOST_ROWS + 1), blank=0)
    assert sign_in("staff").post(items_url, data).status_code == 422


# --- checking ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": ""}, "目标 1：目标"),
        ({"subject": ""}, "请选择这个目标统计什么"),
        ({"subject": "nothing_known"}, "选择一个有效的选项"),
        ({"amount_max": "3"}, "只有“要求”选“范围”时才填上限"),
        ({"operator": "range"}, "范围要填两个数"),
        ({"operator": "range", "amount": "", "amount_max": "3"}, "范围要填两个数"),
        ({"operator": "range", "amount_max": "1"}, "上限不能小于数量"),
        ({"amount": "1.5"}, "请填整数"),
        ({"amount": "-1"}, "大于或等于"),
        ({"metric": "copies"}, "不能按“册（份）”统计"),
        ({"metric": "members", "scope": "each_member"}, "不能按每名委员统计"),
        ({"metric": "hours", "scope": "each_group"}, "不能按每个联络组统计"),
        ({"subject": "tested_memberless", "scope": "each_member"}, "没有对应到委员"),
        ({"subject": "activities", "metric": "percent", "amount": "101"}, "百分比不能超过 100"),
        ({"subject": "activities", "metric": "percent", "amount": "92.55"}, "最多写一位小数"),
        ({"metric": "percent", "amount": "90"}, "不能按“百分比（%）”统计"),
        ({"metric": "average", "scope": "each_member"}, "“人均”已经是按委员平均"),
        ({"subject": "proposals", "metric": "percent", "scope": "each_member"}, "百分比只能统计全办公室合计"),
        ({"narrow": "activities?place_kind=village"}, "这里也请选测试活动的条件"),
        ({"narrow": "乡下"}, "没有“乡下”这一项"),
        ({"alternative": KEY}, "会重复计数"),
        ({"subject": "activities?type=research", "alternative": "activities?level=city"}, "会重复计数"),
        ({"alternative": "tested_memberless", "metric": "members"}, "同一名委员会被算两次"),
        ({"alternative": "tested_memberless", "scope": "each_member"}, "没有对应到委员"),
        ({"coverage_goal": "80"}, "覆盖面只用于"),
        ({"coverage_goal": "80", "scope": "each_group", "operator": "at_most"}, "没有覆盖面"),
    ],
)
def test_a_wrong_target_is_explained(sign_in, targets_url, values, sentence):
    response = sign_in("staff").post(targets_url, grid("targets", {**GOAL, **values}))
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        ({"amount": ""}, {"amount": None}),
        ({"operator": "range", "amount_max": "3"}, {"operator": "range", "amount_max": 3}),
        ({"metric": "hours", "amount": "1.5"}, {"metric": "hours", "amount": 1.5}),
        ({"period": "quarter", "scope": "each_member"}, {"period": "quarter", "scope": "each_member"}),
        ({"subject": KEY}, {"measure": KEY, "filters": {}}),
        ({"scope": "", "period": ""}, {"scope": "office", "period": "year"}),
    ],
)
def test_a_right_target_is_saved(sign_in, draft, targets_url, values, stored):
    sign_in("staff").post(targets_url, grid("targets", {**GOAL, **values}))
    target = draft.targets.get(text=GOAL["text"])
    assert {name: getattr(target, name) for name in stored} == stored


@pytest.mark.parametrize(("values", "sentence"), [({"month": ""}, "请选择月份"), ({"topic": ""}, "安排 1：主题")])
def test_a_wrong_item_is_explained(sign_in, items_url, values, sentence):
    response = sign_in("staff").post(items_url, grid("items", {**ITEM, **values}))
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_what_was_typed_stays_when_a_row_is_wrong(sign_in, draft, items_url):
    response = sign_in("staff").post(items_url, grid("items", ITEM, {**ITEM, "month": "", "topic": "没写月份的"}))
    text = response.content.decode()
    assert "没写月份的" in text and "视察河道" in text
    assert draft.items.count() == 1


def test_a_kept_subject_of_several_filters_survives(sign_in, draft, targets_url):
    target = draft.targets.get()
    Target.objects.filter(pk=target.pk).update(measure=KEY, filters={"type": "inspection", "place": "村"})
    subject = f"{KEY}?place=%E6%9D%91&type=inspection"
    row = saved_row(target, **{**GOAL, "subject": subject})
    sign_in("staff").post(targets_url, grid("targets", row, saved=1))
    target.refresh_from_db()
    assert (target.text, target.filters) == ("视察两次", {"type": "inspection", "place": "村"})


# --- safety ------------------------------------------------------------------------------------------
def test_the_second_editor_sees_both_sides_and_loses_nothing(sign_in, draft, items_url):
    item, staff, head = draft.items.get(), sign_in("staff"), sign_in("head")
    head.post(items_url, grid("items", saved_row(item, **ITEM, content="负责人改的"), saved=1))
    mine = grid("items", saved_row(item, **{**ITEM, "topic": "我改的主题"}), saved=1)
    response = staff.post(items_url, mine)
    text = response.content.decode()
    assert response.status_code == 409
    assert "负责人head" in text and "负责人改的" in text and "我改的主题" in text
    again = staff.post(items_url, {**mine, "version": 2, "idempotency_key": ""})
    assert again.status_code == 302
    assert draft.items.get().topic == "我改的主题"


def as_opened(client, url: str, item) -> dict:
    """The item's row as the browser has it after opening the page."""
    seen = re.search(r'name="items-0-seen" value="([^"]*)"', client.get(url).content.decode()).group(1)
    return saved_row(item, month="4", kind="inspection", topic=item.topic, seen=seen)


def test_a_row_i_did_not_touch_keeps_my_colleagues_change(sign_in, draft, items_url):
    item, staff = draft.items.get(), sign_in("staff")
    mine = as_opened(staff, items_url, item)
    sign_in("head").post(items_url, grid("items", {**mine, "topic": "同事改的"}, saved=1))
    told = staff.post(items_url, grid("items", mine, {**ITEM, "topic": "我加的"}, saved=1))
    assert "您没有改动这一行" in told.content.decode()
    staff.post(items_url, grid("items", mine, {**ITEM, "topic": "我加的"}, saved=1, version=2))
    assert set(draft.items.values_list("topic", flat=True)) == {"同事改的", "我加的"}


def test_a_row_a_colleague_deleted_does_not_come_back_untouched(sign_in, draft, items_url):
    item, staff = draft.items.get(), sign_in("staff")
    mine = as_opened(staff, items_url, item)
    sign_in("head").post(items_url, grid("items", {**mine, "DELETE": "on"}, saved=1))
    staff.post(items_url, grid("items", mine, {**ITEM, "topic": "我加的"}, saved=1, version=2))
    assert list(draft.items.values_list("topic", flat=True)) == ["我加的"]


def test_a_blank_row_stays_blank_when_a_colleague_added_rows(sign_in, draft, items_url):
    row = saved_row(draft.items.get(), **ITEM)
    sign_in("head").post(items_url, grid("items", row, {**ITEM, "topic": "同事加的"}, saved=1))
    assert sign_in("staff").post(items_url, grid("items", row, saved=1, version=2)).status_code == 302


def test_rows_a_colleague_added_survive_the_second_save(sign_in, draft, items_url):
    item = draft.items.get()
    row = saved_row(item, **ITEM)
    sign_in("head").post(items_url, grid("items", row, {**ITEM, "topic": "同事加的"}, saved=1))
    sign_in("staff").post(items_url, grid("items", row, {**ITEM, "topic": "我加的"}, saved=1, version=2))
    assert set(draft.items.values_list("topic", flat=True)) == {"视察河道", "同事加的", "我加的"}


def test_a_form_sent_twice_makes_its_rows_once(sign_in, draft, items_url):
    client, data = sign_in("staff"), grid("items", ITEM)
    first, second = client.post(items_url, data), client.post(items_url, data)
    assert first.url == second.url
    assert ScheduledItem.objects.filter(plan=draft, topic="视察河道").count() == 1


def test_an_unfinished_grid_comes_back_after_a_crash(sign_in, draft, items_url, staff):
    client = sign_in("staff")
    unfinished = grid("items", {**ITEM, "month": "", "topic": "写到一半"}, draft_key=f"plans.items:{draft.pk}")
    client.post(reverse("draft_save"), unfinished)
    text = client.get(items_url).content.decode()
    assert "写到一半" in text and "已恢复" in text and "处需要修改" not in text
    assert "写到一半" not in sign_in("head").get(items_url).content.decode()
    client.post(items_url, grid("items", ITEM))
    assert drafts.find(owner=staff, key=f"plans.items:{draft.pk}") is None


def test_editing_costs_the_same_for_one_and_for_three_rows(sign_in, draft, targets_url):
    client = sign_in("staff")
    few = count_queries(client, targets_url)
    make.TargetFactory.create_batch(2, plan=draft)
    assert count_queries(client, targets_url) == few
