"""Writing for a call: in time by the server's clock, warned about the length, alone or together."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from calls import services
from calls.models import Call, Entry
from core.models import Draft
from notices.models import Notice
from tests import factories as make
from tests.calls.objects import call

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(sign_in, world, post):
    def send(to="call.open", who="owner", **changes):
        return sign_in(who).post(reverse("entry_new", args=[world[to].pk]), post(**changes))

    return send


def newest():
    return Entry.objects.order_by("-pk").first()


def test_submitting_leads_to_a_receipt_and_tells_the_office(write, world):
    response = write()
    entry = newest()
    assert response.url == reverse("entry_receipt", args=[entry.pk])
    assert (entry.state, entry.office, entry.kind) == ("submitted", world.offices["town"], "plenary_speech")
    told = Notice.objects.filter(text__contains="提交了稿件《办好村级文化站》")
    assert {each.recipient.username for each in told} == {"staff", "head"}


def test_a_half_written_text_is_kept_without_complaint(write):
    write(title="", body="写到一半", intent="save")
    assert (newest().state, newest().body) == ("draft", "写到一半")


def test_gaps_are_named(write):
    html = write(title="", body="").content.decode()
    assert "请填写“题目”。" in html and "请填写“正文”，或者上传附件。" in html


def test_a_file_may_stand_for_the_text(write):
    write(body="", upload=SimpleUploadedFile("发言.pdf", b"%PDF-1.7 speech"))
    assert newest().state == "submitted" and newest().attachment.original_name == "发言.pdf"


def test_paragraphs_pasted_from_word_are_kept(write):
    write(body="　　第一段。\x0b　　第二段。\r\n")
    assert newest().body == "　　第一段。\n　　第二段。"


@pytest.mark.parametrize(
    ("low", "top", "note"), [(500, None, "少于要求的 500 字"), (None, 10, "超过要求的 10 字"), (1, 99, "")]
)
def test_the_length_is_pointed_out_but_stops_nobody(low, top, note, write, world, sign_in):
    Call.objects.filter(pk=world["call.open"].pk).update(words_min=low, words_max=top)
    html = sign_in("owner").get(write().url).content.decode()
    assert newest().state == "submitted" and ("字数提醒" in html) == bool(note) and note in html


def test_joint_authors_are_found_by_name(write, world):
    write(with_members="曾䶮、㛃小喆")
    assert [row.member for row in newest().authors.all()] == [world["member.owner"], world["member.colleague"]]


@pytest.mark.parametrize(("name", "why"), [("没有这人", "没有找到在任委员"), ("同名", "有同名的委员")])
def test_a_joint_author_must_be_one_person(name, why, write, world):
    [make.MemberFactory(name="同名", office=world.offices["town"], term=world["member.owner"].term) for _ in range(2)]
    assert why in write(with_members=name).content.decode()


@pytest.mark.parametrize(("late", "taken"), [(-1, True), (20, True), (40, False)])
def test_late_texts_have_the_grace_and_no_more(late, taken, write, world):
    """Minutes after the announced end, with a grace of 30."""
    closes_at = timezone.now() - timedelta(minutes=late)
    Call.objects.filter(pk=world["call.open"].pk).update(closes_at=closes_at, grace_minutes=30)
    before = Entry.objects.count()
    response = write()
    assert (Entry.objects.count() > before) == taken
    assert taken or (response.status_code == 403 and "现在不在征集时间内" in response.content.decode())


def test_a_draft_cannot_be_sent_after_the_end(world, sign_in, post):
    Call.objects.filter(pk=world["call.open"].pk).update(closes_at=timezone.now() - timedelta(hours=2))
    draft = world["entry.draft"]
    response = sign_in("owner").post(reverse("entry_edit", args=[draft.pk]), post(version="1"))
    assert "现在不在征集时间内" in response.content.decode()
    assert Entry.objects.get(pk=draft.pk).state == "draft"


def test_withdrawing_opens_the_text_again(sign_in, world):
    entry = world["entry.submitted"]
    sign_in("owner").post(reverse("entry_act", args=[entry.pk, "withdraw"]))
    entry.refresh_from_db()
    assert (entry.state, entry.submitted_at) == ("draft", None)
    assert sign_in("staff").get(entry.get_absolute_url()).status_code == 404


def test_a_returned_text_may_come_back_after_the_end(world, sign_in, post):
    entry = world["entry.judging"]
    sign_in("staff").post(reverse("entry_act", args=[entry.pk, "return"]), {"reason": "请压缩"})
    assert "请压缩" in sign_in("owner").get(entry.get_absolute_url()).content.decode()
    sign_in("owner").post(reverse("entry_edit", args=[entry.pk]), post(version="1"))
    assert Entry.objects.get(pk=entry.pk).state == "submitted"


def test_a_call_of_the_county_reaches_the_members_of_the_town(world, sign_in, post):
    of_county = call(world.offices["county"])
    assert sign_in("owner").post(reverse("entry_new", args=[of_county.pk]), post()).status_code == 302
    assert newest().office == world.offices["town"]
    assert sign_in("other_staff").get(newest().get_absolute_url()).status_code == 404


def test_the_same_form_sent_twice_makes_one_text(sign_in, world, post):
    data, browser, before = post(), sign_in("owner"), Entry.objects.count()
    url = reverse("entry_new", args=[world["call.open"].pk])
    assert len({browser.post(url, data).url for _ in range(3)}) == 1
    assert Entry.objects.count() == before + 1


def test_an_unused_text_becomes_a_draft_of_an_opinion(sign_in, world):
    url = reverse("entry_hand_over", args=[world["entry.rejected"].pk, "opinions"])
    page = sign_in("owner").post(url, follow=True).content.decode()
    assert "办好村级文化站" in page and "建议继续向村组延伸" in page
    again = sign_in("owner").post(url)
    assert again.status_code == 409 and Draft.objects.filter(key="opinions.write").count() == 1


def test_joint_authors_read_but_the_first_one_writes(world, write, sign_in):
    write(with_members="曾䶮", intent="save")
    assert sign_in("colleague").get(newest().get_absolute_url()).status_code == 200
    with pytest.raises(services.entries.DomainError, match="第一作者"):
        services.submit(entry=newest(), by=world.people["colleague"])


def test_who_comes_too_late_reads_why(sign_in, world):
    Call.objects.filter(pk=world["call.open"].pk).update(closes_at=timezone.now() - timedelta(hours=2))
    html = sign_in("owner").get(world["call.open"].get_absolute_url()).content.decode()
    assert "现在不在征集时间内，不能提交。" in html and "已到截稿时间" in html
