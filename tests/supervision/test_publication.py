"""The public page: only what was agreed to and cleared, as it was cleared, without personal numbers."""

from __future__ import annotations

import pytest
from django.test import Client

from core.errors import DomainError
from organisation.models import Rule
from proposals.models import Proposal
from supervision.redaction import masked
from supervision.services import publication
from tests.supervision import objects as make

LIST = "/public/proposals/"


@pytest.mark.parametrize(
    "text, shown",
    [
        ("电话13812345678。", "电话（号码略）。"),
        ("电话 138 1234 5678", "电话 （号码略）"),
        ("手机+86 138-1234-5678", "手机（号码略）"),
        ("全角１３８１２３４５６７８", "全角（号码略）"),
        ("办公室0471-1234567", "办公室（号码略）"),
        ("身份证11010519491231002X", "身份证（号码略）"),
        ("卡号6222 0212 3456 7890 123", "卡号（号码略）"),
        ("写信到zhang.san@example.com", "写信到（邮箱略）"),
        ("投资2026万元，惠及13812户", "投资2026万元，惠及13812户"),
        ("2026年11月22日第20261122号", "2026年11月22日第20261122号"),
    ],
)
def test_numbers_of_persons_are_taken_out(text, shown):
    assert masked(text) == shown


@pytest.fixture
def here(db):
    return make.office()


@pytest.fixture
def public(here):
    proposal = here.proposal(1, subject="夜间公交", suggestions="请打13812345678。")
    publication.clear(proposal=proposal, by=here.staff)
    return proposal


def page(path=LIST, **headers):
    return Client().get(path, headers=headers)


def one(proposal):
    return f"{LIST}{proposal.pk}/"


def test_the_public_reads_names_and_text_but_no_number(public, here):
    body = page(one(public)).content.decode()
    assert here.member.name in body and "请打（号码略）" in body
    assert "13812345678" not in body and "/proposals/" not in body.replace(LIST, "")


def test_what_is_changed_later_is_not_public_by_itself(public):
    Proposal.objects.filter(pk=public.pk).update(suggestions="内部情况")
    assert "内部情况" not in page(one(public)).content.decode()


def test_withdrawn_at_once_whatever_the_browser_kept(public, here):
    kept = page(one(public))["ETag"]
    assert page(one(public), if_none_match=kept).status_code == 304
    publication.withhold(proposal=public, reason="有误", by=here.staff)
    assert page(one(public), if_none_match=kept).status_code == 404
    assert "夜间公交" not in page().content.decode()


def test_a_proposer_who_no_longer_agrees_takes_it_off(public):
    Proposal.objects.filter(pk=public.pk).update(may_publish=False)
    assert page(one(public)).status_code == 404


def test_without_consent_or_a_number_nothing_is_cleared(here):
    unwilling = here.proposal(2, may_publish=False, unpublish_reason="涉及隐私")
    with pytest.raises(DomainError, match="涉及隐私"):
        publication.clear(proposal=unwilling, by=here.staff)
    early = here.proposal(3, state="review")
    done, refused = publication.clear_many(
        pks=[unwilling.pk, early.pk, here.proposal(4).pk], visible=Proposal.objects.all(), by=here.staff
    )
    assert (done, len(refused)) == (1, 2)


def test_names_are_left_out_where_the_rule_says_so(here):
    Rule.objects.filter(key="public.names").update(value=False)
    proposal = here.proposal(2)
    reply = make.handled.a_reply(make.handled.a_row(proposal, here.unit, "done"), "passed", here.staff)
    type(reply).objects.filter(pk=reply.pk).update(body=f"{here.member.name}委员：答复如下。")
    assert publication.clear(proposal=proposal, by=here.staff).proposers == ""
    body = page(one(proposal)).content.decode()
    assert here.member.name not in body and "（姓名略）委员：答复如下。" in body


def test_search_year_and_nonsense(public):
    def shown(query):
        return "夜间公交" in page(f"{LIST}{query}").content.decode()

    year = public.filed_at.year
    asked = ("?q=公交", "?q=地铁", f"?year={year}", "?year=abc", "?year=99999999999", "?category=nothing", "?page=-1")
    assert [shown(query) for query in asked] == [True, False, True, False, False, False, True]


def test_only_delivered_replies_are_public_and_can_be_left_out(here):
    proposal = here.proposal(5)
    make.handled.a_reply(make.handled.a_row(proposal, here.unit, "done"), "passed", here.staff)
    publication.clear(proposal=proposal, by=here.staff, with_replies=False)
    assert "您的提案收悉" not in page(one(proposal)).content.decode()
    publication.clear(proposal=proposal, by=here.staff)
    body = page(one(proposal)).content.decode()
    assert "您的提案收悉" in body and "周科长" not in body


def test_the_page_can_be_switched_off(public):
    Rule.objects.filter(key="public.page").update(value=False)
    assert (page().status_code, page(one(public)).status_code) == (404, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["q=%00", "category=%00", "year=%00"])
def test_a_character_no_database_takes_finds_something_or_nothing(asked):
    assert page(f"{LIST}?{asked}").status_code == 200
