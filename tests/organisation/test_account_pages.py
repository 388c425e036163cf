"""Pages of the administrators: list, opening, handing over the password, disabling, granting."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import User
from core.clock import today
from organisation.models import Posting
from organisation.selectors import accounts_for
from tests.factories import OfficeFactory, PostingFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(sign_in):
    return sign_in("sysadmin")


@pytest.fixture
def guard(sign_in):
    return sign_in("secadmin")


def open_account(admin, **changes):
    values = {"name": "陈静", "username": "chenjing", "phone": "13800001111", "idempotency_key": str(uuid.uuid4())}
    return admin.post(reverse("account_new"), {**values, **changes})


def act(browser, account, action, reason="岗位调整"):
    return browser.post(reverse("account_act", args=[account.pk, action]), {"reason": reason}, follow=True)


def shown_password(response):
    found = re.findall(r'<code class="handover">([^<]+)</code>', response.content.decode())
    return found[1] if found else ""


def names(browser, query=""):
    table = browser.get(reverse("account_list") + query).context["table"]
    return {row.record.username for row in table.rows}


# --- the list ----------------------------------------------------------------------------------------------------
def test_the_list_shows_the_own_tree_and_accounts_without_role(world, admin):
    PostingFactory(user=UserFactory(username="abroad"), office=OfficeFactory())
    assert "abroad" not in names(admin)
    assert {"staff", "owner", "secadmin", "newcomer", "disabled"} <= names(admin)


def test_who_once_worked_elsewhere_belongs_there(world):
    gone = PostingFactory(user=UserFactory(), office=OfficeFactory(), ends=today().replace(year=2021)).user
    here = PostingFactory(user=UserFactory(), office=world.offices["town"], ends=today().replace(year=2021)).user
    found = accounts_for(world.people["sysadmin"])
    assert here in found and gone not in found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=新同事", {"newcomer"}),
        ("?q=newc", {"newcomer"}),
        ("?role=leader", {"leader"}),
        ("?role=none", {"newcomer"}),
        ("?active=False", {"disabled"}),
        ("?role=member&q=stranger", {"stranger"}),
        ("?q=%25", set()),
    ],
)
def test_the_list_can_be_searched_and_filtered(admin, query, found):
    assert names(admin, query) == found


def test_the_list_filters_by_office(world, admin):
    assert names(admin, f"?office={world.offices['street'].pk}") == {"stranger", "other_staff"}


def test_the_list_costs_the_same_with_one_and_with_many_rows(world, admin, django_assert_max_num_queries):
    for _ in range(30):
        PostingFactory(user=UserFactory(), office=world.offices["town"])
    with django_assert_max_num_queries(15) as few:
        admin.get(reverse("account_list") + "?q=newcomer")
    with django_assert_max_num_queries(len(few)):
        admin.get(reverse("account_list"))


# --- opening and handing over --------------------------------------------------------------------------------------
def test_a_new_account_shows_its_password_exactly_once(admin):
    page = admin.get(open_account(admin).headers["Location"])
    account = User.objects.get(username="chenjing")
    assert account.check_password(shown_password(page)) and account.must_change_password
    again = admin.get(reverse("account_issued", args=[account.pk]))
    assert shown_password(again) == "" and "只显示一次" in again.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_password_of_one_account_never_shows_on_the_page_of_another(world, admin):
    open_account(admin)
    assert shown_password(admin.get(reverse("account_issued", args=[world["account.staff"].pk]))) == ""


def test_a_form_sent_twice_opens_one_account(admin):
    key = str(uuid.uuid4())
    assert open_account(admin, idempotency_key=key).status_code == 302
    assert open_account(admin, idempotency_key=key).status_code == 302
    assert User.objects.filter(username__startswith="chenjing").count() == 1


@pytest.mark.parametrize(
    ("username", "sentence"),
    [("staff", "已经有人使用"), ("STAFF", "已经有人使用"), ("chen jing", "不能有空格"), ("<b>", "只能用汉字、字母")],
)
def test_bad_user_names_are_refused_with_a_sentence(admin, username, sentence):
    assert sentence in open_account(admin, username=username).content.decode()


def test_extra_fields_change_nothing(admin):
    open_account(admin, is_active="", must_change_password="", password="known-to-me-42", role="secadmin")
    account = User.objects.get(username="chenjing")
    assert account.is_active and account.must_change_password and not account.check_password("known-to-me-42")
    assert not account.postings.exists()


# --- what is done to accounts ----------------------------------------------------------------------------------------
def test_reset_shows_a_new_password_once(world, admin):
    page = act(admin, world["account.staff"], "reset-password")
    assert User.objects.get(username="staff").check_password(shown_password(page))


def test_a_reset_needs_a_reason(world, admin):
    answer = admin.post(reverse("account_act", args=[world["account.staff"].pk, "reset-password"]), {"reason": " "})
    assert answer.status_code == 409 and "请填写原因" in answer.content.decode()


def test_disable_and_enable(world, admin):
    assert "不能再登录" in act(admin, world["account.staff"], "disable").content.decode()
    assert not User.objects.get(username="staff").is_active
    act(admin, world["account.staff"], "enable")
    assert User.objects.get(username="staff").is_active


def test_who_works_elsewhere_too_is_left_to_the_administrator_above(world, admin):
    PostingFactory(user=world.people["staff"], office=OfficeFactory())
    page = admin.get(reverse("account_detail", args=[world["account.staff"].pk])).content.decode()
    assert "还在其他机构任职" in page
    assert act(admin, world["account.staff"], "reset-password").status_code == 403


def test_a_township_administrator_does_not_reach_the_county(world, sign_in):
    local = world["account.new"]
    PostingFactory(user=local, role="sysadmin", office=world.offices["town"])
    found = set(accounts_for(local).values_list("username", flat=True))
    assert {"staff", "owner"} <= found and not {"county_staff", "sysadmin", "stranger"} & found


def test_editing_an_account(world, admin):
    values = {"name": "王敏（文书）", "username": "staff", "phone": ""}
    admin.post(reverse("account_edit", args=[world["account.staff"].pk]), values)
    assert User.objects.get(username="staff").name == "王敏（文书）"


# --- granting ----------------------------------------------------------------------------------------------------
def grant(browser, account, **values):
    data = {"role": "staff", "starts": "2026-01-01", "ends": "", **values}
    return browser.post(reverse("posting_new", args=[account.pk]), data)


def test_roles_are_offered_with_their_descriptions(world, guard):
    page = guard.get(reverse("posting_new", args=[world["account.new"].pk])).content.decode()
    assert "接收提案和社情民意" in page and "不能修改任何内容" in page


def test_granting_on_the_page(world, guard):
    account, town = world["account.new"], world.offices["town"]
    assert grant(guard, account, office=town.pk).status_code == 302
    assert "有效" in guard.get(reverse("account_detail", args=[account.pk])).content.decode()
    assert grant(guard, account, office=town.pk).status_code == 409


def test_an_office_outside_the_tree_cannot_be_chosen(world, guard):
    assert grant(guard, world["account.new"], office=OfficeFactory().pk).status_code == 422


def test_only_the_first_role_is_offered_on_the_first_run(world, admin):
    Posting.objects.filter(role="secadmin").update(ends="2021-01-01")
    account, county = world["account.new"], world.offices["county"]
    form = admin.get(reverse("posting_new", args=[account.pk])).context["form"]
    assert [code for code, _ in form.fields["role"].choices] == ["secadmin"]
    assert grant(admin, account, office=county.pk).status_code == 422
    assert grant(admin, account, office=county.pk, role="secadmin").status_code == 302
    assert admin.get(reverse("posting_new", args=[world["account.staff"].pk])).status_code == 403


def test_ending_on_the_page_keeps_the_row(world, guard):
    url = reverse("posting_end", args=[world["posting.staff"].pk])
    assert guard.post(url, {"when": "day", "ends": "", "reason": "调离"}).status_code == 422
    assert guard.post(url, {"when": "now", "ends": "2027-01-01", "reason": "调离"}).status_code == 302
    page = guard.get(reverse("account_detail", args=[world["account.staff"].pk])).content.decode()
    assert "已结束" in page and "工作人员" in page
