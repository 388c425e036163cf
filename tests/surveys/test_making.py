"""Making a survey: from a template, by the grid of questions, locked once it is out."""

import pytest
from django.urls import reverse

from notices.models import Notice
from notices.todos import waiting_for
from surveys import services
from surveys.defaults import TEMPLATE
from surveys.models import Survey, SurveyTemplate
from tests.surveys.objects import choice, question, survey

pytestmark = pytest.mark.django_db
LATER = "2999-01-01T09:00"


def grid(rows, **head):
    """What the browser sends for a page of questions."""
    data = {"title": "征求意见", "purpose": "consultation", "is_anonymous": "True", "audience": "members",
            "closes_at": LATER, "questions-INITIAL_FORMS": "0", **head}  # fmt: skip
    data["questions-TOTAL_FORMS"] = str(len(rows))
    for index, row in enumerate(rows):
        data |= {f"questions-{index}-{name}": value for name, value in {"is_required": "on", **row}.items()}
    return data


@pytest.fixture
def draft(world):
    return world["survey.draft"]


@pytest.fixture
def save(sign_in, draft):
    def post(rows, **head):
        draft.questions.all().delete()
        return sign_in("staff").post(reverse("survey_edit", args=[draft.pk]), grid(rows, **head))

    return post


def test_the_shipped_template_gives_a_ready_questionnaire(sign_in, world):
    template = SurveyTemplate.objects.get(title=TEMPLATE)
    office = world.offices["town"].pk
    data = {"office": office, "title": "年度测评", "source": f"t{template.pk}"}
    response = sign_in("staff").post(reverse("survey_new"), data)
    made = Survey.objects.get(title="年度测评")
    assert response.url == reverse("survey_edit", args=[made.pk])
    assert made.purpose == "satisfaction" and [each.kind for each in made.questions.all()].count("scale") == 5


def test_an_earlier_survey_is_copied_with_its_choices(world):
    staff, source = world.people["staff"], world["survey.open"]
    made = services.create(office=source.office, title="再问一次", by=staff, copy_of=source)
    assert [each.text for each in made.questions.all()] == [each.text for each in source.questions.all()]
    assert choice(made, "single").text == "甲" and not made.sheets.exists()


def test_questions_are_saved_in_the_order_of_their_numbers(save, draft):
    rows = [{"kind": "text", "text": "后问", "place": "2"},
            {"kind": "single", "text": "先问", "place": "1", "choices": "是\n否\n\n"}]  # fmt: skip
    assert save(rows).status_code == 302
    assert [each.text for each in draft.questions.all()] == ["先问", "后问"]
    assert [each.text for each in draft.questions.first().choices.all()] == ["是", "否"]


@pytest.mark.parametrize(
    ("row", "head", "sentence"),
    [({"kind": "single", "text": "问", "choices": "只有一个"}, {}, "请填写 2 到 30 个选项"),
     ({"kind": "multiple", "text": "问", "choices": "甲\n甲"}, {}, "有重复的选项"),
     ({"kind": "text", "text": ""}, {"questions-0-place": "3"}, "请填写题目"),
     ({"kind": "text", "text": "问"}, {"audience": "groups"}, "请勾选联络组"),
     ({"kind": "text", "text": "问"}, {"audience": "public", "is_anonymous": "False"}, "群众问卷只能匿名填写"),
     ({"kind": "text", "text": "问"}, {"opens_at": "2999-02-01T09:00"}, "截止时间要在开始时间之后")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(row, head, sentence, save):
    assert sentence in save([row], **head).content.decode()


def test_opening_fixes_who_is_asked_and_tells_them(sign_in, draft, world):
    sign_in("staff").post(reverse("survey_act", args=[draft.pk, "open"]))
    draft.refresh_from_db()
    assert draft.state == "open" and {seat.member for seat in draft.seats.all()} == {
        world["member.owner"], world["member.colleague"]
    }  # fmt: skip
    told = Notice.objects.filter(text__contains="请您填写问卷《联络处工作测评》")
    assert {each.recipient.username for each in told} == {"owner", "colleague"}
    assert any(todo.label == "请您填写的问卷" for todo in waiting_for(world.people["owner"]))


def test_a_chosen_group_only(draft, world):
    world["member.owner"].group = world["group"]
    world["member.owner"].save()
    draft.groups.add(world["group"])
    Survey.objects.filter(pk=draft.pk).update(audience="groups")
    services.open_survey(survey=Survey.objects.get(pk=draft.pk), by=world.people["staff"])
    assert [seat.member for seat in draft.seats.all()] == [world["member.owner"]]


def test_participants_of_an_activity_come_as_plain_ids(sign_in, world):
    ids = f"{world['member.owner'].pk},{world['member.stranger'].pk},abc"
    data = {"office": world.offices["town"].pk, "title": "活动反馈", "source": "blank"}
    sign_in("staff").post(f"{reverse('survey_new')}?members={ids}", data)
    made = Survey.objects.get(title="活动反馈")
    assert made.audience == "chosen" and list(made.chosen.all()) == [world["member.owner"]]


def test_questions_are_locked_while_people_answer(sign_in, world):
    page = sign_in("staff").post(reverse("survey_edit", args=[world["survey.open"].pk]), grid([]))
    assert page.status_code == 403 and "题目不能再改" in page.content.decode()


def test_without_questions_or_time_it_cannot_be_sent_out(sign_in, draft, world):
    draft.questions.all().delete()
    page = sign_in("staff").get(draft.get_absolute_url()).content.decode()
    assert "还没有题目，请先填写题目。" in page
    over = survey(world.offices["town"], state="draft", opens_at=None, closes_at=draft.opens_at)
    assert "截止时间已经过了" in sign_in("staff").get(over.get_absolute_url()).content.decode()


def test_an_offices_own_template(sign_in, world):
    sign_in("staff").post(reverse("survey_keep", args=[world["survey.open"].pk]))
    kept = SurveyTemplate.objects.get(title="征求意见问卷")
    assert {"kind": "single", "text": "single题", "required": True, "choices": ["甲", "乙", "丙"]} in kept.questions
    assert "征求意见问卷" in sign_in("staff").get(reverse("survey_new")).content.decode()
    assert "模板：征求意见问卷" not in sign_in("other_staff").get(reverse("survey_new")).content.decode()
    sign_in("staff").post(reverse("survey_template_drop", args=[kept.pk]))
    assert not SurveyTemplate.objects.filter(title="征求意见问卷", is_active=True).exists()


def test_the_second_editor_is_told(sign_in, save, draft):
    save([{"kind": "text", "text": "第一问"}], version="1")
    data = grid([{"kind": "text", "text": "另一问"}], version="1", title="我的标题")
    again = sign_in("staff").post(reverse("survey_edit", args=[draft.pk]), data)
    assert again.status_code == 409 and "第一问" in again.content.decode()
    assert question(draft, "text").text == "第一问"
