"""A unit asks for another one: within its days, granted or refused, with the whole history."""

from __future__ import annotations

import pytest
import time_machine

from core.errors import Denied, DomainError
from handling.enums import Stage
from handling.models import Clock
from handling.services import requests
from tests import factories
from tests.handling import objects as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def ask(desk, row, **more):
    return requests.request_reassignment(assignment=row, reason="不属于本单位职责", by=desk.clerks[0], **more)


def fresh(row):
    row.refresh_from_db()
    return row


def running(row):
    return set(Clock.objects.running().filter(assignment=row).values_list("stage", flat=True))


def test_granted_the_next_unit_gets_it_at_once_with_clocks_of_its_own(desk):
    row = desk.dispatched()
    asked = ask(desk, row, wished_unit=desk.units[1])
    new = requests.grant_reassignment(assignment=row, unit=desk.units[1], answer="同意", by=desk.staff)
    asked.refresh_from_db()
    assert (fresh(row).state, asked.state, running(row)) == ("revoked", "granted", set())
    assert (new.unit, new.role, new.state) == (desk.units[1], "single", "dispatched")
    assert running(new) == {Stage.SIGN, Stage.REASSIGN, Stage.CONTACT, Stage.REPLY}
    desk.proposal.refresh_from_db()
    assert desk.proposal.state == "dispatched"


def test_granted_without_a_unit_the_proposal_waits_for_one_again(desk):
    row = desk.signed()
    ask(desk, row)
    assert requests.grant_reassignment(assignment=row, unit=None, by=desk.staff) is None
    desk.proposal.refresh_from_db()
    assert desk.proposal.state == "filed"


@pytest.mark.parametrize(("signed", "back"), [(False, "dispatched"), (True, "handling")])
def test_refused_it_is_back_where_it_was(desk, signed, back):
    row = desk.signed() if signed else desk.dispatched()
    asked = ask(desk, row)
    assert fresh(row).state == "reassign" and Stage.SIGN not in running(row)
    requests.refuse_reassignment(assignment=row, reason="属于贵单位职责", by=desk.staff)
    asked.refresh_from_db()
    assert (fresh(row).state, asked.state, asked.answer) == (back, "refused", "属于贵单位职责")
    assert (Stage.SIGN in running(row)) == (not signed) and Stage.REPLY in running(row)
    with pytest.raises(DomainError, match="已经申请过改办"):
        ask(desk, row)


def test_after_the_days_of_the_rule_it_is_too_late(desk):
    with time_machine.travel("2026-03-02T02:00Z"):
        row = desk.dispatched()
    # 10 working days from Mon 2 Mar 2026: Mon 16 Mar
    with time_machine.travel("2026-03-17T02:00Z"), pytest.raises(DomainError, match="2026年3月16日，已经过了"):
        ask(desk, row)
    with time_machine.travel("2026-03-16T15:00Z"):
        assert ask(desk, row).state == "requested"


def test_a_refusal_needs_its_reason_and_the_office(desk):
    row = desk.dispatched()
    ask(desk, row)
    with pytest.raises(DomainError, match="理由"):
        requests.refuse_reassignment(assignment=row, reason=" ", by=desk.staff)
    for by in (desk.clerks[0], make.worker(factories.OfficeFactory(parent=desk.office), "staff")):
        with pytest.raises(Denied):
            requests.grant_reassignment(assignment=row, unit=None, by=by)


def test_a_unit_that_has_it_already_or_is_closed_cannot_take_it(desk):
    row = desk.dispatched()
    ask(desk, row)
    gone = factories.UnitFactory(office=desk.office, is_active=False)
    with pytest.raises(DomainError, match="已停用"):
        requests.grant_reassignment(assignment=row, unit=gone, by=desk.staff)
    assert fresh(row).state == "reassign"


def test_another_unit_cannot_ask(desk):
    row = desk.dispatched()
    with pytest.raises(Denied):
        requests.request_reassignment(assignment=row, reason="代为申请", by=desk.clerks[1])
