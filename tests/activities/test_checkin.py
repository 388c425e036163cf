"""Check-in: what proves a moment at the door, what comes of it, who may, and what never happens twice."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from activities import door
from activities.enums import CheckInMethod, Direction
from activities.models import CheckIn
from activities.services import BASICS, Mark, save_roll, update
from activities.services.checkin import Claim, check_in_other, check_in_paper, check_in_self
from activities.todos import door as door_todos
from audit.models import AuditEntry
from core.errors import Denied, DomainError
from organisation.models import Rule
from tests.factories import ActivityFactory, AttendanceFactory, MemberFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office):
    """Begins in five minutes, ends two hours later."""
    starts = timezone.now() + timedelta(minutes=5)
    return ActivityFactory(
        office=office, state="preparing", title="协商会", starts_at=starts, ends_at=starts + timedelta(hours=2)
    )


@pytest.fixture
def line(meeting, as_member):
    """The line of a member with an account, the phone's owner, who has typed no codes yet."""
    cache.delete(f"checkin.typed:{meeting.pk}:{as_member[1].pk}")
    return AttendanceFactory(activity=meeting, member=as_member[0], state="invited")


def seconds(row):
    return door.terms(row.activity).seconds


def ticket(row, moment=None, user=None):
    return door.Proof(timezone.now(), ticket=door.ticket(row.activity, moment or timezone.now(), user or owner(row)))


def owner(row):
    return row.member.user


def enter(row, proof=None, **options):
    given = {"direction": Direction.IN, "key": uuid4()} | options
    return check_in_self(by=owner(row), activity=row.activity, proof=proof or ticket(row), **given)


def begin(row, minutes):
    """The activity began so many minutes ago."""
    activity = row.activity
    activity.starts_at = timezone.now() - timedelta(minutes=minutes)
    activity.ends_at = activity.starts_at + timedelta(hours=2)
    activity.save()


def rule(key, value):
    Rule.objects.filter(key=key).update(value=value)


# --- codes -------------------------------------------------------------------------------------------------------
def test_a_code_is_short_and_of_its_activity_and_moment(line, office):
    now = datetime(2026, 5, 8, 9, 0, 10, tzinfo=UTC)
    since = door.shown_since(now, 30)
    code = door.token(line.activity, since)
    assert len(code) == 16 and door.token_moment(line.activity, code) == now.replace(second=0)
    assert door.token_moment(ActivityFactory(office=office), code) is None
    assert [door.token_moment(line.activity, bad) for bad in ("", "x", code[:-1], code.upper(), "l" * 16)] == [None] * 5


@pytest.mark.parametrize(("age", "taken"), [(0, True), (59, True), (60, False), (-1, False)])
def test_a_scan_holds_for_this_code_and_the_one_before(line, age, taken):
    found, since = door.terms(line.activity), door.shown_since(timezone.now(), 30)
    now = datetime.fromtimestamp(since + age, UTC)
    code = door.token(line.activity, since)
    if taken:
        assert door.scanned(line.activity, code, found, now) == now
    else:
        with pytest.raises(DomainError, match="已经过期"):
            door.scanned(line.activity, code, found, now)


def heard_later(line, claimed):
    """The moment kept, in seconds after the code came up, of a scan half an hour ago that a phone claims."""
    now = timezone.now()
    since = door.shown_since(now - timedelta(minutes=30), 30)
    begin = datetime.fromtimestamp(since, UTC)
    moment = door.scanned_offline(
        line.activity,
        door.token(line.activity, since),
        door.terms(line.activity),
        begin + timedelta(seconds=claimed),
        now,
    )
    return (moment - begin).total_seconds()


@pytest.mark.parametrize(("claimed", "kept"), [(-100, 0), (20, 20), (170, 60)])
def test_offline_the_code_bears_out_what_the_phone_claims(line, claimed, kept):
    assert heard_later(line, claimed) == kept


@pytest.mark.parametrize("claimed", [-130, 190, 1800])
def test_an_old_photo_of_the_code_checks_nobody_in(line, claimed):
    """1800: scanned now, half an hour after it was on the wall."""
    with pytest.raises(DomainError, match="已经过期"):
        heard_later(line, claimed)


def test_a_scan_is_not_waited_for_forever(line):
    begin(line, 180)
    with pytest.raises(DomainError, match="120 分钟内没有上传"):
        enter(line, ticket(line, timezone.now() - timedelta(minutes=121)))


def test_a_ticket_serves_one_user_and_one_activity(line, office, clerk):
    proof = ticket(line)
    assert door.ticket_moment(line.activity, proof.ticket, clerk) is None
    assert door.ticket_moment(ActivityFactory(office=office), proof.ticket, owner(line)) is None
    with pytest.raises(DomainError, match="已经过期"):
        enter(line, door.Proof(timezone.now(), ticket=proof.ticket[:-2] + "xx"))


