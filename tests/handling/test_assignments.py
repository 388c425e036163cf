"""Planning, dispatching, signing for and taking back, with the proposal's state following."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.clock import today
from core.errors import Denied, DomainError, StateChanged
from handling.enums import Stage
from handling.models import Assignment, Clock
from handling.rules import Share, misfit
from handling.services import assignments
from notices.models import Notice
from proposals.bulk import actions
from proposals.enums import ProposalState
from tests import factories
from tests.handling import objects as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def plan(desk, *roles, proposal=None, units=None):
    shares = [
        Share(unit, role, "请实地查看。", n)
        for n, (unit, role) in enumerate(zip(units or desk.units, roles, strict=False), 1)
    ]
    return assignments.plan(proposal=proposal or desk.proposal, shares=shares, by=desk.staff)


def running(row):
    return set(Clock.objects.running().filter(assignment=row).values_list("stage", flat=True))


def state(proposal):
    proposal.refresh_from_db()
    return proposal.state


def heard(user):
    return list(Notice.objects.filter(recipient=user).values_list("text", flat=True))


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        (["single"], ""), (["lead", "coop"], ""), (["lead", "coop", "coop"], ""), (["split", "split"], ""),
        (["lead"], ""), (["single", "single"], "只能有一个主办"), (["lead", "single"], "只能有一个主办"),
        (["lead", "lead"], "只能有一个主办"), (["coop"], "请再选一个主办单位"),
        (["coop", "coop"], "请再选一个主办单位"), (["single", "coop"], "请选“主办”"), (["split"], "至少要有两个单位"),
        (["split", "split", "lead"], "不能同时有"), (["split", "coop", "split"], "不能同时有"),
    ],
)  # fmt: skip
def test_which_roles_fit_together(roles, why):
    assert why in misfit(roles) and bool(why) == bool(misfit(roles))


@pytest.mark.parametrize(
    ("units", "why"), [((0, 0), "选了两次"), ((0, 2), "已停用"), ((), "请至少选择一个承办单位")]
)  # fmt: skip
def test_units_that_cannot_be_chosen(desk, units, why):
    gone = factories.UnitFactory(office=desk.office, is_active=False)
    chosen = [[*desk.units, gone][place] for place in units]
    with pytest.raises(DomainError, match=why):
        plan(desk, "split", "split", units=chosen or [None]) if chosen else plan(desk)


def test_a_plan_is_changed_until_it_is_dispatched_and_nobody_hears_of_it(desk):
    plan(desk, "lead", "coop")
    plan(desk, "coop", "lead")
    assert [row.role for row in desk.proposal.assignments.order_by("unit_id")] == ["coop", "lead"]
    plan(desk, "single")
    assert desk.proposal.assignments.get().role == "single"
    assert (state(desk.proposal), heard(desk.clerks[0])) == ("filed", [])
    assert not Assignment.objects.of_units(desk.clerks[0]).exists()


def test_dispatching_starts_the_clocks_and_tells_everybody(desk):
    plan(desk, "lead", "coop")
    lead, coop = sorted(assignments.dispatch(proposal=desk.proposal, by=desk.staff), key=lambda row: row.pk)
    if lead.is_coop:
        lead, coop = coop, lead
    assert running(lead) == {Stage.SIGN, Stage.REASSIGN, Stage.CONTACT, Stage.REPLY}
    assert running(coop) == {Stage.SIGN, Stage.REASSIGN, Stage.COOP}
    assert state(desk.proposal) == "dispatched"
    assert "请签收" in heard(desk.clerks[0])[0] and "会办" in heard(desk.clerks[1])[0]
    told = heard(desk.member.user)[0]
    assert "已交办" in told and "县交通局（主办）" in told and "县财政局（会办）" in told


def test_only_the_receiving_office_plans_and_dispatches(desk):
    town = factories.OfficeFactory(parent=desk.office)
    for by in (make.worker(town, "staff"), make.worker(desk.office, "leader"), desk.clerks[0], desk.member.user):
        with pytest.raises(Denied):
            assignments.plan(proposal=desk.proposal, shares=[Share(desk.units[0], "single")], by=by)
        with pytest.raises(Denied):
            assignments.dispatch(proposal=desk.proposal, by=by)


@pytest.mark.parametrize("where", [ProposalState.SUBMITTED, ProposalState.WITHDRAWN, ProposalState.NOT_FILED])
def test_what_is_not_filed_is_not_dispatched(desk, where):
    other = make.filed(desk.office, desk.session, desk.member, None, state=where)
    with pytest.raises(Denied, match="不能交办"):
        assignments.plan(proposal=other, shares=[Share(desk.units[0], "single")], by=desk.staff)


def test_nothing_is_dispatched_without_units_or_on_an_impossible_day(desk):
    with pytest.raises(DomainError, match="请先"):
        assignments.dispatch(proposal=desk.proposal, by=desk.staff)
    plan(desk, "single")
    for day, why in ((today() + timedelta(days=1), "不能晚于今天"), (date(2025, 1, 19), "不能早于立案")):
        with pytest.raises(DomainError, match=why):
            assignments.dispatch(proposal=desk.proposal, by=desk.staff, on=day)


def test_the_day_of_the_meeting_counts(desk):
    row = desk.dispatched(on=date(2025, 3, 3))
    # 5 working days from Mon 3 Mar 2025: Mon 10 Mar; 3 months: Tue 3 Jun
    days = dict(row.clocks.values_list("stage", "due_on"))
    assert (days["sign"], days["reply"]) == (date(2025, 3, 10), date(2025, 6, 3))


def test_many_at_once_and_one_that_cannot_does_not_keep_the_others_back(desk):
    two, bare = desk.another(2), desk.another(3)
    plan(desk, "single")
    plan(desk, "split", "split", proposal=two)
    done = assignments.dispatch_many(proposals=[desk.proposal, bare, two], by=desk.staff)
    assert (done.done, [proposal for proposal, _ in done.failed]) == (2, [bare])
    assert (state(two), state(bare)) == ("dispatched", "filed")


def test_a_helper_added_later_makes_the_single_unit_lead(desk):
    desk.signed()
    assignments.plan(proposal=desk.proposal, shares=[Share(desk.units[1], "coop")], by=desk.staff)
    assignments.dispatch(proposal=desk.proposal, by=desk.staff)
    roles = list(desk.proposal.assignments.order_by("pk").values_list("role", "state"))
    assert roles == [("lead", "handling"), ("coop", "dispatched")] and state(desk.proposal) == "handling"


def test_signing_names_the_people_and_stops_the_clock(desk):
    row = desk.signed()
    assert (row.leader, row.handler, row.handler_phone) == ("孙副局长", "周科长", "0800-7654321")
    assert Stage.SIGN not in running(row) and Stage.REPLY in running(row)
    assert state(desk.proposal) == "handling"
    with pytest.raises(StateChanged):
        assignments.sign(assignment=row, handlers=make.HANDLERS, by=desk.clerks[0])


def test_another_unit_cannot_sign_and_several_are_signed_together_or_not_at_all(desk):
    first = desk.dispatched()
    other = desk.another(2)
    plan(desk, "single", proposal=other, units=desk.units[1:])
    second = assignments.dispatch(proposal=other, by=desk.staff)[0]
    with pytest.raises(Denied):
        assignments.sign_many(assignments=[first, second], handlers=make.HANDLERS, by=desk.clerks[0])
    first.refresh_from_db()
    assert first.state == "dispatched"


def test_taking_back_stops_everything_and_the_unit_no_longer_sees_it(desk):
    row = desk.signed()
    assignments.revoke(assignment=row, reason="交办有误", by=desk.staff)
    assert (running(row), state(desk.proposal)) == (set(), "filed")
    assert set(row.clocks.filter(outcome="void").values_list("stage", flat=True)) >= {"reply", "contact"}
    assert not type(desk.proposal).objects.visible_to(desk.clerks[0]).exists()
    assert "交办有误" in heard(desk.clerks[0])[-1] or "交办有误" in heard(desk.clerks[0])[0]
    plan(desk, "single")
    assert len(assignments.dispatch(proposal=desk.proposal, by=desk.staff)) == 1


def test_one_unit_for_many_and_dispatching_from_the_list_of_proposals(desk):
    plan_unit, send = actions.get("plan_unit"), actions.get("dispatch")
    chosen = plan_unit.form({"unit": desk.units[0].pk}, proposals=[desk.proposal], user=desk.staff)
    assert chosen.is_valid()
    assert "县交通局单办" in plan_unit.perform(desk.proposal, desk.staff, chosen.cleaned_data)
    assert send.foresee(desk.proposal, desk.staff).can and not send.foresee(desk.proposal, desk.clerks[0]).can
    assert send.perform(desk.proposal, desk.staff, {}) == "已交办：县交通局（单办）。"
    assert state(desk.proposal) == "dispatched" and not send.foresee(desk.proposal, desk.staff).can
