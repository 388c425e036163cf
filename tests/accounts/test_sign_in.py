"""Signing in and out: throttle, session keys, redirects, equal answers."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import services
from audit.models import AuditEntry
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "//evil.example", "https://evil.example/", "http:evil.example", "/\\evil.example", "\\\\evil.example",
    "///evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x", " https://evil.example",
    "https:evil.example", "//evil.example/%2f..", "/\t/evil.example", "\thttps://evil.example", "ftp://evil.example",
    "http://127.0.0.1.evil.example", "http://testserver@evil.example", "//testserver.evil.example", "////evil.example",
    "https://evil.example\\@testserver",
]  # fmt: skip


@pytest.fixture
def user():
    return UserFactory(username="zhoulan", name="周岚")


def sign_in(browser, username="zhoulan", password=PASSWORD, **more):
    return browser.post(reverse("sign_in"), {"username": username, "password": password, **more})


def bare(response):
    """The page without what differs between any two requests."""
    return re.sub(rb'(value|content)="[^"]*"', b"", response.content)


def test_the_right_password_leads_home(user, client):
    assert sign_in(client).headers["Location"] == reverse("home")


def test_user_names_do_not_tell_capitals_or_wide_letters_apart(user, client):
    assert sign_in(client, " ＺhouLan ").status_code == 302


@pytest.mark.parametrize(
    ("username", "password"),
    [("zhoulan", "wrong-password"), ("nobody", "wrong-password"), ("gone", PASSWORD)],
    ids=["wrong password", "unknown user", "disabled account"],
)
def test_every_refusal_reads_the_same(user, client, username, password):
    UserFactory(username="gone", is_active=False)
    plain = bare(sign_in(Client(), "zhoulan", "another-wrong-one"))
    refused = sign_in(client, username, password)
    assert "用户名或密码不对" in refused.content.decode()
    assert bare(refused) == plain


@pytest.mark.parametrize("username", ["zhoulan", "nobody", "gone"])
def test_every_refusal_costs_one_password_hash(user, client, username, monkeypatch):
    """An unknown name must not be answered faster than a known one."""
    UserFactory(username="gone", is_active=False)
    encode, counted = MD5PasswordHasher.encode, []
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: counted.append(1) or encode(*args))
    sign_in(client, username, "wrong-password")
    assert len(counted) == 1


@pytest.mark.parametrize("username", ["zhoulan", "nobody"])
def test_ten_failures_close_the_door_for_known_and_unknown_names_alike(user, client, username):
    answers = [sign_in(client, username, f"wrong-{n}").status_code for n in range(10)]
    assert answers == [200] * 9 + [429]
    assert sign_in(client, username).status_code == 429


def test_the_door_is_closed_for_one_name_at_one_address_only(user, client):
    UserFactory(username="other")
    for n in range(10):
        sign_in(client, password=f"wrong-{n}")
    assert sign_in(client).status_code == 429
    assert sign_in(Client(), "other").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


def test_other_spellings_of_a_name_count_together(user, client):
    names = ["zhoulan", "Zhoulan", "ZHOULAN", "ｚhoulan", "zhouLan"] * 2
    assert [sign_in(client, name, "wrong").status_code for name in names][-1] == 429


def test_a_reset_password_opens_the_door_again(user, client):
    for n in range(10):
        sign_in(client, password=f"wrong-{n}")
    password = services.reset_password(user=user, by=UserFactory(username="admin"))
    assert sign_in(client, password=password).status_code == 302


def test_the_locked_page_says_how_long(user, client):
    for n in range(10):
        answer = sign_in(client, password=f"wrong-{n}")
    assert "15 分钟" in answer.content.decode()


def test_failures_and_success_stand_in_the_trail(user, client):
    sign_in(client, password="wrong-password")
    sign_in(client)
    found = AuditEntry.objects.filter(action="session.sign_in").order_by("id")
    assert [(entry.succeeded, entry.actor) for entry in found] == [(False, None), (True, user)]
    assert "wrong-password" not in str(found[0].detail) and found[0].detail["username"] == "zhoulan"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_away_from_the_site(user, client, target):
    assert sign_in(client, next=target).headers["Location"] == reverse("home")


def test_next_leads_back_inside_the_site(user, client):
    assert sign_in(client, next="/notices/?page=2").headers["Location"] == "/notices/?page=2"


def test_the_session_key_changes_at_sign_in(user, client):
    client.get(reverse("sign_in"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_kills_the_session_on_the_server(user, client):
    sign_in(client)
    stolen = client.cookies["sessionid"].value
    answer = client.post(reverse("sign_out"))
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(reverse("home")).headers["Location"].startswith(reverse("sign_in"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_by_a_link_is_refused(user, client):
    sign_in(client)
    assert client.get(reverse("sign_out")).status_code == 405
    assert client.get(reverse("home")).status_code == 200
