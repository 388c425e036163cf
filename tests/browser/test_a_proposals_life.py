"""One proposal from the first draft to the kept promise, by the people whose work it is, two of them on a phone.

Two members sign it, one unit refuses it, another one takes it, asks for more time and replies; a proposer is not
satisfied, so it is handled again; what was promised is reported, checked and judged; a leader supervises it.
"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handling.enums import Satisfaction
from handling.models import Assignment, Clock, Feedback, Reply
from notices.models import Notice
from proposals.models import Proposal
from supervision.models import KeyCase
from tests import factories as make
from tests.chromium import PHONE
from tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.stands_alone, pytest.mark.django_db(transaction=True)]
SUBJECT = "关于在县医院门前增设公交站的提案"
LONG = "患者和陪护每天往返，最近的站点在六百米以外，雨天老人行走不便，多次有人滑倒。"


@pytest.fixture
def people(visit):
    """key → Visitor; the members on phones, the others at a desk. A second unit has a clerk of its own."""
    world = build()
    parks = make.UnitFactory(office=world.offices["county"], name="县园林所")
    other = make.PostingFactory(office=world.offices["county"], role="unit", unit=parks).user
    windows = {key: visit(world.people[key]) for key in ("owner", "county_staff", "county_head", "unit", "leader")}
    windows["colleague"] = visit(world.people["colleague"], screen=PHONE)
    windows["owner on a phone"] = visit(world.people["owner"], screen=PHONE)
    windows["parks"] = visit(other)
    return windows


def test_from_the_draft_to_the_kept_promise(people):
    proposal = signed_by_two(people["owner"], people["colleague"])
    filed(people["county_staff"], proposal)
    refused_by_one_unit(people, proposal)
    signed_for(people["unit"], proposal)
    given_more_time(people, proposal)
    answered(people, proposal, 1, "先把站牌的位置定下来，其余正在研究。")
    judged(people["owner on a phone"], proposal, "不满意", "没有写明什么时候建好。")
    judged(people["colleague"], proposal, "满意")
    sent_back_to_be_handled_again(people["county_staff"], proposal)
    answered(people, proposal, 2, "站台已经开工，候车亭下月安装。", promise="安装候车亭")
    judged(people["owner on a phone"], proposal, "满意")
    judged(people["colleague"], proposal, "基本满意")
    assert state(proposal) == "follow_up"
    supervised(people, proposal)
    promise_kept(people, proposal)
    assert state(proposal) == "closed"
    nothing_was_lost(proposal)
    assert [each.complaints for each in people.values()] == [[]] * len(people)


def state(proposal: Proposal) -> str:
    return Proposal.objects.values_list("state", flat=True).get(pk=proposal.pk)


def act(visitor, path: str, label: str, **fields: str) -> None:
    """Opens the page, presses the button, fills what it asks for and confirms."""
    page = visitor.go(path)
    first = page.locator("summary, a, button").filter(has_text=re.compile(rf"^\s*{label}…?\s*$")).first
    first.click()
    for name, value in fields.items():
        put(page, name, value)
    if fields:
        form = page.locator(f"[name={next(iter(fields))}]:visible").first.locator("xpath=ancestor::form")
        form.locator("button[type=submit]").filter(has_text=re.compile("^确定|^保存|^发出")).last.click()
    page.wait_for_load_state()
    expect(page.locator(".error-summary")).to_have_count(0)


def put(page, name: str, value: str) -> None:
    field = page.locator(f"[name={name}]:visible").first
    kind = field.evaluate("node => node.type")
    if kind in ("radio", "checkbox"):
        page.locator(f"[name={name}][value='{value}']").check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(value)


def url(proposal: Proposal) -> str:
    return proposal.get_absolute_url()


# --- the members -----------------------------------------------------------------------------------------------------
def signed_by_two(owner, colleague) -> Proposal:
    page = owner.go("/proposals/new/")
    page.locator("[name=kind][value=joint]").check()
    page.fill("[name=subject]", SUBJECT)
    page.select_option("[name=category]", "society")
    for name in ("background", "analysis", "suggestions"):
        page.fill(f"[name={name}]", LONG)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_load_state()
    proposal = Proposal.objects.get(subject=SUBJECT)
    page = owner.go(f"{url(proposal)}people/?q=曾")
    page.locator("[name=pick]").first.check()
    page.get_by_role("button", name="加入名单").click()
    act(owner, f"{url(proposal)}people/", "发出邀请", until=str(timezone.localdate()))
    page = colleague.go("/")
    expect(page.locator("body")).to_contain_text("联名")
    colleague.go(url(proposal)).get_by_role("button", name="同意联名").click()
    owner.go(f"{url(proposal)}people/").get_by_role("button", name="提交提案").click()
    assert (state(proposal), proposal.proposers.count()) == ("submitted", 2)
    return proposal


def judged(member, proposal: Proposal, how: str, text: str = "") -> None:
    """From the list of what waits for the member; two questions, some words."""
    page = member.go("/feedback/mine/")
    page.get_by_role("link", name=re.compile("评价|提案")).first.click()
    value = {label: key for key, label in Satisfaction.choices}[how]
    put(page, "handling", "satisfied")
    put(page, "result", value)
    if text:
        put(page, "text", text)
    page.locator("main form button[type=submit].btn-primary").last.click()
    expect(page.locator(".error-summary")).to_have_count(0)
    assert Feedback.objects.filter(proposer__proposal=proposal).latest("pk").result == value


def pressed(member, how: str) -> None:
    """From the newest notice: one press of a button."""
    page = member.go(Notice.objects.filter(recipient__username="owner").latest("pk").url)
    page.get_by_role("button", name=how, exact=True).click()
    expect(page.locator("main")).to_contain_text("已经记录")


# --- the office ------------------------------------------------------------------------------------------------------
def filed(staff, proposal: Proposal) -> None:
    act(staff, url(proposal), "初审通过")
    act(staff, url(proposal), "立案", category="society")
    proposal.refresh_from_db()
    assert proposal.state == "filed" and proposal.case_no


def refused_by_one_unit(people, proposal: Proposal) -> None:
    """Given to the park keepers, who say it is not theirs; the office agrees and names the transport office."""
    page = people["county_staff"].go(f"{url(proposal)}units/")
    page.locator("[name=unit_1]").select_option(label="县园林所")
    page.locator("[name=role_1]").select_option("single")
    page.get_by_role("button", name="保存并立即交办").click()
    row = Assignment.objects.get(proposal=proposal)
    act(people["parks"], url(proposal), "申请改办", reason="站点由交通部门设置，我单位只管绿地。")
    page = people["county_staff"].go(f"/handling/{row.pk}/act/grant_reassignment/")
    page.locator("[name=unit]").select_option(label="县交通局")
    page.locator("main form button[type=submit].btn-primary").last.click()
    row.refresh_from_db()
    assert row.state == "revoked" and current(proposal).unit.name == "县交通局"
    assert people["parks"].go(url(proposal)).title().startswith("没有")  # it no longer sees it


def current(proposal: Proposal) -> Assignment:
    return Assignment.objects.live().get(proposal=proposal)


def sent_back_to_be_handled_again(staff, proposal: Proposal) -> None:
    reply = Reply.objects.get(assignment=current(proposal))
    act(staff, reply.get_absolute_url(), "退回重新办理", reason="请写明建成的时间，重新答复。")
    assert state(proposal) == "rehandle"


def supervised(people, proposal: Proposal) -> None:
    """The office proposes it, the head confirms, the leader asks for something."""
    page = people["county_staff"].go(f"/key-proposals/of/{proposal.pk}/")
    put(page, "topic", "县医院门前公交站")
    boss = page.locator("[name=leader] option").filter(has_text="领导leader").get_attribute("value")
    page.locator("[name=leader]").select_option(boss)
    page.locator("main form button[type=submit].btn-primary").last.click()
    case = KeyCase.objects.get(proposal=proposal)
    act(people["county_head"], case.get_absolute_url(), "确定为重点提案")
    page = people["leader"].go(f"{case.get_absolute_url()}records/new/")
    put(page, "text", "请在春运以前投入使用。")
    page.locator("main form button[type=submit].btn-primary").last.click()
    assert case.records.get().by.username == "leader"
    expect(people["leader"].go("/proposals/statistics/").locator("main")).to_contain_text("县交通局")


# --- the unit --------------------------------------------------------------------------------------------------------
def signed_for(unit, proposal: Proposal) -> None:
    expect(unit.go("/").locator("main")).to_contain_text(SUBJECT)
    page = unit.go(f"/handling/{current(proposal).pk}/act/sign/")
    for name, value in (("leader", "周局长"), ("handler", "小陈"), ("handler_phone", "0800-1234567")):
        put(page, name, value)
    page.locator("main form input[type=checkbox]").last.check()
    page.locator("main form button[type=submit].btn-primary").last.click()
    assert (current(proposal).state, state(proposal)) == ("handling", "handling")


def given_more_time(people, proposal: Proposal) -> None:
    clock = Clock.objects.running().get(proposal=proposal, stage="reply")
    page = people["unit"].go(f"/handling/clocks/{clock.pk}/extension/")
    put(page, "reason", "要等道路施工图审定。")
    page.locator("main form button[type=submit].btn-primary").last.click()
    page = people["county_staff"].go(f"/handling/extensions/{clock.extensions.get().pk}/")
    put(page, "granted", "yes")
    page.locator("main form button[type=submit].btn-primary").last.click()
    before, clock = clock.due_on, Clock.objects.get(pk=clock.pk)
    assert clock.due_on > before
    expect(people["unit"].go(url(proposal)).locator("main")).to_contain_text("延期1个月")


def answered(people, proposal: Proposal, number: int, body: str, promise: str = "") -> None:
    unit, row = people["unit"], current(proposal)
    if number == 1:
        talk(unit, row)
    page = unit.go(f"/assignments/{row.pk}/reply/")
    put(page, "category", "B" if promise else "A")
    put(page, "body", body)
    page.fill("#id_items-0-text", "与有关单位踏勘现场，确定站点。")
    page.select_option("#id_items-0-kind", "done")
    if promise:
        page.select_option("#id_items-1-kind", "promised")
        page.fill("#id_items-1-text", promise)
        page.fill("#id_items-1-promised_on", str(timezone.localdate()))
    page.get_by_role("button", name="送核稿").click()
    expect(page.locator(".error-summary")).to_have_count(0)
    reply = Reply.objects.get(assignment=row, round=number)
    act(unit, reply.get_absolute_url(), "核稿通过", name="办公室小林")
    act(unit, reply.get_absolute_url(), "签发并送出", signatory="周局长", signed_on=str(timezone.localdate()))
    act(people["county_staff"], reply.get_absolute_url(), "审核通过，送提案人")
    assert state(proposal) == "replied"


def talk(unit, row: Assignment) -> None:
    page = unit.go(f"/assignments/{row.pk}/contacts/")
    put(page, "way", "phone")
    put(page, "persons", "㛃小喆、小陈")
    put(page, "day", str(timezone.localdate()))
    page.locator("main form button[type=submit].btn-primary").last.click()
    assert row.contacts.count() == 1


def promise_kept(people, proposal: Proposal) -> None:
    item = Reply.objects.get(assignment=current(proposal), round=2).items.get(kind="promised")
    page = people["unit"].go(f"/promises/{item.pk}/report/")
    put(page, "outcome", "kept")
    put(page, "text", "候车亭已经装好，今天投入使用。")
    put(page, "day", str(timezone.localdate()))
    page.locator("main form button[type=submit].btn-primary").last.click()
    act(people["county_staff"], f"/promises/{item.pk}/", "核实无误")
    pressed(people["owner on a phone"], "满意")
    assert item.feedback.get().result == "satisfied"


def nothing_was_lost(proposal: Proposal) -> None:
    """Two proposers, one number, both rounds with what everybody said of them."""
    number = proposal.case_no
    proposal.refresh_from_db()
    assert (proposal.case_no, proposal.proposers.count()) == (number, 2)
    answers = Feedback.objects.filter(proposer__proposal=proposal, item=None).order_by("pk")
    assert list(answers.values_list("reply__round", "result")) == [
        (1, "unsatisfied"), (1, "satisfied"), (2, "satisfied"), (2, "mostly"),
    ]  # fmt: skip
