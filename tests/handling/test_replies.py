"""Replies and opinions: written, checked, signed, passed on or sent back; who sees them; what the unit's page does."""

from __future__ import annotations

import itertools
import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import textversions
from core.clock import today
from core.errors import Conflict, Denied, DomainError
from core.workflow import history
from handling import reply_rules, replying
from handling.enums import ItemKind, Stage
from handling.models import Clock, Reply, ReplyItem
from handling.services import replies
from handling.services.replies import Item
from notices.models import Notice
from tests import factories
from tests.handling import reply_objects as make

pytestmark = pytest.mark.django_db


def sees(user, reply):
    return Reply.objects.visible_to(user).filter(pk=reply.pk).exists()


# --- writing -----------------------------------------------------------------------------------------------------
def test_a_draft_keeps_its_points_files_and_versions():
    one = make.case()
    reply = make.drafted(one)
    first, second, _ = reply.items.all()
    items = [
        Item(second.kind, "增设两处站点。", date(2027, 7, 1), pk=second.pk),
        Item(first.kind, first.text, pk=first.pk),
    ]
    scan = SimpleUploadedFile("盖章.pdf", b"%PDF-1.7 x")
    again = replies.write(assignment=one.assignment, text={**make.TEXT, "body": "新的正文"}, items=items,
                          uploads=[scan], version=reply.version, by=one.clerk)  # fmt: skip
    assert [(row.pk, row.text) for row in again.items.all()] == [(second.pk, "增设两处站点。"), (first.pk, first.text)]
    assert [str(row) for row in again.files.all()] == ["盖章.pdf"]
    assert textversions.of(again).count() == 2
    restored = replies.restore(reply=again, number=1, by=one.clerk)
    assert (restored.body, restored.items.count()) == (make.TEXT["body"], 2)


def test_a_second_editor_is_told():
    one = make.case()
    reply = make.drafted(one)
    for seen in (reply.version - 1, None):
        with pytest.raises(Conflict):
            replies.write(assignment=one.assignment, text=make.TEXT, version=seen, by=one.clerk)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [(Item(ItemKind.PROMISED, "增设站点。"), "计划落实日期"), (Item(ItemKind.NOT_ADOPTED, "免费。"), "写明理由")],
)
def test_a_point_has_what_its_kind_asks_for(item, sentence):
    with pytest.raises(DomainError, match=sentence):
        make.drafted(make.case(), items=[item])


def test_changing_the_kind_of_a_point_takes_its_date_with_it():
    one = make.case()
    reply = make.drafted(one, items=[make.ITEMS[1]])
    pk = reply.items.get().pk
    replies.write(assignment=one.assignment, text=make.TEXT, items=[Item(ItemKind.DONE, "已建成。", pk=pk)],
                  version=reply.version, by=one.clerk)  # fmt: skip
    row = ReplyItem.objects.get(pk=pk)
    assert (row.promised_on, row.state) == (None, "")


@pytest.mark.parametrize(("name", "sentence"), [("category", "答复类别"), ("body", "正文"), ("contact_phone", "电话")])
def test_only_a_complete_draft_is_checked(name, sentence):
    one = make.case()
    with pytest.raises(DomainError, match=sentence):
        replies.to_check(reply=make.drafted(one, **{name: ""}), by=one.clerk)


def test_strangers_and_the_office_do_not_write():
    one = make.case()
    for person in (one.staff, one.proposers[0].member.user, make.case().clerk):
        with pytest.raises(Denied):
            replies.write(assignment=one.assignment, text=make.TEXT, by=person)


# --- checking, signing, sending --------------------------------------------------------------------------------
def test_the_way_out_of_the_unit():
    one = make.case()
    reply = make.checked(one)
    with pytest.raises(DomainError, match="不能修改"):
        make.drafted(one)
    with pytest.raises(DomainError, match="不能晚于今天"):
        replies.sign(reply=reply, signatory="孙局长", signed_on=today() + timedelta(days=1), by=one.clerk)
    sent = replies.sign(reply=reply, signatory="孙局长", signed_on=today(), by=one.clerk)
    assert [event.name for event in history(sent)] == ["to_check", "check", "sign"]
    assert Notice.objects.filter(recipient=one.staff, text__contains="请审核").exists()
    assert not Notice.objects.filter(recipient=one.proposers[0].member.user).exists()