def test_digits_are_those_on_the_wall_now(line):
    now = timezone.now()
    since = door.shown_since(now, seconds(line))
    shown, old = door.digits(line.activity, since), door.digits(line.activity, since - 600)
    with pytest.raises(DomainError, match="签到码不对"):
        enter(line, door.Proof(now, code=old))
    enter(line, door.Proof(now, code=shown))
    assert CheckIn.objects.get().method == CheckInMethod.CODE


def test_digits_are_not_guessed(line):
    now = timezone.now()
    for _ in range(10):
        with pytest.raises(DomainError, match="签到码不对"):
            enter(line, door.Proof(now, code="000000x"))
    with pytest.raises(DomainError, match="次数太多"):
        enter(line, door.Proof(now, code=door.digits(line.activity, door.shown_since(now, 30))))


# --- what comes of it --------------------------------------------------------------------------------------------
def test_a_scan_registers_at_the_moment_of_the_scan(line):
    scan = timezone.now() - timedelta(minutes=3)
    outcome = enter(line, ticket(line, scan))
    line.refresh_from_db()
    assert outcome.text == f"签到成功 {door.shown(scan)}"
    assert (line.state, line.arrived_at) == ("present", scan.replace(microsecond=0))
    entry = AuditEntry.objects.get(action="activity.checkin")
    assert entry.detail == {str(line.member_id): ["invited", "present"], "method": "wall_code", "direction": "in"}


@pytest.mark.parametrize(
    ("arrived", "left", "state"),
    [(-20, None, "present"), (10, None, "present"), (11, None, "late"), (0, 111, "present"), (0, 100, "left_early"),
     (30, 100, "left_early"), (30, 115, "late"), (None, 100, "left_early"), (None, None, "invited")],
)  # fmt: skip
def test_rules_make_the_state(line, arrived, left, state):
    """Minutes after the start of an activity of two hours; grace and early leaving are ten minutes each."""
    found, starts = door.terms(line.activity), line.activity.starts_at
    moments = [None if each is None else starts + timedelta(minutes=each) for each in (arrived, left)]
    assert door.state_of(found, *moments) == state


def test_without_an_end_nobody_leaves_early(line):
    line.activity.ends_at = None
    now = timezone.now()
    assert door.state_of(door.terms(line.activity), now, now) == "present"


def test_an_offices_rules_hold_on_the_day(line):
    rule("checkin.minutes", {"grace": 0})
    found = door.terms(line.activity)
    assert found.late_after == line.activity.starts_at and found.opens == found.late_after - timedelta(minutes=60)


@pytest.mark.parametrize(("ago", "sentence"), [(-70, "开始，现在还不能签到"), (190, "结束，请联系工作人员")])
def test_outside_the_hours_nobody_checks_in(line, ago, sentence):
    begin(line, ago)
    with pytest.raises(DomainError, match=sentence):
        enter(line)
    assert not CheckIn.objects.exists()


def test_leaving_and_coming_back(line):
    begin(line, 30)
    enter(line, ticket(line, timezone.now() - timedelta(minutes=29)))
    assert "早退" in enter(line, direction=Direction.OUT).text
    enter(line)
    line.refresh_from_db()
    assert (line.state, line.left_at, line.activity.checkins.count()) == ("present", None, 3)


def test_a_corrected_hour_makes_the_late_punctual(line, clerk):
    begin(line, 30)
    enter(line)
    activity = line.activity
    activity.refresh_from_db()
    values = {name: getattr(activity, name) for name in BASICS} | {"starts_at": timezone.now()}
    update(by=clerk, activity=activity, version=activity.version, values=values)
    line.refresh_from_db()
    assert line.state == "present"


def test_the_order_of_arrival_at_the_server_does_not_matter(line, clerk):
    """The phone's check-in of 9:00 comes through after staff's of 9:20."""
    begin(line, 30)
    ten, late = timezone.now() - timedelta(minutes=28), timezone.now() - timedelta(minutes=5)
    check_in_other(by=clerk, activity=line.activity, attendance=line.pk, claim=Claim(late))
    enter(line, ticket(line, ten))
    line.refresh_from_db()
    assert (line.state, line.arrived_at) == ("present", ten.replace(microsecond=0))


# --- twice ---------------------------------------------------------------------------------------------------------
def test_the_same_key_gives_the_same_answer_and_no_second_row(line):
    key, proof = uuid4(), ticket(line)
    first = enter(line, proof, key=key)
    begin(line, 500)
    assert enter(line, proof, key=key).text == first.text and CheckIn.objects.count() == 1


def test_a_key_is_not_used_for_somebody_else(line, clerk, members):
    other, key = AttendanceFactory(activity=line.activity, member=members(1)[0], state="invited"), uuid4()
    enter(line, key=key)
    with pytest.raises(DomainError, match="编号已被使用"):
        check_in_other(by=clerk, activity=line.activity, attendance=other.pk, claim=Claim(timezone.now(), key=key))


