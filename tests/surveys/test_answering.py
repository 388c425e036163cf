"""Answering: once, in time, by members or by the public; what is typed is not lost."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Draft
from notices.models import Notice
from organisation.models import Rule
from surveys import services
from surveys.models import Answer, Seat, Sheet, Survey
from tests import factories as make
from tests.surveys.objects import choice, given, posted, question, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world):
    return world["survey.open"]


def answer_url(made):
    return reverse("survey_answer", args=[made.pk])


def test_handing_in_leads_to_a_thank_you(sign_in, asked):
    data = posted(asked, **{f"q{question(asked, 'multiple').pk}": [choice(asked, "multiple").pk]})
    page = sign_in("owner").post(answer_url(asked), data, follow=True).content.decode()
    assert "谢谢您，答卷已收到" in page and Sheet.objects.filter(survey=asked).count() == 1
    assert Answer.objects.filter(sheet__survey=asked).count() == 3


def test_a_second_sheet_is_never_made(sign_in, asked, world):
    browser = sign_in("owner")
    for _ in range(3):
        assert browser.post(answer_url(asked), posted(asked)).url == reverse("survey_thanks", args=[asked.pk])
    assert asked.sheets.count() == 1
    with pytest.raises(services.DomainError, match="已经交过"):
        services.answer(survey=asked, given=given(asked), by=world.people["owner"])


def test_gaps_are_named_and_nothing_is_kept(sign_in, asked):
    response = sign_in("owner").post(answer_url(asked), {f"q{question(asked, 'text').pk}": "写了字"})
    html = response.content.decode()
    assert response.status_code == 422 and "第 1 题还没有填写。" in html and "写了字" in html
    assert not asked.sheets.exists()


@pytest.mark.parametrize("value", ["nonsense", ""])
def test_a_forged_answer_is_refused(value, asked, world):
    forged = {**given(asked), question(asked, "scale").pk: value}
    with pytest.raises(services.DomainError):
        services.answer(survey=asked, given=forged, by=world.people["owner"])
    assert not asked.sheets.exists() and not asked.seats.filter(answered=True).exists()


def test_a_choice_of_another_survey_is_refused(asked, world):
    foreign = str(choice(world["survey.named"], "single").pk)
    with pytest.raises(services.DomainError, match="不在问卷里"):
        services.answer(survey=asked, given={**given(asked), question(asked, "single").pk: foreign},
                        by=world.people["owner"])  # fmt: skip


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_the_servers_clock_decides(opens, closes, sign_in, asked):
    now = timezone.now()
    Survey.objects.filter(pk=asked.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    html = sign_in("owner").post(answer_url(asked), posted(asked)).content.decode()
    assert ("还没有开始填写" in html) == (opens > 0) and not asked.sheets.exists()


def test_a_half_filled_sheet_comes_back_and_ends_with_the_survey(sign_in, asked, world):
    data = {"draft_key": services.answer_key(asked), f"q{question(asked, 'text').pk}": "写到一半"}
    sign_in("owner").post(reverse("draft_save"), data)
    assert "写到一半" in sign_in("owner").get(answer_url(asked)).content.decode()
    services.close(survey=asked, by=world.people["staff"])
    assert not Draft.objects.filter(key=services.answer_key(asked)).exists()


def test_the_reminder_goes_to_those_who_have_not_answered(sign_in, asked, world):
    services.answer(survey=asked, given=given(asked), by=world.people["owner"])
    page = sign_in("staff").post(reverse("survey_remind", args=[asked.pk]), follow=True).content.decode()
    assert "已提醒 1 位还没有填写的委员。" in page
    assert [each.recipient.username for each in Notice.objects.filter(text__startswith="提醒：")] == ["colleague"]


def test_who_joined_since_is_asked_with_the_reminder(asked, world):
    new = make.MemberFactory(office=world.offices["town"], term=world["member.owner"].term)
    services.remind(survey=asked, by=world.people["staff"])
    assert asked.seats.filter(member=new, answered=False).exists() and asked.seats.count() == 3


# --- the public ------------------------------------------------------------------------------------------------------
@pytest.fixture
def public(world):
    cache.clear()
    return world["survey.public"]


def visit(public):
    """A browser that has opened the page."""
    browser = Client()
    browser.get(reverse("survey_public", args=[public.token]))
    return browser


def test_one_sheet_per_browser(public):
    browser, url = visit(public), reverse("survey_public", args=[public.token])
    for _ in range(2):
        assert browser.post(url, posted(public)).url.endswith("/thanks/")
    visit(public).post(url, posted(public))
    assert public.sheets.count() == 2
    assert not Seat.objects.filter(browser__in=[each.value for each in browser.cookies.values()]).exists()


def test_one_address_does_not_flood_it(public, world):
    Rule.objects.create(key="survey.public_per_hour", office=world.offices["town"], value=2, starts="2026-01-01")
    url = reverse("survey_public", args=[public.token])
    pages = [visit(public).post(url, posted(public)) for _ in range(3)]
    assert [page.status_code for page in pages] == [302, 302, 422]
    assert "请过一小时再试" in pages[-1].content.decode() and public.sheets.count() == 2


def test_a_browser_without_cookies_is_told(public):
    page = Client().post(reverse("survey_public", args=[public.token]), posted(public))
    assert page.status_code == 422 and "Cookie" in page.content.decode()


def test_recalling_ends_the_link(public, world):
    url = reverse("survey_public", args=[public.token])
    services.recall(survey=public, by=world.people["staff"])
    assert Client().get(url).status_code == 404


def test_members_surveys_have_no_public_link(world):
    made = survey(world.offices["town"], state="draft")
    services.open_survey(survey=made, by=world.people["staff"])
    assert Survey.objects.get(pk=made.pk).token is None


# --- on paper --------------------------------------------------------------------------------------------------------
def test_paper_sheets_are_counted_but_never_more_than_people_asked(sign_in, asked):
    url = reverse("survey_paper", args=[asked.pk])
    pages = [sign_in("staff").post(url, posted(asked)) for _ in range(3)]
    assert [page.status_code for page in pages] == [302, 302, 409]
    assert "不能再录入" in pages[-1].content.decode() and asked.sheets.count() == 2
    assert "其中纸质" in sign_in("staff").get(asked.get_absolute_url()).content.decode()


def test_a_named_paper_sheet_is_the_members_own(sign_in, world):
    named, browser = world["survey.named"], sign_in("staff")
    seat = named.seats.get(member=world["member.colleague"])
    url = reverse("survey_paper", args=[named.pk])
    assert browser.post(url, posted(named)).status_code == 422
    browser.post(url, posted(named, seat=seat.pk))
    assert named.sheets.get(member=world["member.colleague"]) and named.seats.filter(answered=False).count() == 0


def test_named_answers_can_be_read_again_by_their_author(sign_in, world):
    html = sign_in("owner").get(reverse("survey_thanks", args=[world["survey.named"].pk])).content.decode()
    assert "您的回答" in html and "满意" in html
