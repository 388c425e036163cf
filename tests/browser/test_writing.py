"""Writing on a phone in a real browser: saved while typing, back after the session is lost, sent once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core.models import Draft
from proposals.models import Proposal
from tests.chromium import PHONE
from tests.workers import wait_for
from tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTS = {
    "#id_background": "城东片区晚上八点以后没有公交，下晚班的工人只能步行回家，每天约有四百人。",
    "#id_analysis": "现有线路按白天客流排班，多年没有调整，企业和学校没有机会提出要求。",
    "#id_suggestions": "一、由县交通局测算夜间客流。\n　　二、先在两条线路上延长到晚上十点。",
}


@pytest.fixture
def world():
    return build()


def fill(page) -> None:
    page.fill("#id_subject", "关于增加夜间公交班次的提案")
    page.select_option("#id_category", "society")
    for field, text in PARTS.items():
        page.fill(field, text)


def saved(page) -> None:
    expect(page.locator("#autosave-status")).to_contain_text("已自动保存", timeout=15_000)


def test_the_counter_counts_without_spaces(world, visit):
    page = visit(world.people["owner"], screen=PHONE).go("/proposals/new/")
    page.fill("#id_background", "一 二　三\n四")
    expect(page.locator("#id_background_count")).to_have_text("已输入 4 字 / 建议 500 字")


def test_text_is_saved_while_typing_and_restored_on_another_device(world, visit):
    owner = world.people["owner"]
    page = visit(owner, screen=PHONE).go("/proposals/new/")
    page.locator("#id_background").press_sequentially("手机上写了一半")
    page.locator("#id_analysis").focus()
    saved(page)
    computer = visit(owner).go("/proposals/new/")
    expect(computer.locator("#id_background")).to_have_value("手机上写了一半")
    expect(computer.locator(".draft-notice")).to_contain_text("已恢复")


def test_a_session_lost_while_writing_loses_no_text(world, visit):
    owner = world.people["owner"]
    visitor = visit(owner, screen=PHONE)
    page = visitor.go("/proposals/new/")
    fill(page)
    page.locator("#id_wished_units").focus()
    wait_for(lambda: [each for each in Draft.objects.all() if "二、" in each.data["suggestions"][0]], what="the draft")
    visitor.context.clear_cookies()
    page.get_by_role("button", name="提交提案").click()
    page.wait_for_load_state()
    assert not Proposal.objects.filter(subject__contains="夜间公交").exists()
    back = visit(owner, screen=PHONE).go("/proposals/new/")
    for field, text in PARTS.items():
        expect(back.locator(field)).to_have_value(text)


def test_submitting_on_a_phone_ends_with_a_receipt_that_prints(world, visit):
    visitor = visit(world.people["owner"], screen=PHONE)
    page = visitor.go("/proposals/new/")
    fill(page)
    page.get_by_role("button", name="提交提案").dblclick()
    expect(page.locator(".receipt")).to_contain_text("回执编号")
    expect(page.get_by_role("button", name="打印回执")).to_be_visible()
    proposal = Proposal.objects.get(subject__contains="夜间公交")
    assert proposal.suggestions.split("\n")[1].startswith("　　二、")
    assert not Draft.objects.exists() and visitor.complaints == []


def test_what_is_missing_is_named_on_top_and_leads_to_the_field(world, visit):
    page = visit(world.people["owner"], screen=PHONE).go("/proposals/new/")
    page.fill("#id_subject", "关于夜间公交的提案")
    page.get_by_role("button", name="提交提案").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary").get_by_role("link", name=re.compile("情况")).click()
    expect(page.locator("#id_background")).to_be_in_viewport()
    expect(page.locator("#id_subject")).to_have_value("关于夜间公交的提案")


def test_two_devices_of_one_member(world, visit):
    owner, draft = world.people["owner"], world["proposal.draft"]
    phone, computer = visit(owner, screen=PHONE), visit(owner)
    first, second = (each.go(f"/proposals/{draft.pk}/edit/") for each in (phone, computer))
    first.fill("#id_background", "手机上先保存的文字")
    first.get_by_role("button", name="保存草稿").click()
    expect(first.locator(".messages")).to_contain_text("草稿已保存")
    second.fill("#id_background", "电脑上后保存的文字")
    second.get_by_role("button", name="保存草稿").click()
    expect(second.locator(".conflict")).to_contain_text("手机上先保存的文字")
    expect(second.locator("#id_background")).to_have_value("电脑上后保存的文字")
