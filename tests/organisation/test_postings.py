"""Granting and ending roles: separation of powers, dates, history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit.models import AuditEntry
from core.clock import today
from core.errors import DomainError
from notices.models import Notice
from organisation import permissions
from organisation.services import end_posting, grant_role
from tests.factories import OfficeFactory, PostingFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(world):
    return world.people["secadmin"]


@pytest.fixture
def newcomer(world):
    return world["account.new"]


@pytest.fixture
def town(world):
    return world.offices["town"]


def grant(user, role, office, by, **more):
    return grant_role(user=user, role=role, office=office, by=by, **more)


def test_a_grant_holds_at_once_and_is_recorded(newcomer, town, admin):
    posting = grant(newcomer, "staff", town, admin)
    entry = AuditEntry.objects.get(action="posting.grant", object_id=str(posting.pk))
    assert (entry.actor, entry.office, entry.detail["role"]) == (admin, town.code, "工作人员")
    assert newcomer.postings.on(today()).get() == posting


def test_the_person_is_told(newcomer, town, admin):
    end_posting(posting=grant(newcomer, "staff", town, admin), by=admin)
    texts = list(Notice.objects.filter(recipient=newcomer).values_list("text", flat=True))
    assert len(texts) == 2 and "收回了您的“工作人员”" in texts[0] and "授予您" in texts[1]


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditadmin"])
def test_an_administrator_role_cannot_join_office_work(world, town, admin, role):
    with pytest.raises(DomainError, match="专人担任"):
        grant(world.people["staff"], role, town, admin)
    with pytest.raises(DomainError, match="不能再兼任"):
        grant(world.people["auditadmin"], "staff", town, admin)


def test_roles_clash_only_while_their_days_meet(newcomer, town, admin):
    first = today() + timedelta(days=30)
    grant(newcomer, "auditadmin", town, admin, starts=first)
    with pytest.raises(DomainError):
        grant(newcomer, "staff", town, admin)
    assert grant(newcomer, "staff", town, admin, ends=first - timedelta(days=1))


def test_the_same_role_is_not_granted_twice(newcomer, town, admin):
    grant(newcomer, "staff", town, admin)
    with pytest.raises(DomainError, match="已经是"):
        grant(newcomer, "staff", town, admin)


def test_dates_out_of_order_are_refused(newcomer, town, admin):
    with pytest.raises(DomainError, match="不能早于") as refused:
        grant(newcomer, "staff", town, admin, starts=date(2026, 5, 2), ends=date(2026, 5, 1))
    assert refused.value.field == "ends"


def test_the_unit_role_needs_a_unit_of_the_same_committee(world, newcomer, town, admin):
    with pytest.raises(DomainError, match="请选择承办单位"):
        grant(newcomer, "unit", town, admin)
    with pytest.raises(DomainError, match="另一个政协机关"):
        grant(newcomer, "unit", town, admin, unit=UnitFactory(office=OfficeFactory()))
    with pytest.raises(DomainError, match="只有"):
        grant(newcomer, "staff", town, admin, unit=world["unit"])
    assert grant(newcomer, "unit", town, admin, unit=world["unit"]).unit == world["unit"]


def test_ending_now_keeps_the_history(newcomer, town, admin):
    posting = grant(newcomer, "staff", town, admin, starts=date(2026, 1, 1))
    end_posting(posting=posting, by=admin, reason="调离")
    posting.refresh_from_db()
    assert (posting.starts, posting.ends) == (date(2026, 1, 1), today() - timedelta(days=1))
    assert not posting.taken_back
    assert AuditEntry.objects.get(action="posting.end").detail["reason"] == "调离"


@pytest.mark.parametrize("days", [0, 5], ids=["granted today", "to begin later"])
def test_ending_before_the_first_day_is_over_takes_the_role_back(newcomer, town, admin, days):
    first = today() + timedelta(days=days)
    posting = grant(newcomer, "staff", town, admin, starts=first)
    end_posting(posting=posting, by=admin)
    posting.refresh_from_db()
    assert (posting.starts, posting.taken_back) == (first, True)
    assert not newcomer.postings.on(first).exists()
    assert grant(newcomer, "auditadmin", town, admin)


def test_a_last_day_still_counts(newcomer, town, admin):
    posting = grant(newcomer, "staff", town, admin)
    end_posting(posting=posting, by=admin, ends=today() + timedelta(days=3))
    assert newcomer.postings.on(today() + timedelta(days=3)).exists()
    assert not newcomer.postings.on(today() + timedelta(days=4)).exists()


def test_an_ended_role_is_not_ended_again_and_none_is_made_longer(newcomer, town, admin):
    posting = grant(newcomer, "staff", town, admin, ends=today() + timedelta(days=3))
    with pytest.raises(DomainError, match="不能延长"):
        end_posting(posting=posting, by=admin, ends=today() + timedelta(days=4))
    end_posting(posting=posting, by=admin)
    with pytest.raises(DomainError, match="已经结束"):
        end_posting(posting=posting, by=admin)


# --- who may grant -----------------------------------------------------------------------------------------------
def test_the_security_administrator_grants_to_others_only(world, newcomer, town, admin):
    assert permissions.can_grant(admin, newcomer, "staff", town)
    assert "自己" in permissions.can_grant(admin, admin, "staff", town).reason
    assert "不能收回自己" in permissions.can_end_posting(admin, world["posting.secadmin"]).reason


def test_not_outside_the_own_tree(newcomer, admin):
    assert not permissions.can_grant(admin, newcomer, "staff", OfficeFactory())


def test_a_disabled_account_gets_no_role(world, town, admin):
    assert "已停用" in permissions.can_grant(admin, world.people["disabled"], "staff", town).reason


def test_the_system_administrator_appoints_only_the_first_security_administrator(world, newcomer, town):
    sysadmin = world.people["sysadmin"]
    assert not permissions.can_grant(sysadmin, newcomer, "secadmin", town)
    end_posting(posting=world["posting.secadmin"], by=None)
    assert permissions.can_grant(sysadmin, newcomer, "secadmin", town)
    assert not permissions.can_grant(sysadmin, newcomer, "staff", town)
    assert not permissions.can_grant(sysadmin, sysadmin, "secadmin", town)


def test_disabling_the_security_administrator_does_not_bring_that_right_back(world, newcomer, town):
    guard = world.people["secadmin"]
    guard.is_active = False
    guard.save()
    assert not permissions.can_grant(world.people["sysadmin"], newcomer, "secadmin", town)


def test_a_security_administrator_anywhere_in_the_tree_counts(world, newcomer, town):
    end_posting(posting=world["posting.secadmin"], by=None)
    PostingFactory(user=UserFactory(), role="secadmin", office=town)
    assert not permissions.may_appoint_first(world.people["sysadmin"])
