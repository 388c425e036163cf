"""Writing a proposal: nothing is lost, half a text may be saved, sending asks for completeness and happens once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from core.models import Draft
from notices.models import Notice
from organisation.models import Rule, Session
from proposals import services
from proposals.models import Proposal, Proposer

pytestmark = pytest.mark.django_db
NEW = "/proposals/new/"
LONG_ENOUGH = {
    "subject": "关于路灯的提案", "category": "society", "background": "路灯" * 20, "analysis": "线路" * 20,
    "suggestions": "更换" * 20,
}  # fmt: skip


def newest():
    return Proposal.objects.order_by("-pk").first()


@pytest.fixture
def owner(sign_in):
    return sign_in("owner")


def test_the_form_is_plain_and_has_a_label_for_every_field(owner):
    html = owner.get(NEW).content.decode()
    for label in ("案由", "分类", "情况", "分析", "建议", "建议承办单位", "同意公开提案内容"):
        assert f">{label}" in html
    assert html.count("data-count=") == 3
    assert "严禁上传涉密信息" in html


def test_submitting_leads_to_a_receipt(owner, world, post):
    response = owner.post(NEW, post(), follow=True)
    proposal, html = newest(), response.content.decode()
    assert proposal.state == "submitted"
    assert timezone.now() - proposal.submitted_at < timezone.timedelta(minutes=1)
    assert all(words in html for words in (proposal.receipt_no, "接下来", "县政协（电话 0800-1234567）", "再写一件"))


def test_a_submitted_proposal_knows_its_offices_session_and_proposer(owner, world, post):
    owner.post(NEW, post())
    proposal = newest()
    assert (proposal.office, proposal.home_office) == (world.offices["county"], world.offices["town"])
    assert (proposal.session, proposal.in_plenary, proposal.case_no) == (world["session"], False, None)
    assert [row.member for row in proposal.proposers.all()] == [world["member.owner"]]


def test_staff_of_the_committee_are_told_and_nobody_else(owner, world, post):
    owner.post(NEW, post())
    told = Notice.objects.filter(text__contains="提交了提案").values_list("recipient__username", flat=True)
    assert set(told) == {"county_staff", "county_head"}


def test_a_half_written_text_can_be_saved(owner, post):
    response = owner.post(NEW, {"subject": "", "background": "写了一半", "intent": "save"})
    proposal = newest()
    assert (proposal.state, proposal.background, proposal.submitted_at) == ("draft", "写了一半", None)
    assert response.url == f"/proposals/{proposal.pk}/edit/"


def test_enter_in_a_field_saves_and_never_submits(owner, post):
    data = post()
    del data["intent"]
    owner.post(NEW, data)
    assert newest().state == "draft"


def test_every_gap_is_named_in_a_sentence_and_the_input_is_kept(owner, post):
    response = owner.post(NEW, post(subject="", category="", analysis="太短", suggestions=""))
    html = response.content.decode()
    assert response.status_code == 422
    for sentence in ("请填写“案由”。", "请选择“分类”。", "“分析”至少写 20 字，现在是 2 字", "请填写“建议”。"):
        assert sentence in html
    assert "下晚班的工人" in html


def test_the_rules_are_the_offices_data(owner, world, post):
    Rule.objects.create(key="proposal.max_subject", office=world.offices["county"], value=8, starts="2026-01-01")
    assert "案由最多 8 字，现在是 13 字" in owner.post(NEW, post()).content.decode()


def test_spaces_do_not_count_and_do_not_fill(owner, post):
    html = owner.post(NEW, post(background="　\n " * 40)).content.decode()
    assert "请填写“情况”。" in html


def test_pasted_paragraphs_are_kept(owner, sign_in, post):
    pasted = "\r\n　　一、第一段情况，时间地点都清楚。  \r\n\r\n　　二、第二段。\x0b软回车后的一行，也要保留。\r\n\r\n"
    owner.post(NEW, post(background=pasted))
    assert newest().background == (
        "　　一、第一段情况，时间地点都清楚。\n\n　　二、第二段。\n软回车后的一行，也要保留。"
    )


def test_the_same_form_sent_twice_makes_one_proposal(owner, post):
    before, data = Proposal.objects.count(), post()
    urls = {owner.post(NEW, data).url for _ in range(3)}
    assert (len(urls), Proposal.objects.count()) == (1, before + 1)


def test_autosaved_text_comes_back_after_the_session_is_lost(sign_in, post):
    sign_in("owner").post(reverse("draft_save"), {"draft_key": "proposals.write", "subject": "手机上写的案由"})
    html = sign_in("owner").get(NEW).content.decode()
    assert "手机上写的案由" in html and "已恢复" in html
    assert "手机上写的案由" not in sign_in("colleague").get(NEW).content.decode()


def test_submitting_takes_the_autosaved_text_away(owner, post):
    owner.post(reverse("draft_save"), {"draft_key": "proposals.write", "subject": "旧的"})
    owner.post(NEW, post())
    assert not Draft.objects.filter(key="proposals.write").exists()


def test_the_second_device_is_told_and_nothing_is_overwritten(owner, world, post):
    draft = world["proposal.draft"]
    url = f"/proposals/{draft.pk}/edit/"
    owner.post(url, post(version="1", intent="save", background="电脑上写的"))
    response = owner.post(url, post(version="1", intent="submit", background="手机上写的，" * 5))
    html = response.content.decode()
    assert response.status_code == 409
    assert "电脑上写的" in html and "手机上写的" in html and "修改过这份内容" in html
    draft.refresh_from_db()
    assert (draft.background, draft.state) == ("电脑上写的", "draft")


def test_a_text_submitted_on_one_device_is_locked_on_the_other(owner, world, post):
    draft = world["proposal.draft"]
    services.write(proposal=draft, text=services.Text(**LONG_ENOUGH), by=world.people["owner"], and_submit=True)
    response = owner.post(f"/proposals/{draft.pk}/edit/", post(background="还在写的另一段文字，不能丢。" * 3))
    assert response.status_code == 409
    assert "已锁定" in response.content.decode() and "还在写的另一段文字" in response.content.decode()


def test_without_a_session_the_member_is_told_whom_to_phone_and_the_text_stays(owner, world, post):
    Session.objects.update(starts="2020-01-01", ends="2020-12-31", plenary_starts="2020-01-02",
                           plenary_ends="2020-01-03")  # fmt: skip
    response = owner.post(NEW, post())
    html = response.content.decode()
    assert response.status_code == 409
    assert "没有设置今天所在的届次" in html and "县政协（电话 0800-1234567）" in html and "下晚班的工人" in html
    assert owner.post(NEW, post(intent="save")).status_code == 302
    assert newest().session is None


def test_a_member_who_left_may_not_write(owner, world):
    world["member.owner"].state = "left"
    world["member.owner"].save()
    response = owner.get(NEW)
    assert response.status_code == 403 and "任期已经结束" in response.content.decode()


def test_an_account_without_a_member_record_is_sent_to_the_office(sign_in, world):
    Proposer.objects.filter(member=world["member.colleague"]).delete()
    world["member.colleague"].user = None
    world["member.colleague"].save()
    assert "还没有对应的委员档案" in sign_in("colleague").get(NEW).content.decode()


def test_a_draft_can_be_deleted_a_submitted_one_not(owner, world):
    draft, returned = world["proposal.draft"], world["proposal.returned"]
    owner.post(f"/proposals/{draft.pk}/discard/")
    assert not Proposal.objects.filter(pk=draft.pk).exists()
    assert AuditEntry.objects.filter(action="proposal.discard", object_id=str(draft.pk)).exists()
    assert owner.post(f"/proposals/{returned.pk}/discard/").status_code == 409
    assert Proposal.objects.filter(pk=returned.pk).exists()


def test_a_category_no_longer_on_offer_stays_where_it_is_in_use(owner, world):
    draft = world["proposal.draft"]
    Proposal.objects.filter(pk=draft.pk).update(category="retired")
    assert '<option value="retired" selected' in owner.get(f"/proposals/{draft.pk}/edit/").content.decode()


def test_changes_are_in_the_audit_trail_without_the_text(owner, world, post):
    owner.post(f"/proposals/{world['proposal.draft'].pk}/edit/", post(version="1", intent="save"))
    entry = AuditEntry.objects.get(action="proposal.update")
    assert "subject" in entry.detail["fields"] and "公交" not in str(entry.detail)
