"""Reporting an opinion: half a text may be saved, sending asks for completeness and happens once."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from audit.models import AuditEntry
from notices.models import Notice
from opinions.models import OpinionReport
from organisation.models import Rule

pytestmark = pytest.mark.django_db
NEW = "/opinions/new/"
NASTY = "<script>alert(1)</script>{{7*7}}\"'&lt;"


def newest():
    return OpinionReport.objects.order_by("-pk").first()


@pytest.fixture
def owner(sign_in):
    return sign_in("owner")


def test_submitting_leads_to_a_receipt(owner, post):
    html = owner.post(NEW, post(), follow=True).content.decode()
    opinion = newest()
    assert opinion.state == "submitted" and opinion.receipt_no in html
    assert "清溪镇联络处（电话 0800-1234567）" in html and "再写一条" in html


def test_it_goes_to_the_members_own_office_and_its_staff_are_told(owner, world, post):
    owner.post(NEW, post(is_urgent="on"))
    opinion = newest()
    assert (opinion.office, opinion.is_urgent) == (world.offices["town"], True)
    assert [row.member for row in opinion.authors.all()] == [world["member.owner"]]
    told = Notice.objects.filter(text__startswith="【急报】").values_list("recipient__username", flat=True)
    assert set(told) == {"staff", "head"}


def test_a_half_written_text_can_be_saved_and_deleted(owner):
    owner.post(NEW, {"situation": "写了一半"})
    draft = newest()
    assert (draft.state, str(draft)) == ("draft", "（还没有写标题）")
    owner.post(f"/opinions/{draft.pk}/discard/")
    assert not OpinionReport.objects.filter(pk=draft.pk).exists()
    assert AuditEntry.objects.filter(action="opinion.discard").exists()


def test_gaps_are_named_in_sentences(owner, post):
    html = owner.post(NEW, post(title="", suggestions="快修")).content.decode()
    assert "请填写“标题”。" in html and "“意见建议”至少写 10 字，现在是 2 字" in html


def test_the_whole_text_has_an_upper_limit_said_in_a_sentence(owner, post):
    response = owner.post(NEW, post(situation="长" * 1490))
    assert response.status_code == 422
    assert "全文现在是 1510 字，超过了 1500 字" in response.content.decode()
    assert owner.post(NEW, post(situation="长" * 1490, intent="save")).status_code == 302


def test_the_limit_is_the_offices_data(owner, world, post):
    Rule.objects.create(key="opinion.max_chars", office=world.offices["town"], value=3000, starts="2026-01-01")
    assert owner.post(NEW, post(situation="长" * 1490)).status_code == 302


def test_the_same_form_sent_twice_makes_one_record(owner, post):
    before, data = OpinionReport.objects.count(), post()
    assert len({owner.post(NEW, data).url for _ in range(3)}) == 1
    assert OpinionReport.objects.count() == before + 1


def test_autosaved_text_comes_back(sign_in):
    sign_in("owner").post(reverse("draft_save"), {"draft_key": "opinions.write", "title": "写到一半的标题"})
    assert "写到一半的标题" in sign_in("owner").get(NEW).content.decode()
    assert "写到一半的标题" not in sign_in("colleague").get(NEW).content.decode()


def test_the_second_device_is_told(owner, world, post):
    draft = world["opinion.draft"]
    url = f"/opinions/{draft.pk}/edit/"
    owner.post(url, post(version="1", intent="save", title="电脑上写的"))
    response = owner.post(url, post(version="1", title="手机上写的"))
    assert response.status_code == 409 and "电脑上写的" in response.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("电脑上写的", "draft")


def test_a_sent_text_is_locked(owner, world, post):
    sent = world["opinion.submitted"]
    response = owner.post(f"/opinions/{sent.pk}/edit/", post(title="改一改"))
    assert response.status_code == 409 and "报送后不能再修改" in response.content.decode()


def test_hostile_text_appears_literally(owner, sign_in, post):
    owner.post(NEW, post(title=NASTY[:40], situation=NASTY * 3, suggestions=NASTY))
    pages = [owner.get(newest().get_absolute_url()), owner.get("/opinions/mine/"), sign_in("staff").get("/opinions/")]
    for html in (page.content.decode() for page in pages):
        assert "<script>alert" not in html and escape(NASTY[:20]) in html


def test_another_members_draft_answers_like_a_missing_one(sign_in, world):
    browser, draft = sign_in("colleague"), world["opinion.draft"]
    for path in ("", "edit/", "receipt/", "act/accept/"):
        foreign, missing = (browser.get(f"/opinions/{pk}/{path}") for pk in (draft.pk, 987654))
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content.split(b"<main")[1] == missing.content.split(b"<main")[1]
