"""A promise from the reply to the end: its clock, the report, the check, the new date, the second opinion, the rate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import today
from core.errors import Denied, DomainError
from handling import desk, promises, selectors
from handling.enums import ItemKind, Outcome, Stage
from handling.models import Clock
from handling.services import tracking
from handling.services.replies import Item
from handling.statistics import by_unit, tallied
from notices.models import Notice
from proposals.models import Proposal
from tests.handling import reply_objects as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def one():
    """A delivered reply with one promise of yesterday, not answered by the proposer yet."""
    case = make.case()
    items = [Item(ItemKind.DONE, "已经办了。"), Item(ItemKind.PROMISED, "增设站点。", promised_on=today() - DAY)]
    drafted = make.drafted(case, items=items)
    make.replies.to_check(reply=drafted, by=case.clerk)
    make.replies.check(reply=drafted, name="钱主任", by=case.clerk)
    sent = make.replies.sign(reply=drafted, signatory="孙局长", signed_on=today(), by=case.clerk)
    case.reply = make.replies.pass_on(reply=sent, by=case.staff)
    return case


def promise(one):
    return promises.made().get(reply__assignment=one.assignment)


def report(one, outcome="kept", **more):
    given = {"text": "已建成。", "day": today(), **more}
    return tracking.report(item=promise(one), outcome=outcome, by=one.clerk, **given)


def clocks_of(one):
    return list(Clock.objects.filter(stage=Stage.FOLLOW_UP, assignment=one.assignment).order_by("round"))


def test_a_delivered_promise_gets_a_clock_from_the_promised_day(one):
    (clock,) = clocks_of(one)
    assert (clock.subject_id, clock.started_on, clock.round) == (promise(one).pk, today() - DAY, 1)
    assert clock.due_on > today()


def test_a_kept_promise_closes_the_case_and_asks_the_proposer_again(one):
    make.answer(one.reply, one.proposers[0])
    one.proposal.refresh_from_db()
    assert one.proposal.state == "follow_up"
    tracking.accept(report=report(one), by=one.staff)
    one.proposal.refresh_from_db()
    assert (one.proposal.state, promise(one).state) == ("closed", "kept")
    assert clocks_of(one)[0].outcome == Outcome.MET
    told = Notice.objects.filter(recipient=one.proposers[0].member.user).first()
    assert "再评价一次" in told.text and told.url


def test_the_second_opinion_is_kept_beside_the_first(one):
    make.answer(one.reply, one.proposers[0])
    tracking.accept(report=report(one), by=one.staff)
    make.answer(one.reply, one.proposers[0], "mostly", item=promise(one))
    assert [row.result for row in one.reply.feedback.filter(item__isnull=False)] == ["mostly"]
    assert one.reply.feedback.filter(item__isnull=True).count() == 1


def test_the_proposer_is_asked_among_the_to_dos_until_he_has_judged(one, client):
    member = one.proposers[0].member.user
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    tracking.accept(report=report(one), by=one.staff)
    assert "增设站点。" in client.get("/promises/?standing=unjudged").content.decode()
    page = client.get(f"/promises/{promise(one).pk}/").content.decode()
    assert "评价落实情况" in page and f"-{promise(one).pk}." in page
    make.answer(one.reply, one.proposers[0], item=promise(one))
    assert not promises.unjudged(promises.made(), member).exists()


def test_a_new_date_starts_a_new_round_and_leaves_the_old_promise(one):
    later = today() + 60 * DAY
    tracking.accept(report=report(one, "broken", text="征地未完成。", new_date=later), by=one.staff)
    item, (old, new) = promise(one), clocks_of(one)
    assert (item.state, item.promised_on, item.current, item.rounds) == ("open", today() - DAY, later, 2)
    assert (old.outcome, new.started_on, new.stopped_on) == (Outcome.VOID, later, None)


def test_a_broken_promise_without_a_new_date_is_settled(one):
    tracking.accept(report=report(one, "broken", text="政策调整，不再办理。"), by=one.staff)
    assert (promise(one).state, clocks_of(one)[0].outcome) == ("broken", Outcome.VOID)
    with pytest.raises(Denied, match="未兑现"):
        report(one)


def test_what_was_sent_back_can_be_reported_again(one):
    first = report(one)
    with pytest.raises(Denied, match="等待核实"):
        report(one)
    with pytest.raises(DomainError, match="理由"):
        tracking.send_back(report=first, reason=" ", by=one.staff)
    tracking.send_back(report=first, reason="没有附照片。", by=one.staff)
    second = report(one)
    assert (first.item.reports.count(), second.state) == (2, "reported")


@pytest.mark.parametrize(
    "outcome, more, field",
    [
        ("open", {}, "outcome"),
        ("kept", {"text": "  "}, "text"),
        ("kept", {"day": None}, "day"),
        ("kept", {"day": date(2999, 1, 1)}, "day"),
        ("broken", {"new_date": date(2020, 1, 1)}, "new_date"),
    ],
)
def test_a_report_names_the_field_that_is_wrong(one, outcome, more, field):
    with pytest.raises(DomainError) as wrong:
        report(one, outcome, **more)
    assert wrong.value.field == field


def test_only_the_unit_reports_and_only_the_office_checks(one):
    with pytest.raises(Denied):
        tracking.report(item=promise(one), outcome="kept", text="已建成。", day=today(), by=one.staff)
    written = report(one)
    for somebody in (one.clerk, one.proposers[0].member.user):
        with pytest.raises(Denied):
            tracking.accept(report=written, by=somebody)


def test_what_waits_for_the_office_does_not_press_the_unit(one):
    Clock.objects.filter(stage=Stage.FOLLOW_UP).update(due_on=today() - DAY)
    assert selectors.overdue().filter(stage=Stage.FOLLOW_UP).exists()
    report(one)
    assert not selectors.overdue().filter(stage=Stage.FOLLOW_UP).exists()
    [line] = [each for each in desk.tasks(frozenset({one.unit.pk})) if "promises" in each.url]
    assert (line.due, line.tone) == ("已报送", "neutral")


def test_a_report_is_decided_once(one):
    written = report(one)
    tracking.accept(report=written, by=one.staff)
    with pytest.raises(Denied, match="处理过"):
        tracking.accept(report=written, by=one.staff)


def test_the_rate_counts_kept_against_what_is_due(one):
    """Four promises: kept, broken, overdue, not due yet: one of three is 33.3 per cent."""
    states = [("kept", -40), ("broken", -40), ("open", -40), ("open", 40)]
    for state, days in states:
        item = one.reply.items.create(kind="promised", text="x", promised_on=today() + days * DAY, state=state)
        tracking.begin(item, one.assignment, item.promised_on, 1, one.staff)
    found = promises.figures(promises.made())
    assert (found.total, found.kept, found.broken, found.overdue, found.moved) == (5, 1, 1, 1, 0)
    assert found.rate == 33.3
    assert promises.overdue(promises.made()).count() == found.overdue
    tally = tallied(Proposal.objects.filter(pk=one.proposal.pk), by_unit)[one.unit.pk,]
    assert (dict(tally.promises), tally.kept_rate) == (
        {"kept": 1, "broken": 1, "overdue_promise": 1, "open_promise": 2}, 33.3,
    )  # fmt: skip


def test_the_ledger_costs_the_same_for_three(one, client):
    client.force_login(one.staff, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as single:
        client.get("/promises/")
    for _ in range(2):
        item = one.reply.items.create(kind="promised", text="再增设。", promised_on=today(), state="open")
        tracking.begin(item, one.assignment, today(), 1, one.staff)
    with CaptureQueriesContext(connection) as several:
        assert client.get("/promises/").content.decode().count("再增设。") == 2
    assert len(several) <= len(single) <= 15


def test_the_ledger_shows_a_unit_its_own(one, client):
    client.force_login(one.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/promises/").content.decode()
    assert "增设站点。" in page and "兑现率＝" in page
    other = make.case()
    client.force_login(other.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "增设站点。" not in client.get("/promises/").content.decode()


def test_each_standing_of_the_filter_finds_its_rows(one, client):
    client.force_login(one.staff, backend="django.contrib.auth.backends.ModelBackend")

    def shown(standing):
        return "增设站点。" in client.get(f"/promises/?standing={standing}").content.decode()

    names = ("open", "arrived", "overdue", "waiting", "kept", "broken", "moved")
    assert [name for name in names if shown(name)] == ["open", "arrived"]
    report(one)
    assert [name for name in names if shown(name)] == ["open", "waiting"]
