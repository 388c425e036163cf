"""Deadlines through the services, against dates counted by hand on the wall calendar of 2025, 2026 and 2027."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from core.errors import Denied, DomainError
from core.workdays import Length, Unit
from handling import faces
from handling.enums import Light, Outcome, Stage
from handling.models import Clock
from handling.services import clocks, requests
from handling.services.clocks import Scale
from organisation.models import DaysOff, Posting, Rule
from organisation.services.days import remove_days, save_days
from tests.factories import PostingFactory
from tests.handling import objects as make

pytestmark = pytest.mark.django_db
MONTH = Length(1, Unit.MONTHS)


@pytest.fixture
def desk():
    return make.desk()


def rule(stage: str, amount: int, unit: str, starts: date = date(2000, 1, 1)) -> None:
    Rule.objects.update_or_create(
        key=f"deadline.{stage}", office=None, starts=starts, defaults={"value": {"amount": amount, "unit": unit}}
    )


def started(desk, stage, day):
    return clocks.start(stage=stage, proposal=desk.proposal, by=desk.staff, on=day)


@pytest.mark.parametrize(
    ("day", "length", "due"),
    [
        # Wed 22 Jan 2025 + 5: 23 24 | Sun 26 worked, 27 | holiday to 4 Feb | 5
        (date(2025, 1, 22), (5, "workdays"), date(2025, 2, 5)),
        # + 8: ... 5 6 7 | Sat 8 Feb worked
        (date(2025, 1, 22), (8, "workdays"), date(2025, 2, 8)),
        # 1 month from 30 Dec 2024 ends on 30 Jan 2025, within the holiday: Wed 5 Feb
        (date(2024, 12, 30), (1, "months"), date(2025, 2, 5)),
        # Tue 10 Feb 2026 + 10: 11 12 13 | Sat 14 worked | holiday 15 to 23 | 24 25 26 27 | Sat 28 worked | Mon 2 Mar
        (date(2026, 2, 10), (10, "workdays"), date(2026, 3, 2)),
        # 3 months from 18 Nov 2025 end on 18 Feb 2026, within the holiday: Tue 24 Feb
        (date(2025, 11, 18), (3, "months"), date(2026, 2, 24)),
        # 15 days from 1 Feb 2026 end on Mon 16 Feb, within the holiday: Tue 24 Feb
        (date(2026, 2, 1), (15, "days"), date(2026, 2, 24)),
        # Fri 30 Apr 2027 + 2, no table: Mon 3 May, Tue 4 May
        (date(2027, 4, 30), (2, "workdays"), date(2027, 5, 4)),
    ],
)
def test_the_date_counted_by_hand(desk, day, length, due):
    rule("reply", *length)
    clock = started(desk, Stage.REPLY, day)
    assert clock.due_on == due == clocks.due(clock).day


def test_the_rule_of_the_day_of_start_counts(desk):
    rule("sign", 5, "workdays")
    rule("sign", 3, "workdays", starts=date(2026, 4, 1))
    # Tue 31 Mar 2026 + 5: 1 2 3 | Qingming 4 to 6 | 7 8; Wed 1 Apr + 3: 2 3 | 7
    assert started(desk, Stage.SIGN, date(2026, 3, 31)).due_on == date(2026, 4, 8)
    assert started(desk, Stage.SIGN, date(2026, 4, 1)).due_on == date(2026, 4, 7)


def test_a_year_entered_by_the_office_moves_running_deadlines(desk):
    """Spring Festival 2027 is on 6 February. Mon 1 Feb 2027 + 5: 2 3 4 5 8; with the table: 2 3 4 | 7 worked | 13."""
    rule("sign", 5, "workdays")
    clock, done = started(desk, Stage.SIGN, date(2027, 2, 1)), started(desk, Stage.SIGN, date(2027, 2, 1))
    Clock.objects.filter(pk=done.pk).update(stopped_on=date(2027, 2, 2), outcome="met")
    assert clock.due_on == date(2027, 2, 8) and "2027年的节假日安排还没有录入" in clocks.due(clock).warnings[0]
    days = off(desk, "rest", date(2027, 2, 5), date(2027, 2, 12))
    off(desk, "work", date(2027, 2, 7), date(2027, 2, 7))
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 2, 15)
    off(desk, "work", date(2027, 2, 13), date(2027, 2, 13))
    clock.refresh_from_db()
    done.refresh_from_db()
    assert (clock.due_on, clocks.due(clock).warnings, done.due_on) == (date(2027, 2, 13), (), date(2027, 2, 8))
    remove_days(row=days, by=admin(desk))
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 2, 7)


def admin(desk):
    Posting.objects.filter(user=desk.staff, role="sysadmin").exists() or PostingFactory(
        user=desk.staff, office=desk.office, role="sysadmin"
    )
    desk.staff.__dict__.pop("_grants", None)
    return desk.staff


def off(desk, kind, first, last):
    values = {"kind": kind, "name": "春节", "first": first, "last": last, "note": ""}
    return save_days(office=desk.office, values=values, by=admin(desk))


def test_a_table_changed_by_hand_is_followed_by_the_command(desk):
    clock = started(desk, Stage.SIGN, date(2027, 3, 1))
    DaysOff.objects.create(
        office=desk.office, kind="rest", name="地方节日", first=date(2027, 3, 3), last=date(2027, 3, 3)
    )
    out = StringIO()
    call_command("recompute_deadlines", stdout=out)
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 3, 9) and "1 个期限有变化" in out.getvalue()


# --- lights ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "light", "words"),
    [
        # due Mon 2 Mar 2026; yellow from 2 working days before on
        (date(2026, 2, 12), Light.GREEN, "还有 8 个工作日"),
        (date(2026, 2, 26), Light.GREEN, "还有 3 个工作日"),
        (date(2026, 2, 27), Light.YELLOW, "还有 2 个工作日"),
        (date(2026, 3, 1), Light.YELLOW, "还有 1 个工作日"),
        (date(2026, 3, 2), Light.YELLOW, "今天到期"),
        (date(2026, 3, 4), Light.RED, "超期 2 日"),
    ],
)
def test_the_light_and_its_words(desk, day, light, words):
    rule("sign", 10, "workdays")
    shown = faces.face(started(desk, Stage.SIGN, date(2026, 2, 10)), Scale(day))
    assert (shown.light, shown.words) == (light, words)


def test_how_it_ended(desk):
    rule("sign", 10, "workdays")
    ended = []
    for day, outcome in (
        (date(2026, 3, 2), Outcome.MET),
        (date(2026, 3, 5), Outcome.MET),
        (date(2026, 3, 5), Outcome.VOID),
    ):
        clock = started(desk, Stage.SIGN, date(2026, 2, 10))
        assert clocks.stop(stages=[Stage.SIGN], proposal=desk.proposal, outcome=outcome, on=day) == 1
        clock.refresh_from_db()
        ended.append(faces.face(clock).words)
    assert ended == ["2026年3月2日完成", "2026年3月5日完成，超期 3 日", "2026年3月5日停止"]


def test_nobody_stops_everything_by_mistake(desk):
    with pytest.raises(ValueError):
        clocks.stop(stages=[Stage.REPLY])


# --- pauses ------------------------------------------------------------------------------------------------------
def test_a_pause_moves_the_deadline_by_its_working_days(desk):
    """Mon 2 Mar 2026 + 10: Mon 16 Mar. Paused Wed 4 to Tue 10 March: five working days more, Mon 23 March."""
    rule("sign", 10, "workdays")
    clock = started(desk, Stage.SIGN, date(2026, 3, 2))
    with time_machine.travel("2026-03-04T02:00Z"):
        requests.pause(clock=clock, reason="proposer", by=desk.staff)
        fresh = clocks.loaded(Clock.objects.filter(pk=clock.pk))[0]
        shown = faces.face(fresh)
        assert (shown.light, shown.words) == (Light.PAUSED, "等待提案人补充情况")
        assert "2026年3月4日起暂停" in shown.due.explained
    with time_machine.travel("2026-03-10T02:00Z"):
        assert requests.resume(clock=clock, by=desk.staff).due_on == date(2026, 3, 23)


def test_a_clock_that_stops_while_paused_is_judged_by_the_moved_day(desk):
    rule("sign", 2, "workdays")
    clock = started(desk, Stage.SIGN, date(2026, 3, 2))
    with time_machine.travel("2026-03-04T02:00Z"):
        requests.pause(clock=clock, reason="force", by=desk.staff)
    clocks.stop(stages=[Stage.SIGN], proposal=desk.proposal, on=date(2026, 3, 10))
    clock.refresh_from_db()
    assert (clock.due_on, clocks.light(clock)) == (date(2026, 3, 11), Light.MET)


@pytest.mark.parametrize(("today", "why"), [("2026-03-06", "已经超期"), ("2026-03-01", "起算日和今天之间")])
def test_what_cannot_be_paused(desk, today, why):
    rule("sign", 2, "workdays")
    clock = started(desk, Stage.SIGN, date(2026, 3, 2))
    with time_machine.travel(f"{today}T02:00Z"), pytest.raises(DomainError, match=why):
        requests.pause(clock=clock, reason="proposer", by=desk.staff)


# --- extensions --------------------------------------------------------------------------------------------------
def reply_clock(desk):
    with time_machine.travel("2026-03-02T02:00Z"):
        row = desk.signed()
    return row.clocks.get(stage=Stage.REPLY)


def test_more_time_is_asked_for_and_granted_and_is_no_longer_overdue(desk):
    clock = reply_clock(desk)
    with time_machine.travel("2026-06-03T02:00Z"):
        assert (clock.due_on, clocks.light(clock)) == (date(2026, 6, 2), Light.RED)
        asked = requests.request_extension(clock=clock, length=MONTH, reason="需要勘测", by=desk.clerks[0])
        requests.grant_extension(extension=asked, by=desk.staff)
        fresh = clocks.loaded(Clock.objects.filter(pk=clock.pk))[0]
        assert (fresh.due_on, faces.face(fresh).light) == (date(2026, 7, 2), Light.GREEN)
        assert "延期1个月，至2026年7月2日" in clocks.due(fresh).explained


def test_a_refusal_keeps_the_day_and_the_history(desk):
    clock = reply_clock(desk)
    asked = requests.request_extension(clock=clock, length=MONTH, reason="需要勘测", by=desk.clerks[0])
    with pytest.raises(DomainError, match="理由"):
        requests.refuse_extension(extension=asked, answer=" ", by=desk.staff)
    requests.refuse_extension(extension=asked, answer="请按期答复", by=desk.staff)
    again = requests.request_extension(clock=clock, length=MONTH, reason="专家还没有到", by=desk.clerks[0])
    clock.refresh_from_db()
    states = list(clock.extensions.values_list("state", flat=True))
    assert (clock.due_on, states) == (date(2026, 6, 2), ["refused", "requested"])
    with pytest.raises(DomainError, match="不必重复"):
        requests.request_extension(clock=clock, length=MONTH, reason="再申请", by=desk.clerks[0])
    with pytest.raises(Denied):
        requests.grant_extension(extension=again, by=desk.clerks[0])


def test_a_total_beyond_the_longest_term_warns(desk):
    clock = reply_clock(desk)
    assert requests.outlook(clock, Length(3, Unit.MONTHS)).warning == ""
    found = requests.outlook(clock, Length(4, Unit.MONTHS))
    # 7 months from 2 March end on Fri 2 Oct, within the holiday to 7 October; 6 months end on Wed 2 September
    assert found.day == date(2026, 10, 8) and "超过了6个月（最迟2026年9月2日）" in found.warning


def test_only_its_unit_asks_for_more_time_and_not_for_signing(desk):
    clock = reply_clock(desk)
    with pytest.raises(Denied):
        requests.request_extension(clock=clock, length=MONTH, reason="代为申请", by=desk.clerks[1])
    sign = desk.proposal.clocks.get(stage=Stage.REASSIGN)
    with pytest.raises(Denied, match="不能延长"):
        requests.request_extension(clock=sign, length=MONTH, reason="忙", by=desk.clerks[0])
