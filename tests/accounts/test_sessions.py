"""Rules of a running session: first password, idle time, disabled accounts, roles that end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import services
from organisation.services import end_posting
from tests.factories import PASSWORD, UserFactory, moment

pytestmark = pytest.mark.django_db
NEW = "quiet-river-stone-42"


def signed_in(user, password=PASSWORD) -> Client:
    browser = Client()
    answer = browser.post(reverse("sign_in"), {"username": user.username, "password": password})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def newcomer(db):
    user, password = services.create_account(username="xinren", name="新人", by=None)
    return signed_in(user, password), user, password


def change(browser, old, new, repeated=None):
    values = {"old_password": old, "new_password": new, "repeated": new if repeated is None else repeated}
    return browser.post(reverse("password_change"), values)


@pytest.mark.parametrize("url_name", ["home", "notice_list", "job_list", "account_list"])
def test_the_first_password_must_be_changed_before_any_other_page(newcomer, url_name):
    browser, _, _ = newcomer
    assert browser.get(reverse(url_name)).headers["Location"] == reverse("password_change")


def test_a_fragment_sends_the_whole_page_to_the_password_form(newcomer):
    browser, _, _ = newcomer
    answer = browser.get(reverse("job_list"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, reverse("password_change"))


def test_after_the_first_change_the_pages_open(newcomer):
    browser, user, password = newcomer
    assert change(browser, password, NEW).headers["Location"] == reverse("home")
    assert browser.get(reverse("home")).status_code == 200
    user.refresh_from_db()
    assert not user.must_change_password and user.password_changed_at is not None


def test_the_old_password_is_asked_for(newcomer):
    browser, _, _ = newcomer
    assert "现在的密码不对" in change(browser, "not-the-password", NEW).content.decode()


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short-1", "至少要有 10 个字符"),
        ("my-xinren-2026", "不能包含用户名"),
        ("password1234", "太常见"),
        ("zhengxie2026", "太常见"),
        ("aaaaaaaaaaaa", "太常见"),
        ("1234567890", "太常见"),
    ],
)
def test_bad_passwords_are_refused_with_a_sentence(newcomer, new, sentence):
    browser, _, password = newcomer
    answer = change(browser, password, new)
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_two_different_passwords_and_an_unchanged_one_are_refused(newcomer):
    browser, _, password = newcomer
    assert "两次输入的新密码不一样" in change(browser, password, NEW, "quiet-river-stone-43").content.decode()
    assert "不能与现在的密码相同" in change(browser, password, password).content.decode()


def test_a_changed_password_ends_the_other_sessions(db):
    user = UserFactory()
    here, there = signed_in(user), signed_in(user)
    change(here, PASSWORD, NEW)
    assert here.get(reverse("home")).status_code == 200
    assert there.get(reverse("home")).status_code == 302


def test_a_disabled_account_is_out_at_the_next_request(world):
    browser = signed_in(world.people["staff"])
    services.set_active(user=world.people["staff"], active=False, by=world.people["sysadmin"])
    assert browser.get(reverse("home")).headers["Location"].startswith(reverse("sign_in"))


def test_a_reset_password_ends_the_sessions_and_the_old_password(world):
    user = world.people["staff"]
    browser = signed_in(user)
    password = services.reset_password(user=user, by=world.people["sysadmin"])
    assert browser.get(reverse("home")).status_code == 302
    assert Client().post(reverse("sign_in"), {"username": user.username, "password": PASSWORD}).status_code == 200
    assert signed_in(user, password).get(reverse("home")).headers["Location"] == reverse("password_change")


def test_sessions_can_be_ended_from_outside(world):
    browser, bystander = signed_in(world.people["staff"]), signed_in(world.people["head"])
    services.sign_out_everywhere(user=world.people["staff"], by=world.people["sysadmin"])
    assert browser.get(reverse("home")).status_code == 302
    assert bystander.get(reverse("home")).status_code == 200


def test_a_role_that_ended_is_gone_at_the_next_request(world):
    browser = signed_in(world.people["sysadmin"])
    assert browser.get(reverse("account_list")).status_code == 200
    end_posting(posting=world["posting.sysadmin"], by=world.people["secadmin"])
    assert browser.get(reverse("account_list")).status_code == 403


@pytest.fixture
def clock():
    with time_machine.travel(moment(5, 6), tick=False) as travel:
        yield travel


def idle(person, minutes, clock):
    """The answer after the person did nothing for so long."""
    start = datetime.fromisoformat(moment(5, 6).isoformat())
    clock.move_to(start)
    browser = signed_in(person)
    browser.get(reverse("home"))
    clock.move_to(start + timedelta(minutes=minutes))
    return browser.get(reverse("notice_list") + "?page=1")


def test_staff_may_idle_for_thirty_minutes(world, clock):
    assert idle(world.people["staff"], 29, clock).status_code == 200


def test_an_idle_session_ends_and_leads_back_afterwards(world, clock):
    answer = idle(world.people["staff"], 31, clock)
    assert answer.headers["Location"] == f"{reverse('sign_in')}?next=%2Fnotices%2F%3Fpage%3D1"


def test_members_may_idle_for_two_hours(world, clock):
    assert idle(world.people["owner"], 119, clock).status_code == 200
    assert idle(world.people["owner"], 121, clock).status_code == 302


def test_a_session_ends_after_twelve_hours_even_when_used(world, clock):
    browser = signed_in(world.people["owner"])
    for _ in range(13):
        clock.shift(timedelta(minutes=59))
        last = browser.get(reverse("home"))
    assert last.status_code == 302
