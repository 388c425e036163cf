"""Satisfaction: by page, by link without signing in, from paper; nobody answers for another; what is counted."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.clock import today
from core.errors import Denied, DomainError
from handling import answering, feedback_links, reply_rules, replying
from handling.models import Feedback, ReplyItem
from handling.services import feedback, rounds
from notices.models import Notice
from proposals.enums import ProposalState
from proposals.models import Proposer
from proposals.pages.mine import wished
from tests import factories
from tests.handling import reply_objects as make

pytestmark = pytest.mark.django_db

WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"
SHEET = SimpleUploadedFile("评价表.pdf", b"%PDF-1.7 paper")


@pytest.fixture
def answered():
    one = make.case()
    return one, make.passed(one)


def phone(answered, **press):
    one, reply = answered
    url = feedback_links.url_for(reply, one.proposers[0])
    browser = Client(headers={"user-agent": WECHAT})
    return browser.post(url, press) if press else browser.get(url)


def test_the_notice_leads_to_the_proposers_own_link(answered):
    one, reply = answered
    url = Notice.objects.get(recipient=one.proposers[0].member.user, text__contains="请查看并评价").url
    asked = feedback_links.read(url.split("/")[2])
    assert (asked.reply, asked.proposer) == (reply, one.proposers[0])


def test_opening_the_link_records_nothing(answered):
    page = phone(answered)
    assert "您对这次办理满意吗" in page.content.decode()
    assert "您的提案收悉" in page.content.decode()
    assert not Feedback.objects.exists()
    assert (page["Cache-Control"].count("no-store"), page["X-Robots-Tag"]) == (1, "noindex")


def test_one_press_records_and_asks_for_words(answered):
    shown = phone(answered, press="unsatisfied")
    row = Feedback.objects.get()
    assert (row.handling, row.result, row.via, row.by) == ("unsatisfied", "unsatisfied", "link", None)
    assert shown.url.endswith("?done=press")
    page = Client().get(shown.url).content.decode()
    assert "已经记录" in page and "哪里不满意" in page


def test_a_button_pressed_twice_is_one_answer(answered):
    for answer in ("mostly", "mostly", "satisfied"):
        phone(answered, press=answer)
    assert list(Feedback.objects.order_by("pk").values_list("result", flat=True)) == ["mostly", "satisfied"]


def test_a_link_is_not_pressed_for_ever(answered, monkeypatch):
    monkeypatch.setattr("handling.views.feedback.MOST_ANSWERS", 1)
    pressed = [phone(answered, press=answer).status_code for answer in ("mostly", "satisfied", "mostly")]
    assert pressed[-1] == 429


def test_words_come_as_a_second_answer_and_must_say_why(answered):
    phone(answered, press="unsatisfied")
    refused = phone(answered, handling="satisfied", result="unsatisfied")
    assert (refused.status_code, "请写明意见" in refused.content.decode()) == (422, True)
    phone(answered, handling="satisfied", result="unsatisfied", text="没有写明站点位置。")
    assert list(Feedback.objects.order_by("pk").values_list("text", flat=True)) == ["", "没有写明站点位置。"]
    assert answering.standing(answered[1]).count("handling", "satisfied") == 1


def test_the_member_hears_of_an_answer_by_link(answered):
    phone(answered, press="satisfied")
    assert Notice.objects.filter(text__contains="本人通过链接评价", text__startswith="《").exists()


@pytest.mark.parametrize("token", ["1-1.x.y", "x", "12", "９-９.a.b", "1-1:1tXyz:abc", "-" * 300])
def test_a_made_up_link_gets_a_friendly_page(token):
    page = Client().get(reverse("feedback_link", args=[token]))
    assert page.status_code == 404
    assert "这个链接不完整或者不对" in page.content.decode()


def test_a_link_cannot_be_turned_to_another_proposer(answered):
    one, reply = answered
    other = make.passed(make.case())
    signature = feedback_links.token_for(reply, one.proposers[0]).split(".", 1)[1]
    forged = f"{other.pk}-{other.assignment.proposal.proposers.get().pk}.{signature}"
    assert Client().get(reverse("feedback_link", args=[forged])).status_code == 404
    foreign = feedback_links.token_for(other, one.proposers[0])
    assert Client().get(reverse("feedback_link", args=[foreign])).status_code == 404


def test_an_old_link_says_so(answered):
    make.set_rule(reply_rules.LINK_DAYS, 0)
    page = phone(answered)
    assert (page.status_code, "已经过期" in page.content.decode()) == (404, True)


def test_a_link_of_an_overtaken_round_says_so(answered):
    one, reply = answered
    make.answer(reply, one.proposers[0], "unsatisfied")
    rounds.send_again(reply=reply, reason="请写明日期。", by=one.staff)
    page = phone(answered, press="satisfied")
    assert "已经退回重新办理" in page.content.decode()
    assert Feedback.objects.count() == 1


def test_nobody_answers_for_another(answered):
    one, reply = answered
    for person in (one.clerk, one.staff, make.case().proposers[0].member.user):
        with pytest.raises(Denied):
            feedback.give(reply=reply, proposer=one.proposers[0], handling="satisfied", result="satisfied", by=person)
    with pytest.raises(Denied):
        make.answer(reply, make.case().proposers[0])


@pytest.mark.parametrize(("handling", "result"), [("", "satisfied"), ("satisfied", "great"), ("satisfied", "")])
def test_both_questions_are_answered(answered, handling, result):
    one, reply = answered
    with pytest.raises(DomainError, match="请选择对"):
        make.answer(reply, one.proposers[0], result, handling=handling)


def test_staff_enter_a_paper_sheet_with_its_scan(answered):
    one, reply = answered
    given = {"reply": reply, "proposer": one.proposers[0], "handling": "mostly", "result": "mostly", "via": "paper"}
    with pytest.raises(DomainError, match="扫描件"):
        feedback.give(**given, by=one.staff)
    with pytest.raises(Denied):
        feedback.give(**given, sheet=SHEET, by=one.clerk)
    row = feedback.give(**given, sheet=SHEET, by=one.staff)
    assert (row.by, row.sheet.original_name) == (one.staff, "评价表.pdf")
    assert replying.sheet_for(one.proposers[0].member.user, row.pk) == row


def test_a_promise_is_judged_by_itself_once_it_is_settled(answered):
    one, reply = answered
    item, who = reply.items.get(kind="promised"), one.proposers[0]
    url = feedback_links.url_for(reply, who, item)
    assert "还没有落实情况" in Client().post(url, {"press": "satisfied"}).content.decode()
    ReplyItem.objects.filter(pk=item.pk).update(state="kept", settled_on=today())
    assert "增设三处站点" in Client().get(url).content.decode()
    Client().post(url, {"press": "satisfied"})
    assert list(answering.of_promises().values_list("item", "result")) == [(item.pk, "satisfied")]
    assert answering.standing(reply).missing == [who]


# --- merged proposals ---------------------------------------------------------------------------------------------
@pytest.fixture
def merged(answered):
    """Another member's proposal that was merged into the answered one."""
    one, _ = answered
    member = factories.MemberFactory(office=one.office, user=make.worker(one.office, "member"))
    part = make.a_proposal(one.office, one.proposal.session, [member], state=ProposalState.MERGED, case_no=None,
                           merged_into=one.proposal)  # fmt: skip
    return part.proposers.get()