def test_two_persons_where_the_rule_asks_for_them():
    make.set_rule(reply_rules.TWO_PERSONS, True)
    one = make.case()
    reply = make.checked(one)
    with pytest.raises(Denied, match="不能是同一个人"):
        replies.sign(reply=reply, signatory="孙局长", signed_on=today(), by=one.clerk)
    chief = make.worker(one.office, "unit", one.unit)
    replies.sign(reply=reply, signatory="孙局长", signed_on=today(), by=chief)


def test_sent_back_it_is_written_anew_in_the_same_round_while_the_clock_runs():
    one = make.case()
    reply = replies.send_back(reply=make.sent(one), reason="第三条没有回应。", by=one.staff)
    assert Notice.objects.filter(recipient=one.clerk, text__contains="第三条没有回应").exists()
    assert Clock.objects.running().filter(assignment=one.assignment, stage=Stage.REPLY).exists()
    again = replies.write(assignment=one.assignment, text=make.TEXT, items=make.ITEMS[:1], version=reply.version,
                          by=one.clerk, and_check=True)  # fmt: skip
    assert (again.pk, again.round, Reply.objects.get().state) == (reply.pk, 1, "checking")


def test_the_office_may_leave_the_check_to_the_unit():
    make.set_rule(reply_rules.CHECKED_BY_OFFICE, False)
    one = make.case()
    reply = make.sent(one)
    one.proposal.refresh_from_db()
    assert (Reply.objects.get(pk=reply.pk).state, one.proposal.state) == ("passed", "replied")


def test_a_reply_sent_in_time_is_in_time_however_long_the_check_takes():
    one = make.case()
    reply = make.sent(one)
    Reply.objects.filter(pk=reply.pk).update(sent_at=reply.sent_at - timedelta(days=9))
    Clock.objects.filter(assignment=one.assignment).update(started_on=today() - timedelta(days=20))
    replies.pass_on(reply=reply, by=one.staff)
    assert Clock.objects.get(stage=Stage.REPLY).stopped_on == today() - timedelta(days=9)


STEPS = {
    "write": lambda one, reply: replies.write(assignment=one.assignment, text=make.TEXT, version=reply.version,
                                                   by=one.clerk),
    "to_check": lambda one, reply: replies.to_check(reply=reply, by=one.clerk),
    "back": lambda one, reply: replies.back_to_draft(reply=reply, reason="改一下", by=one.clerk),
    "check": lambda one, reply: replies.check(reply=reply, name="钱主任", by=one.clerk),
    "sign": lambda one, reply: replies.sign(reply=reply, signatory="孙局长", signed_on=today(), by=one.clerk),
    "send_back": lambda one, reply: replies.send_back(reply=reply, reason="不全", by=one.staff),
    "pass": lambda one, reply: replies.pass_on(reply=reply, by=one.staff),
}  # fmt: skip


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=9))
def test_no_sequence_of_steps_leaves_the_table(names):
    with transaction.atomic():
        one = make.case()
        reply = make.drafted(one)
        for name in names:
            with suppress(DomainError):
                STEPS[name](one, Reply.objects.get())
        walked = [("draft", "draft"), *((event.from_state, event.to_state) for event in history(reply))]
        assert all(before[1] == after[0] for before, after in itertools.pairwise(walked))
        assert walked[-1][1] == Reply.objects.get().state
        assert (Reply.objects.get().state == "passed") == Clock.objects.filter(stage=Stage.FEEDBACK).exists()
        transaction.set_rollback(True)


# --- opinions ----------------------------------------------------------------------------------------------------
@pytest.fixture
def helped():
    """(lead, helper): one proposal, two units."""
    lead = make.case(role="lead")
    unit = factories.UnitFactory(office=lead.office)
    row = make.an_assignment(lead.proposal, unit, "coop")
    return lead, make.Case(lead.office, lead.staff, unit, make.worker(lead.office, "unit", unit), lead.proposal, row)


