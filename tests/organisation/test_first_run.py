"""The one-time address, and the office it opens."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from core.clock import start_of, today
from core.errors import DomainError
from notices.todos import waiting_for
from organisation import services
from organisation.models import FirstRunToken, Office, Posting, Session
from tests.factories import OfficeFactory, SectorFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-river-stone-42"


@pytest.fixture
def token():
    return services.issue_token()


@pytest.fixture
def url(token):
    return reverse("first_run", args=[token])


def filled(**changes):
    year = today().year
    values = {
        "office_name": "政协青川县委员会", "office_short_name": "县政协", "office_kind": "county",
        "office_phone": "0800-1234567", "term_number": "10", "term_starts": f"{year - 4}-01-01",
        "session_number": "5", "session_starts": f"{year}-01-01", "plenary_starts": f"{year}-01-12",
        "plenary_ends": f"{year}-01-15", "admin_name": "何川", "admin_username": "hechuan", "admin_phone": "",
        "password": PASSWORD, "repeated": PASSWORD, "security_name": "罗晴", "security_username": "luoqing",
    }  # fmt: skip
    return {**values, **changes}


def test_the_command_prints_an_address_that_opens_the_page(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    out = io.StringIO()
    call_command("first_run_token", stdout=out)
    path = re.search(r"http://127\.0\.0\.1:8123(/first-run/[\w-]{43}/)", out.getvalue())[1]
    assert Client().get(path).status_code == 200


def test_the_token_is_stored_as_a_digest_only(token):
    assert token not in str(FirstRunToken.objects.values())


def test_a_new_token_ends_the_one_before(token):
    services.issue_token()
    assert services.find_token(token) is None and FirstRunToken.objects.count() == 1


def test_there_is_none_once_there_is_an_office():
    OfficeFactory()
    with pytest.raises(CommandError, match="已经建立"):
        call_command("first_run_token")


@pytest.mark.parametrize("wrong", ["x", "x" * 43, "..%2f"])
def test_a_wrong_token_opens_nothing(token, client, wrong):
    assert client.get(reverse("first_run", args=[wrong])).status_code == 404


def test_the_token_expires_after_a_day(url, client, time_machine_at):
    time_machine_at(timedelta(hours=23))
    assert client.get(url).status_code == 200
    time_machine_at(timedelta(hours=25))
    assert client.get(url).status_code == 404


@pytest.fixture
def time_machine_at():
    import time_machine

    now, travels = start_of(today()) + timedelta(days=1), []

    def go(ahead):
        travels.append(time_machine.travel(now + ahead, tick=False))
        travels[-1].start()
        if len(travels) == 1:
            FirstRunToken.objects.update(expires_at=now + timedelta(hours=24))

    yield go
    for travel in reversed(travels):
        travel.stop()


def test_one_form_opens_the_whole_office(url, client):
    page = client.post(url, filled())
    office = Office.objects.get()
    assert page.status_code == 200 and office.code == "01"
    assert Session.objects.get().name == "十届五次会议"
    held = set(Posting.objects.values_list("user__username", "role"))
    assert held == {("hechuan", "sysadmin"), ("luoqing", "secadmin")}
    assert AuditEntry.objects.filter(action="office.first_run", office="01").exists()


def test_the_second_password_is_shown_and_must_be_changed(url, client):
    page = client.post(url, filled()).content.decode()
    password = re.findall(r'<code class="handover">([^<]+)</code>', page)[1]
    guard = User.objects.get(username="luoqing")
    assert guard.check_password(password) and guard.must_change_password
    assert PASSWORD not in page


def test_afterwards_the_address_is_gone(url, client):
    client.post(url, filled())
    assert client.get(url).status_code == 404
    assert client.post(url, filled(office_name="另一个")).status_code == 404
    assert Office.objects.count() == 1


def test_the_administrator_signs_in_and_finds_the_checklist(url, client):
    client.post(url, filled(security_name="", security_username=""))
    client.post(reverse("sign_in"), {"username": "hechuan", "password": PASSWORD})
    page = client.get(reverse("getting_started"))
    assert [step.done for step in page.context["steps"]][:2] == [False, True]
    assert "授权安全管理员" in page.content.decode()
    assert waiting_for(User.objects.get(username="hechuan"))[0].url == reverse("getting_started")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"repeated": "something-else-1"}, "两次输入的密码不一样"),
        ({"password": "short", "repeated": "short"}, "至少要有 10 个字符"),
        ({"password": "hechuan-2026", "repeated": "hechuan-2026"}, "不能包含用户名"),
        ({"security_username": ""}, "要一起填写"),
        ({"security_username": "HeChuan"}, "由另一个人担任"),
        ({"plenary_ends": "2020-01-01"}, "闭幕日期不能早于"),
        ({"session_starts": "2001-01-01"}, "超出了第十届"),
        ({"office_name": ""}, "机构全称"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_created(url, client, changes, sentence):
    page = client.post(url, filled(**changes))
    assert page.status_code == 422 and sentence in page.content.decode()
    assert not Office.objects.exists() and not User.objects.exists()
    assert client.get(url).status_code == 200


def test_the_second_of_two_is_refused(token):
    row = services.find_token(token)
    OfficeFactory()
    with pytest.raises(DomainError, match="已经完成"):
        services.open_first_office(token=row, office={}, administrator={}, term={}, session={})


def test_steps_are_ticked_off(world, sign_in):
    def done():
        return [
            step.title for step in sign_in("sysadmin").get(reverse("getting_started")).context["steps"] if step.done
        ]

    assert "建立界别" in done() and "授权审计管理员" in done()
    Posting.objects.filter(role="auditadmin").update(ends="2021-01-01")
    assert "授权审计管理员" not in done()


def test_the_checklist_costs_the_same_for_more_data(world, sign_in, django_assert_max_num_queries):
    browser = sign_in("sysadmin")
    with django_assert_max_num_queries(15) as few:
        browser.get(reverse("getting_started"))
    SectorFactory.create_batch(3, office=world.offices["county"])
    with django_assert_max_num_queries(len(few)):
        browser.get(reverse("getting_started"))
