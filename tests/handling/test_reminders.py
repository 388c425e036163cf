"""Reminders: in working hours only, once for each due date, armed again by whatever moves it."""

from __future__ import annotations

import pytest
import time_machine

from core.errors import Denied, DomainError
from core.workdays import Length, Unit
from handling.enums import Outcome, Stage
from handling.models import Clock, Reminder
from handling.services import clocks, reminders, requests
from notices.models import Notice
from tests.handling import objects as make
from tests.handling import reply_objects

pytestmark = pytest.mark.django_db


def at(day, clock="02:00"):
    return time_machine.travel(f"{day}T{clock}Z")


@pytest.fixture
def desk():
    """Dispatched on Mon 2 Mar 2026: to be signed for by Mon 9 March, answered by Tue 2 June."""
    with at("2026-03-02"):
        desk = make.desk()
        desk.row = desk.dispatched()
        Notice.objects.all().delete()
    return desk


def sent(day, clock="02:00"):
    with at(day, clock):
        return reminders.send_due()


def kinds():
    return list(Reminder.objects.order_by("pk").values_list("clock__stage", "kind", "due_on__day"))


def test_near_and_overdue_once_each(desk):
    assert [sent(f"2026-03-0{day}") for day in (3, 4, 5, 6)] == [0, 0, 1, 0]
    assert [sent(f"2026-03-{day}") for day in ("09", "10", "11")] == [0, 1, 0]
    assert kinds() == [("sign", "near", 9), ("sign", "overdue", 9)]
    texts = list(Notice.objects.filter(recipient=desk.clerks[0]).order_by("pk").values_list("text", flat=True))
    assert "还有 2 个工作日" in texts[0] and "超期 1 日" in texts[1]


@pytest.mark.parametrize(
    ("day", "clock", "number"),
    [
        ("2026-03-10", "22:00", 0),  # six in the morning of the 11th
        ("2026-03-10", "00:59", 0),  # 8:59
        ("2026-03-10", "01:00", 1),  # 9:00
        ("2026-03-10", "08:59", 1),  # 16:59
        ("2026-03-10", "09:00", 0),  # 17:00
        ("2026-03-14", "02:00", 0),  # Saturday
    ],
)
def test_only_in_working_hours(desk, day, clock, number):
    assert sent(day, clock) == number


def test_a_holiday_is_no_working_day_and_a_made_up_saturday_is_one(desk):
    with at("2026-02-09"):
        other = make.desk()
        other.dispatched()  # by Mon 16 Feb, moved behind the holiday: Sat 14 Feb is the fifth day
        Reminder.objects.all().delete()
    assert sent("2026-02-14") == 1
    assert [sent(f"2026-02-{day}") for day in (16, 20, 23)] == [0, 0, 0]
    assert sent("2026-02-24") == 1


def test_an_extension_and_a_new_round_arm_it_again(desk):
    clock = desk.row.clocks.get(stage=Stage.REPLY)
    Clock.objects.exclude(pk=clock.pk).update(stopped_on="2026-03-02", outcome=Outcome.MET)
    assert (sent("2026-06-02"), sent("2026-06-03"), sent("2026-06-04")) == (1, 1, 0)
    with at("2026-06-04"):
        asked = requests.request_extension(
            clock=clock, length=Length(1, Unit.MONTHS), reason="需要勘测", by=desk.clerks[0]
        )
        requests.grant_extension(extension=asked, by=desk.staff)
    assert (sent("2026-06-05"), sent("2026-07-02"), sent("2026-07-03")) == (0, 1, 1)
    with at("2026-07-03"):
        clocks.stop(stages=[Stage.REPLY], assignment=desk.row)
        clocks.start(stage=Stage.REHANDLE, proposal=desk.proposal, assignment=desk.row, by=desk.staff, round=2)
    # one month from Fri 3 July is Mon 3 August
    assert (sent("2026-08-03"), sent("2026-08-04"), sent("2026-08-05")) == (1, 1, 0)


def test_what_stands_still_or_is_an_offer_is_not_reminded_of(desk):
    with at("2026-03-04"):
        requests.pause(clock=desk.row.clocks.get(stage=Stage.SIGN), reason="force", by=desk.staff)
    assert sent("2026-03-12") == 0  # the days for another unit are nearly over, the signature waits


def test_many_at_once_become_one_notice(desk):
    with at("2026-03-02"):
        for number in range(2, 6):
            desk.proposal = desk.another(number)
            desk.dispatched()
        Notice.objects.all().delete()
    assert sent("2026-03-10") == 5
    assert Notice.objects.get(recipient=desk.clerks[0]).text.startswith("有 5 件提案已超过期限（签收）")


def test_proposers_are_invited_to_judge_once_and_never_called_late():
    with at("2026-03-02"):
        case = reply_objects.case()
        reply_objects.passed(case)  # to be judged within 15 working days: by Mon 23 March
        Notice.objects.all().delete()
    for day in ("13", "16", "17", "24"):
        sent(f"2026-03-{day}")
    told = Notice.objects.filter(recipient=case.proposers[0].member.user).values_list("text", flat=True)
    assert len(told) == 1 and "请您在2026年3月23日前评价（还有 5 个工作日）" in told[0]


def by_hand(desk, day, clock="02:00", by=None):
    with at(day, clock):
        sign = desk.row.clocks.get(stage=Stage.SIGN)
        return reminders.remind(clock=sign, text=reminders.draft(sign), by=by or desk.staff)


def test_by_hand_once_in_a_working_day(desk):
    row = by_hand(desk, "2026-03-06")
    assert (row.recipients, row.by) == (1, desk.staff) and "还有 1 个工作日" in row.text
    for day in ("2026-03-06", "2026-03-08"):
        with pytest.raises(DomainError, match=r"不是工作时间|已经催办过"):
            by_hand(desk, day, "03:00")
    assert by_hand(desk, "2026-03-09").pk != row.pk


def test_the_page_says_beforehand_why_not(desk):
    by_hand(desk, "2026-03-06")
    sign, reply = (desk.row.clocks.get(stage=stage) for stage in (Stage.SIGN, Stage.REPLY))
    with at("2026-03-06", "03:00"):
        assert "已经催办过" in reminders.obstacle(sign) and reminders.obstacle(reply) == ""
    with at("2026-03-07"):
        assert "不是工作时间" in reminders.obstacle(reply)


def test_nobody_is_reminded_at_night_nor_by_anybody(desk):
    with pytest.raises(DomainError, match="工作日 9 点到 17 点"):
        by_hand(desk, "2026-03-06", "14:00")
    with pytest.raises(Denied):
        by_hand(desk, "2026-03-06", by=desk.clerks[0])
