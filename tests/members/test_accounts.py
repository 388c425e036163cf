"""Accounts for members: one by one, in batches of one printed page, and a lost slip."""

import re

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from accounts.models import User
from audit.models import AuditEntry
from core.clock import today
from core.errors import DomainError
from core.models import Draft, Submission
from members import services
from members.models import Member
from members.services.accounts import BATCH
from members.todos import without_account
from organisation.models import Posting
from tests import factories as make

pytestmark = pytest.mark.django_db
SECRET = re.compile(r'slip-secret">([a-z2-9-]{14})<')


@pytest.fixture
def newcomer(world):
    return make.MemberFactory(office=world.offices["town"], term=world["session"].term, name="张 伟")


def test_an_account_opens_the_portal_as_a_member(world, newcomer):
    slip = services.open_account(member=newcomer, by=world.people["staff"])
    user = authenticate(RequestFactory().get("/"), username=slip.username, password=slip.password)
    assert (user.member, user.must_change_password) == (newcomer, True)
    posting = Posting.objects.on(today()).get(user=user)
    assert (posting.role, posting.office) == ("member", world.offices["town"])


def test_the_same_name_gets_a_number(world, newcomer):
    make.UserFactory(username="zhangwei")
    make.UserFactory(username="zhangwei2")
    assert services.open_account(member=newcomer, by=world.people["staff"]).username == "zhangwei3"


def test_an_account_is_opened_once_and_not_for_who_has_left(world, newcomer):
    services.open_account(member=newcomer, by=world.people["staff"])
    with pytest.raises(DomainError, match="已有账号"):
        services.open_account(member=newcomer, by=world.people["staff"])
    left = make.MemberFactory(office=world.offices["town"], term=newcomer.term, state="left")
    with pytest.raises(DomainError, match="离任"):
        services.open_account(member=left, by=world.people["staff"])


def test_the_password_is_on_the_page_once_and_nowhere_else(world, sign_in, newcomer):
    page = sign_in("staff").post(f"/members/{newcomer.pk}/account/").content.decode()
    password = SECRET.search(page).group(1)
    kept = [str(list(model.objects.values())) for model in (AuditEntry, Draft, Submission, User, Member)]
    assert not [text for text in kept if password in text]
    assert password not in sign_in("staff").get(newcomer.get_absolute_url()).content.decode()


def test_a_lost_slip_is_replaced_while_the_account_is_unused(world, sign_in, newcomer):
    old = services.open_account(member=newcomer, by=world.people["staff"])
    page = sign_in("staff").post(f"/members/{newcomer.pk}/account/").content.decode()
    assert not authenticate(RequestFactory().get("/"), username=old.username, password=old.password)
    assert authenticate(RequestFactory().get("/"), username=old.username, password=SECRET.search(page).group(1))


def test_a_used_account_is_the_administrators(world, sign_in, newcomer):
    services.open_account(member=newcomer, by=world.people["staff"])
    User.objects.filter(member=newcomer).update(must_change_password=False)
    response = sign_in("staff").post(f"/members/{newcomer.pk}/account/")
    assert response.status_code == 403
    assert "系统管理员重置密码" in response.content.decode()


def add(world, count):
    for _ in range(count):
        make.MemberFactory(office=world.offices["town"], term=world["session"].term)


def test_accounts_are_opened_a_page_at_a_time(world, sign_in):
    add(world, BATCH + 2)
    browser = sign_in("staff")
    page = browser.get("/members/accounts/").content.decode()
    chosen = re.findall(r'name="member" value="(\d+)"', page)
    response = browser.post("/members/accounts/", {"member": chosen})
    slips = response.content.decode()
    assert len(chosen) == len(set(SECRET.findall(slips))) == BATCH
    assert "还有 2 位" in slips


def test_a_second_click_opens_no_second_batch(world, sign_in):
    add(world, 3)
    chosen = list(Member.objects.filter(user=None).values_list("pk", flat=True))
    browser = sign_in("staff")
    browser.post("/members/accounts/", {"member": chosen})
    before = User.objects.count()
    assert browser.post("/members/accounts/", {"member": chosen}).status_code == 409
    assert User.objects.count() == before


def test_members_of_another_office_cannot_be_slipped_in(world, sign_in):
    foreign = make.MemberFactory(office=world.offices["street"], term=world["session"].term)
    sign_in("staff").post("/members/accounts/", {"member": [foreign.pk, "x", "-1"]})
    assert Member.objects.get(pk=foreign.pk).user is None


def test_what_waits_is_counted_for_the_office(world):
    add(world, 2)
    make.MemberFactory(office=world.offices["town"], term=world["session"].term, state="left")
    assert [todo.count.count() for todo in without_account(world.people["staff"])] == [2]
    assert [todo.count.count() for todo in without_account(world.people["other_staff"])] == [0]
    assert without_account(world.people["owner"]) == []