def test_the_log_is_append_only(line):
    enter(line)
    for change in (lambda: CheckIn.objects.update(happened_at=timezone.now()), lambda: CheckIn.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


# --- staff ---------------------------------------------------------------------------------------------------------
def correct(line, clerk, state):
    line.refresh_from_db()
    save_roll(by=clerk, activity=line.activity, opened={}, marks={line.pk: Mark(state)})


def test_what_staff_corrected_stays(line, clerk):
    begin(line, 5)
    enter(line)
    correct(line, clerk, "absent")
    outcome = enter(line)
    line.refresh_from_db()
    assert (line.state, outcome.held) == ("absent", True) and "工作人员登记为“缺席”" in outcome.text
    assert [each.direction for each in line.activity.checkins.order_by("pk")] == ["in", "void", "in"]


def test_leave_yields_to_a_member_who_came_after_all(line, clerk):
    save_roll(by=clerk, activity=line.activity, opened={}, marks={line.pk: Mark("leave", "出差")})
    enter(line)
    line.refresh_from_db()
    assert (line.state, line.reason, line.recorded_by) == ("present", "", None)


def test_a_wrong_tick_is_taken_back_and_the_right_one_counts(line, clerk):
    begin(line, 40)
    early = timezone.now() - timedelta(minutes=39)
    for direction, moment in ((Direction.IN, early), (Direction.VOID, early), (Direction.IN, timezone.now())):
        check_in_other(by=clerk, activity=line.activity, attendance=line.pk, claim=Claim(moment, direction))
    line.refresh_from_db()
    assert line.state == "late" and line.arrived_at > early


def test_paper_is_typed_in_afterwards(line, clerk, members):
    begin(line, 60)
    rows = [line, *[AttendanceFactory(activity=line.activity, member=each, state="invited") for each in members(2)]]
    count = check_in_paper(by=clerk, activity=line.activity, attendances=[row.pk for row in rows[:2]],
                           direction=Direction.IN, moment=line.activity.starts_at)  # fmt: skip
    states = sorted(row.state for row in line.activity.attendances.all())
    assert (count, states) == (2, ["invited", "present", "present"])


# --- who -----------------------------------------------------------------------------------------------------------
def test_a_member_not_on_the_list_is_sent_to_staff(line, office):
    other = PostingFactory(office=office, role="member").user
    MemberFactory(office=office, user=other)
    with pytest.raises(Denied, match="不在“协商会”的参加人员名单中"):
        check_in_self(
            by=other, activity=line.activity, direction=Direction.IN, key=uuid4(), proof=ticket(line, user=other)
        )


def test_where_the_office_takes_walk_ins_they_join_the_list(line, office):
    rule("checkin.walk_in", True)
    other = PostingFactory(office=office, role="member").user
    MemberFactory(office=office, user=other)
    check_in_self(by=other, activity=line.activity, direction=Direction.IN, key=uuid4(), proof=ticket(line, user=other))
    assert line.activity.attendances.get(member__user=other).state == "present"
    assert AuditEntry.objects.filter(action="activity.walk_in").exists()


def test_staff_of_a_partner_office_works_at_the_door(line, world):
    partner, foreign = world.people["other_staff"], world.people["county_staff"]
    line.activity.partner_offices.add(world.offices["street"])
    check_in_other(by=partner, activity=line.activity, attendance=line.pk, claim=Claim(timezone.now()))
    with pytest.raises(Denied):
        check_in_other(by=foreign, activity=line.activity, attendance=line.pk, claim=Claim(timezone.now()))


@pytest.mark.parametrize(("state", "sentence"), [("cancelled", "活动已取消"), ("summarised", "活动已总结")])
def test_a_closed_activity_takes_nobody(line, clerk, state, sentence):
    line.activity = ActivityFactory(office=line.activity.office, state=state, starts_at=timezone.now())
    AttendanceFactory(activity=line.activity, member=line.member, state="invited")
    with pytest.raises(DomainError, match=f"{sentence}，不"):
        enter(line)
    with pytest.raises(Denied, match=f"{sentence}，不能再修改"):
        check_in_other(by=clerk, activity=line.activity, attendance=line.pk, claim=Claim(timezone.now()))


def test_todays_activity_waits_on_the_members_home_page(line):
    person, browser = owner(line), Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    row = door_todos.waiting(person)[0]
    assert (row.count.count(), browser.get(row.url).url) == (1, f"/activities/{line.activity_id}/checkin/")
    enter(line)
    assert (row.count.count(), browser.get(row.url).url) == (0, "/activities/")


def test_the_log_says_the_same_in_every_order(line):
    """In, out, back, out: whichever the network brings first."""
    ways = [Direction.IN, Direction.OUT, Direction.IN, Direction.OUT]
    starts = line.activity.starts_at
    for order in permutations(range(4)):
        rows = [CheckIn(pk=place, direction=ways[nth], happened_at=starts + timedelta(minutes=nth))
                for place, nth in enumerate(order)]  # fmt: skip
        assert door.arrived_and_left(door.valid(rows)) == (starts, starts + timedelta(minutes=3))
