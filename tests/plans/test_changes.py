"""The visible difference between two versions."""

from __future__ import annotations

import pytest

from plans import services
from plans.pages import changes as changes
from plans.rows import Row, values_of


@pytest.fixture
def amendment(approved, staff):
    return services.amend_plan(plan=approved, by=staff)


def row(part, **values) -> Row:
    return Row({**values_of(part), **values}, lineage=part.lineage)


def test_an_untouched_amendment_changes_nothing(approved, amendment):
    assert changes.between(approved, amendment) == []


def test_a_changed_amount_is_shown_with_both_values(approved, amendment, staff):
    services.save_targets(plan=amendment, targets=[row(amendment.targets.get(), amount=3)], by=staff)
    (change,) = changes.between(approved, amendment)
    assert (change.part, change.kind) == ("目标", "修改")
    assert change.lines == (("数量", (("del", "2"), ("ins", "3"))),)


def test_an_alternative_and_a_coverage_are_told(approved, amendment, staff):
    other = {"measure": "activities", "filters": {"type": "research"}, "metric": "records"}
    values = {"alternatives": [other], "scope": "each_member", "coverage_goal": 80}
    services.save_targets(plan=amendment, targets=[row(amendment.targets.get(), **values)], by=staff)
    (change,) = changes.between(approved, amendment)
    lines = {field: "".join(text for how, text in pieces if how != "del") for field, pieces in change.lines}
    assert lines == {"统计什么": "活动：视察 或者 活动：专题调研", "对谁要求": "每名委员", "覆盖面": "80%"}


def test_added_and_removed_rows(approved, amendment, staff):
    item = amendment.items.get()
    added = Row({**values_of(item), "topic": "重阳走访"})
    services.save_items(plan=amendment, items=[added, Row(lineage=item.lineage, delete=True)], by=staff)
    found = [(change.kind, change.title) for change in changes.between(approved, amendment)]
    assert found == [("新增", "重阳走访"), ("删除", "视察乡村道路养护")]


def test_title_and_prose_are_compared_word_by_word(approved, amendment, staff):
    section = row(amendment.sections.get(), body="按季度安排集中学习，形成笔记。")
    services.save_text(plan=amendment, title=f"{amendment.title}（修订）", foreword="", sections=[section], by=staff)
    head, body = changes.between(approved, amendment)
    assert head.lines[0][1][-1] == ("ins", "（修订）")
    assert ("ins", "集中") in body.lines[0][1]


def test_long_texts_are_shown_whole():
    before, after = "旧" * 4000, "新" * 10
    assert changes.pieces(before, after) == (("del", before), ("ins", after))
