"""A form loses no text, saves once, and tells the second of two editors."""

import re
import uuid
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from core import drafts
from core.errors import DomainError
from core.models import Draft, Submission
from core.pages import FormPage, Page
from core.versions import editing
from plans.models import AnnualPlan
from tests.factories import PlanFactory, UserFactory

pytestmark = pytest.mark.django_db
KEY = "plans.retitle:1"


class TitleForm(forms.Form):
    title = forms.CharField(label="标题", max_length=20)


@pytest.fixture
def user():
    return UserFactory(name="周文")


@pytest.fixture
def plan():
    return PlanFactory(title="旧标题")


@pytest.fixture
def visit(user, plan):
    """`visit()` opens the form, `visit({...})` posts it; the answer is the response."""

    def go(data=None, save=None, by=user):
        factory = RequestFactory()
        request = factory.get("/form/") if data is None else factory.post("/form/", data)
        request.user, request.session, request.resolver_match = by, {}, None
        request._messages = FallbackStorage(request)
        page = FormPage(request, TitleForm, key=KEY, page=Page("改标题"), instance=plan)
        return page.respond(save or retitle(plan, by))

    return go


def retitle(plan, by):
    def save(form, version):
        with editing(plan, version=version, by=by) as locked:
            locked.title = form.cleaned_data["title"]
        return plan

    return save


def post(title="新标题", version="1", key=None):
    return {"title": title, "version": version, "idempotency_key": key or str(uuid.uuid4())}


def test_a_valid_form_is_saved_and_leads_to_the_object(visit, plan):
    response = visit(post())
    plan.refresh_from_db()
    assert (response.status_code, response.url) == (302, plan.get_absolute_url())
    assert (plan.title, plan.version, plan.updated_by.name) == ("新标题", 2, "周文")


def test_the_same_form_sent_twice_is_saved_once(visit, plan):
    data, calls = post(), []
    save = lambda form, version: calls.append(1) or "/done/"  # noqa: E731
    assert [visit(data, save).url, visit(data, save).url] == ["/done/", "/done/"]
    assert calls == [1]


def test_a_refused_form_may_be_sent_again_with_the_same_key(visit):
    data = post()

    def refuse(form, version):
        raise DomainError("现在不能改。")

    assert visit(data, refuse).status_code == 409
    assert not Submission.objects.exists()
    assert visit(data).status_code == 302


def test_an_invalid_form_keeps_what_was_typed(visit):
    response = visit(post(title="太长" * 20))
    assert response.status_code == 422
    assert "太长" * 20 in response.content.decode()
    assert "有错误：" in response.content.decode()


def test_the_second_editor_is_told_and_nothing_is_overwritten(visit, plan):
    visit(post(title="甲的标题"))
    response = visit(post(title="乙的标题"))
    html = response.content.decode()
    assert response.status_code == 409
    assert all(words in html for words in ("周文", "修改过这份内容", "甲的标题", "乙的标题", 'value="2"'))
    assert AnnualPlan.objects.get(pk=plan.pk).title == "甲的标题"


def test_saving_again_after_the_conflict_is_a_decision(visit, plan):
    visit(post(title="甲的标题"))
    assert visit(post(title="乙的标题", version="2")).status_code == 302
    assert AnnualPlan.objects.get(pk=plan.pk).title == "乙的标题"


def test_a_draft_comes_back_without_complaints_and_goes_with_the_save(visit, user):
    drafts.store(owner=user, key=KEY, data=querydict(title=""))
    html = visit().content.decode()
    assert "已恢复" in html and "error-summary" not in html
    visit(post())
    assert not Draft.objects.exists()


def test_a_draft_belongs_to_one_person(visit, user):
    drafts.store(owner=user, key=KEY, data=querydict(title="我的草稿"))
    assert "我的草稿" in visit().content.decode()
    assert "我的草稿" not in visit(by=UserFactory()).content.decode()


def querydict(**values):
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.update(values)
    return data


@pytest.mark.parametrize("key", ["", "plans", "../etc", "plans.edit:" + "1" * 60, "PLANS.EDIT:1"])
def test_a_strange_draft_key_is_refused(user, key):
    with pytest.raises(DomainError):
        drafts.store(owner=user, key=key, data=querydict(title="x"))


def written_keys():
    """The keys of the form pages as the views name them, with a number where the views put one."""
    for path in Path(__file__).parents[2].glob("[a-z]*/views/*.py"):
        for page in path.read_text(encoding="utf-8").split("Page(\n")[1:]:
            call = page.split(").respond")[0]
            if (found := re.search(r'key=f?"([^"]+)"', call)) and "autosave=False" not in call:
                yield re.sub(r"{[^}]*}", "7", found[1])


def test_every_form_that_saves_by_itself_has_a_key_drafts_can_be_kept_under():
    keys = set(written_keys())
    assert {"handling.reply:7:7", "handling.feedback:7:7", "plans.item:7"} <= keys
    assert [key for key in keys if not drafts.KEY.fullmatch(key.replace(".7:", ".x:"))] == []


def test_a_draft_keeps_no_password_and_no_token(user):
    drafts.store(
        owner=user, key=KEY, data=querydict(title="x", password="geheim", csrfmiddlewaretoken="t", version="3")
    )
    assert Draft.objects.get().data == {"title": ["x"], "version": ["3"]}


def test_a_restored_draft_is_compared_with_what_was_saved_since_it_was_written(visit, user, plan):
    drafts.store(owner=user, key=KEY, data=querydict(title="昨天写的", version="1"))
    with editing(plan, version=1, by=user) as locked:
        locked.title = "今天在另一台设备上改的"
    html = visit().content.decode()
    assert 'name="version" value="1"' in html
    assert visit(post(title="昨天写的", version="1")).status_code == 409


def test_a_draft_has_an_upper_limit(user):
    with pytest.raises(DomainError, match="太长"):
        drafts.store(owner=user, key=KEY, data=querydict(title="字" * 500_000))


def test_what_no_document_can_print_is_refused_where_it_is_typed(visit):
    html = visit(post(title="旧字\ue123")).content.decode()
    assert "无法打印的字符“\ue123”" in html and "旧字\ue123" in html


def test_bullets_and_marks_of_word_become_ordinary_text(visit, plan):
    visit(post(title="\uf0b7修路\u200b计划\ufeff"))
    plan.refresh_from_db()
    assert plan.title == "●修路计划"


def test_emoji_are_taken_out_and_nothing_else(visit, plan):
    visit(post(title="建议\U0001f600加\u2764\ufe0f装路灯"))
    plan.refresh_from_db()
    assert plan.title == "建议加\u2764装路灯"


def test_rare_characters_of_names_are_welcome(visit, plan):
    visit(post(title="㛃䶮𬭎·喆"))
    plan.refresh_from_db()
    assert plan.title == "㛃䶮𬭎·喆"


def test_the_same_key_in_two_hands_is_two_forms(visit, plan):
    data, other = post(), UserFactory()
    assert visit(data, lambda form, version: "/mine/").url == "/mine/"
    assert visit(data, lambda form, version: "/theirs/", by=other).url == "/theirs/"
