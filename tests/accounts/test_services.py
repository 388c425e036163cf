"""Writes to accounts."""

from __future__ import annotations

import pytest

from accounts import services
from accounts.models import User
from accounts.passwords import random_password
from accounts.roles import KEPT_APART, ROLES, clash
from audit.models import AuditEntry
from core.errors import DomainError
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(name="管理员甲")


def test_an_account_starts_with_a_random_password_to_be_changed(admin):
    user, password = services.create_account(username=" LiMing ", name=" 李明 ", by=admin)
    assert (user.username, user.name, user.must_change_password) == ("liming", "李明", True)
    assert user.check_password(password) and len(password) >= 14


def test_initial_passwords_differ_and_have_no_mistakable_signs():
    passwords = {random_password() for _ in range(200)}
    assert len(passwords) == 200
    assert not set("".join(passwords)) & set("0O1lI")


@pytest.mark.parametrize("username", ["liming", "LIMING", " liming "])
def test_a_user_name_is_given_once(admin, username):
    services.create_account(username="liming", name="李明", by=admin)
    with pytest.raises(DomainError, match="已经有人使用") as refused:
        services.create_account(username=username, name="李鸣", by=admin)
    assert refused.value.field == "username" and User.objects.filter(username="liming").count() == 1


def test_changes_stand_in_the_trail_without_the_whole_telephone_number(admin):
    user = UserFactory(username="liming", name="李明", phone="13912345678")
    services.update_account(user=user, username="liming", name="李明", phone="13812345678", by=admin)
    detail = AuditEntry.objects.get(action="account.updated").detail
    assert detail == {"changes": {"phone": ["139****5678", "138****5678"]}}


def test_reason_and_actor_of_a_reset_stand_in_the_trail_and_the_password_does_not(admin):
    password = services.reset_password(user=UserFactory(), by=admin, reason="本人忘记")
    entry = AuditEntry.objects.get(action="account.password_reset")
    assert (entry.actor, entry.detail) == (admin, {"reason": "本人忘记"})
    assert password not in str(entry.__dict__)


@pytest.mark.parametrize("wanted", sorted(KEPT_APART))
@pytest.mark.parametrize("held", sorted(set(ROLES)))
def test_the_three_administrators_are_kept_apart_from_everything(held, wanted):
    assert bool(clash({held}, wanted)) == (held != wanted)
    assert bool(clash({wanted}, held)) == (held != wanted)


def test_office_roles_may_be_combined():
    assert clash({"staff", "member"}, "head") == ""
