"""Writing a proposal: nothing is lost, half a text may be saved, sending asks for completeness and happens once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from core import textversions
from core.errors import Denied
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


# --- what goes with the text ---------------------------------------------------------------------------------------
def test_not_publishing_needs_a_reason(owner, post):
    data = post()
    del data["may_publish"]
    assert "不同意公开的，请写明理由。" in owner.post(NEW, data).content.decode()
    owner.post(NEW, {**data, "unpublish_reason": "涉及个人隐私"})
    assert (newest().may_publish, newest().unpublish_reason) == (False, "涉及个人隐私")


def test_units_of_the_committee_are_suggested(owner):
    assert '<datalist id="wished_units-names"><option value="县交通局">' in owner.get(NEW).content.decode()


def pdf(name="现场.pdf", body=b"%PDF-1.7 one"):
    return SimpleUploadedFile(name, body, content_type="application/pdf")


def test_attachments_come_with_the_text_and_go_by_ticking(owner, post):
    owner.post(NEW, post(intent="save", files=[pdf(), pdf("同一份.pdf"), pdf("另一份.pdf", b"%PDF-1.7 two")]))
    draft = newest()
    assert [str(row) for row in draft.attachments.all()] == ["现场.pdf", "另一份.pdf"]
    first = draft.attachments.first()
    assert owner.get(f"/proposals/attachments/{first.pk}/")["X-Content-Type-Options"] == "nosniff"
    owner.post(f"/proposals/{draft.pk}/edit/", post(intent="save", version="1", drop=[first.pk]))
    assert [str(row) for row in draft.attachments.all()] == ["另一份.pdf"]


def test_number_and_kind_of_attachments_are_limited_and_the_text_stays(owner, world, post):
    Rule.objects.create(key="proposal.attachments", office=world.offices["county"], value=1, starts="2026-01-01")
    many = owner.post(NEW, post(intent="save", files=[pdf(), pdf("二.pdf", b"%PDF-1.7 two")]))
    assert many.status_code == 409 and "最多 1 个附件" in many.content.decode()
    assert many.content.decode().count("刚才选的附件没有保存，请重新选择。") == 1
    wrong = owner.post(NEW, post(intent="save", files=[pdf("程序.exe", b"MZ")]))
    html = wrong.content.decode()
    assert wrong.status_code == 409 and "不能上传" in html and "下晚班的工人" in html


def test_attachments_stay_once_the_proposal_is_handed_in(owner, post):
    owner.post(NEW, post(files=[pdf()]))
    sent = newest()
    with pytest.raises(Denied):
        services.write(
            proposal=sent, text=services.Text(**LONG_ENOUGH), by=sent.updated_by, files=services.Files((), [1])
        )
    assert sent.attachments.count() == 1 and "现场.pdf" in owner.get(sent.get_absolute_url()).content.decode()


# --- versions ------------------------------------------------------------------------------------------------------
def test_every_saving_is_a_version_that_can_be_compared_and_brought_back(owner, post):
    owner.post(NEW, post(intent="save"))
    draft = newest()
    owner.post(f"/proposals/{draft.pk}/edit/", post(intent="save", version="1", suggestions="另外的建议"))
    html = owner.get(f"/proposals/{draft.pk}/versions/").content.decode()
    assert "第 1 版 → 第 2 版" in html and "另外的建议" in html
    owner.post(f"/proposals/{draft.pk}/restore/", {"number": "1", "version": "2"})
    draft.refresh_from_db()
    assert "由县交通局测算夜间客流" in draft.suggestions
    assert [each.note for each in textversions.of(draft)] == ["恢复第 1 版", "", ""]


def test_saving_without_a_change_keeps_no_version(owner, post):
    owner.post(NEW, post(intent="save"))
    owner.post(f"/proposals/{newest().pk}/edit/", post(intent="save", version="1"))
    assert textversions.of(newest()).count() == 1


def test_staff_look_at_versions_but_do_not_restore(sign_in, world):
    html = sign_in("county_staff").get(f"/proposals/{world['proposal.returned'].pk}/versions/").content.decode()
    assert "恢复第" not in html
    answer = sign_in("county_staff").post(f"/proposals/{world['proposal.joint'].pk}/restore/", {"number": "1"})
    assert answer.status_code == 404


# --- my proposals --------------------------------------------------------------------------------------------------
def test_the_own_list_knows_a_new_text_that_was_never_saved(owner):
    owner.post(reverse("draft_save"), {"draft_key": "proposals.write", "subject": "手机上写的案由"})
    html = owner.get("/proposals/mine/").content.decode()
    assert "手机上写的案由" in html and "还没有存成草稿" in html and 'href="/proposals/new/"' in html


def test_every_line_of_the_own_list_says_the_next_step(owner, sign_in):
    html = owner.get("/proposals/mine/").content.decode()
    assert all(
        words in html for words in ("写完后提交", "请看退回理由", "等 1 人确认", "等召集人欧阳玥签署", "等待交办")
    )
    assert "请您联名" in sign_in("colleague").get("/proposals/mine/").content.decode()


def test_the_own_list_asks_a_constant_number_of_questions(owner, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        owner.get("/proposals/mine/")