def test_an_opinion_goes_to_the_lead_and_ends_the_helpers_part(helped):
    lead, helper = helped
    draft = make.drafted(lead)
    assert helper.unit.name in replies.warnings(draft)[reply_rules.COOP_REQUIRED]
    opinion = make.sent(helper)
    helper.assignment.refresh_from_db()
    assert (opinion.category, opinion.state_label, helper.assignment.state) == ("", "已送主办单位", "replied")
    assert not Clock.objects.running().filter(stage=Stage.COOP).exists()
    assert Notice.objects.filter(recipient=lead.clerk, text__contains="会办意见已送到").exists()
    assert reply_rules.COOP_REQUIRED not in replies.warnings(draft)


def test_the_lead_may_have_to_wait_for_the_opinions(helped):
    make.set_rule(reply_rules.COOP_REQUIRED, True)
    lead, helper = helped
    with pytest.raises(DomainError, match="会办意见还没有到齐"):
        replies.to_check(reply=make.drafted(lead), by=lead.clerk)
    make.sent(helper)
    replies.to_check(reply=Reply.objects.get(assignment=lead.assignment), by=lead.clerk)


def test_who_sees_what(helped):
    lead, helper = helped
    opinion, member = make.sent(helper), lead.proposers[0].member.user
    assert [sees(who, opinion) for who in (lead.clerk, lead.staff, helper.clerk, member)] == [True, True, True, False]
    reply = make.drafted(lead)
    assert [sees(who, reply) for who in (lead.clerk, lead.staff, helper.clerk, member)] == [True, False, False, False]
    replies.to_check(reply=reply, by=lead.clerk)
    replies.check(reply=reply, name="钱主任", by=lead.clerk)
    replies.sign(reply=reply, signatory="孙局长", signed_on=today(), by=lead.clerk)
    assert [sees(who, reply) for who in (lead.staff, helper.clerk, member)] == [True, False, False]
    replies.pass_on(reply=reply, by=lead.staff)
    assert all(sees(who, reply) for who in (lead.clerk, lead.staff, helper.clerk, member))
    assert not sees(make.case().clerk, reply)


# --- the page ----------------------------------------------------------------------------------------------------
def posted(*rows, **head):
    """What the browser sends: the letter and its points."""
    data = {**make.TEXT, "idempotency_key": str(uuid.uuid4()), "items-TOTAL_FORMS": str(len(rows)),
            "items-INITIAL_FORMS": "0", **head}  # fmt: skip
    return data | {f"items-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_the_unit_writes_and_sends_to_check_on_one_page():
    one = make.case()
    browser, url = Client(), reverse("reply_write", args=[one.assignment.pk])
    browser.force_login(one.clerk)
    row = {"kind": "promised", "text": "增设站点。", "promised_on": "2027-06-30", "place": "1"}
    refused = browser.post(url, posted({**row, "promised_on": ""}, intent="submit"))
    assert (refused.status_code, "请填写计划落实日期" in refused.content.decode()) == (422, True)
    late = browser.post(url, posted({**row, "promised_on": "2020-01-01"}, intent="submit"))
    assert (late.status_code, "计划落实日期已经过了" in late.content.decode()) == (422, True)
    sent = browser.post(url, posted(row, {"kind": "", "text": ""}, intent="submit"))
    reply = Reply.objects.get()
    assert (sent.url, reply.state, reply.items.get().state) == (reply.get_absolute_url(), "checking", "open")
    assert replying.sent_back([one.unit.pk]).count() == 0


def test_the_proposals_page_says_what_comes_next(helped):
    """To the lead: its reply to write and the opinion; to the office: the reply to check; to neither more."""
    lead, helper = helped
    make.sent(helper)
    pages = {}
    for name, person in (("lead", lead.clerk), ("member", lead.proposers[0].member.user), ("office", lead.staff)):
        if name == "office":
            make.sent(lead)
        browser = Client()
        browser.force_login(person)
        pages[name] = browser.get(lead.proposal.get_absolute_url()).content.decode()
    assert "写答复" in pages["lead"] and "已送来" in pages["lead"]
    assert "审核答复" in pages["office"] and "已送来" in pages["office"]
    assert "已送来" not in pages["member"] and "写答复" not in pages["member"]