def test_the_proposers_of_a_merged_proposal_are_answered_too(answered, merged):
    one, reply = answered
    assert list(answering.proposers_of(one.proposal)) == [*one.proposers, merged]
    make.answer(reply, one.proposers[0])
    one.assignment.refresh_from_db()
    assert one.assignment.state == "replied"
    browser = Client()
    browser.force_login(merged.member.user)
    page = browser.get(merged.proposal.get_absolute_url()).content.decode()
    assert "您的提案收悉" in page and "评价这份答复" in page
    make.answer(reply, merged)
    one.assignment.refresh_from_db()
    assert one.assignment.state == "done"


def test_who_waits_for_what(answered, merged):
    one, reply = answered
    user = one.proposers[0].member.user
    assert list(replying.to_judge(user)) == one.proposers
    assert wished(user) == {one.proposal.pk: "请看答复并评价"}
    make.answer(reply, one.proposers[0], "unsatisfied")
    assert not replying.to_judge(user).exists() and not wished(user)
    assert list(replying.to_judge(merged.member.user)) == [merged]
    assert (list(replying.awaiting()), list(replying.unhappy())) == ([reply], [reply])
    rounds.send_again(reply=reply, reason="", by=one.staff)
    assert (replying.awaiting().count(), replying.unhappy().count()) == (0, 0)
    assert list(replying.to_rehandle([one.unit.pk])) == [one.assignment]


def test_the_list_of_replies_has_a_constant_number_of_queries():
    one = make.case()
    make.passed(one)
    few = queries(one)
    for number in (2, 3):
        proposal = make.a_proposal(one.office, one.proposal.session, [one.proposers[0].member], case_no=number)
        one.proposal, one.assignment = proposal, make.an_assignment(proposal, one.unit)
        make.passed(one)
    assert queries(one) == few
    assert Proposer.objects.count() == 3


def queries(one):
    browser = Client()
    browser.force_login(one.staff)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get("/replies/?standing=awaiting").status_code == 200
    return len(seen)
