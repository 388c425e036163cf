"""A large county beside everything else, for measuring: five years of records in thirty offices at scale 1.

Rows go in by the thousand, past the services; they keep every constraint but have no history. Same content each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from accounts.models import User
from activities.enums import ActivityState, AttendanceState
from activities.models import Activity, ActivityType, Attendance
from core.clock import today
from dashboard.demo import bulk_handling, past, texts
from members.models import Member
from members.names import initials_of, pinyin_of
from opinions.enums import OpinionState
from opinions.models import OpinionAuthor, OpinionReport
from organisation.models import LiaisonGroup, Office, Posting, Sector, Session, Term
from plans.enums import PlanState
from plans.models import AnnualPlan, ScheduledItem, Target
from proposals.enums import NUMBERED, ProposalState
from proposals.models import CaseCounter, Proposal, Proposer, SerialCounter

PREFIX = "Z"  # of the codes of all bulk offices
YEARS = 5
MEMBERS, PROPOSALS, ACTIVITIES, ATTENDANCES, OPINIONS, OFFICES = 2_000, 20_000, 10_000, 200_000, 10_000, 29
BATCH = 4_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
GIVEN = "安柏昌辰德恩芳国海和嘉建景静可兰立美敏宁鹏平琪清荣瑞书思涛田文曦霞祥小欣雅彦怡永雨远月云泽兆之志竹子"
TYPES = ("inspection", "research", "study", "consultation", "visit_member", "outreach", "training", "meeting")
PEOPLE = (("bulk-staff", "staff"), ("bulk-head", "head"), ("bulk-leader", "leader"), ("bulk-member", "member"))


def is_bulk(office: Office) -> bool:
    return office.code.startswith(PREFIX)


def present() -> bool:
    return Office.objects.filter(code=PREFIX).exists()


@dataclass
class Bulk:
    """What has been made so far. `scale` 1 is the size in the constants above."""

    scale: float
    say: Callable[[str], None]
    chance: Random = field(default_factory=lambda: Random("bulk"))
    county: Office | None = None
    offices: list[Office] = field(default_factory=list)
    sessions: dict[int, Session] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    by_office: dict[int, list[Member]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.years = range(today().year - YEARS + 1, today().year + 1)

    def sized(self, count: int) -> int:
        return max(1, round(count * self.scale))

    def moment(self, place: int, count: int) -> datetime:
        """Spread evenly over the years, oldest first, never in the future."""
        first = past.moment(self.years[0], 1, 2)
        whole = past.moment(today().year, today().month, 1) - first
        return first + whole * (place / count) + timedelta(hours=place % 9)

    def keep(self, model: type[Model], rows: Iterable[Model], label: str) -> None:
        """Inserts them batch by batch and says how many there were."""
        waiting, count = iter(rows), 0
        while batch := list(islice(waiting, BATCH)):
            count += len(model._default_manager.bulk_create(batch))
        self.say(f"{label} {count}")


def build(scale: float, say: Callable[[str], None]) -> Bulk:
    """Everything or nothing; statistics are brought up to date afterwards."""
    bulk = Bulk(scale, say)
    with transaction.atomic():
        for part in (offices, members, people, proposals, bulk_handling.build, opinions, activities, plans):
            part(bulk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return bulk


# --- offices and people ------------------------------------------------------------------------------------------
def offices(bulk: Bulk) -> None:
    bulk.county = an_office(PREFIX, "规模测试县", None)
    rows = [an_office(f"{PREFIX}{n:02}", f"测试{n:02}镇", bulk.county) for n in range(1, bulk.sized(OFFICES) + 1)]
    bulk.offices = [bulk.county, *rows]
    LiaisonGroup.objects.bulk_create(
        LiaisonGroup(office=office, name=f"第{n}联络组", order=n) for office in bulk.offices for n in (1, 2, 3)
    )
    Sector.objects.bulk_create(Sector(office=bulk.county, name=f"界别{n:02}", order=n) for n in range(1, 21))
    term = Term.objects.create(office=bulk.county, number=10, name="第十届", starts=date(bulk.years[0], 1, 1))
    for number, year in enumerate(bulk.years, 1):
        bulk.sessions[year] = a_session(term, number, year)


def an_office(code: str, place: str, parent: Office | None) -> Office:
    kind = Office.Kind.TOWNSHIP if parent else Office.Kind.COUNTY
    name = f"政协{parent.short_name if parent else place}委员会{place + '联络处' if parent else ''}"
    return Office.objects.create(code=code, name=name, short_name=place, kind=kind, parent=parent, phone="0000-0000000")


def a_session(term: Term, number: int, year: int) -> Session:
    ends = None if year == today().year else date(year, 12, 31)
    return Session.objects.create(
        term=term, number=number, name=f"十届{'一二三四五'[number - 1]}次会议", starts=date(year, 1, 1), ends=ends,
        plenary_starts=date(year, 1, 12), plenary_ends=date(year, 1, 15),
    )  # fmt: skip


def members(bulk: Bulk) -> None:
    sectors = list(Sector.objects.filter(office=bulk.county))
    groups: dict[int, list[LiaisonGroup]] = {}
    for group in LiaisonGroup.objects.filter(office__in=bulk.offices):
        groups.setdefault(group.office_id, []).append(group)
    term, count = bulk.sessions[bulk.years[0]].term, bulk.sized(MEMBERS)
    bulk.keep(Member, (a_member(bulk, n, term, sectors, groups) for n in range(count)), "委员")
    bulk.members = list(Member.objects.filter(office__in=bulk.offices).order_by("pk"))
    for member in bulk.members:
        bulk.by_office.setdefault(member.office_id, []).append(member)


def a_member(bulk: Bulk, number: int, term: Term, sectors: list[Sector], groups: dict[int, list[Any]]) -> Member:
    chance, office = bulk.chance, bulk.offices[number % len(bulk.offices)]
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    return Member(
        office=office, term=term, member_no=f"T{number:05}", name=name, name_pinyin=pinyin_of(name),
        name_initials=initials_of(name), gender=chance.choice(("male", "female")), ethnicity="汉族",
        party_affiliation=chance.choice(("中共党员", "民盟", "民建", "群众")), sector=chance.choice(sectors),
        group=chance.choice(groups[office.pk]), employer="规模测试单位", phone=f"1390000{number % 10_000:04}",
        birth_date=date(1965 + number % 35, number % 12 + 1, number % 28 + 1), joined_on=date(bulk.years[0], 1, 4),
    )  # fmt: skip


def people(bulk: Bulk) -> None:
    """One account per role for the measurements; nobody can sign in with them, the bench makes its own sessions."""
    for username, role in PEOPLE:
        office = bulk.offices[-1] if role == "member" else bulk.county
        user = User.objects.create_user(username, None, name=f"测试{username}", must_change_password=False)
        Posting.objects.create(user=user, role=role, office=office, starts=date(bulk.years[0], 1, 1))
        if role == "member":
            Member.objects.filter(pk=bulk.by_office[office.pk][0].pk).update(user=user)


# --- texts -------------------------------------------------------------------------------------------------------
def proposals(bulk: Bulk) -> None:
    count, content = bulk.sized(PROPOSALS), texts.read("proposals")["proposals"]
    serials: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    rows = (a_proposal(bulk, n, count, content[n % len(content)], serials, numbers) for n in range(count))
    bulk.keep(Proposal, rows, "提案")
    mine = Proposal.objects.filter(office=bulk.county).order_by("pk").values_list("pk", flat=True)
    signed = [(pk, place) for place, pk in enumerate(mine)]
    bulk.keep(Proposer, (row for pk, place in signed for row in proposers(bulk, pk, place)), "提案人")
    CaseCounter.objects.bulk_create(
        CaseCounter(session=bulk.sessions[year], last=last) for year, last in numbers.items()
    )
    SerialCounter.objects.bulk_create(
        SerialCounter(session=bulk.sessions[year], last=last) for year, last in serials.items()
    )


def a_proposal(
    bulk: Bulk, place: int, count: int, text: dict[str, Any], serials: Counter[int], numbers: Counter[int]
) -> Proposal:
    at, member = bulk.moment(place, count), bulk.members[place * 7 % len(bulk.members)]
    state = bulk_handling.state_at(place, at)
    if place % 9 == 4 or place > count * 0.99:
        state = ProposalState.RETURNED if place % 2 else ProposalState.SUBMITTED
    filed = state in NUMBERED
    serials[at.year] += 1
    numbers[at.year] += filed
    return Proposal(
        office=bulk.county, home_office_id=member.office_id, session=bulk.sessions[at.year], state=state,
        subject=f"{text['subject']}（{place}）"[:80], category=text["category"], submitted_at=at,
        background=text["background"] * 4, analysis=text["analysis"] * 4, suggestions="".join(text["suggestions"]) * 3,
        wished_units=text["units"], case_no=numbers[at.year] if filed else None, serial_no=serials[at.year],
        filed_at=at + bulk_handling.FILED_AFTER if filed else None, in_plenary=at.month == 1,
    )  # fmt: skip


def proposers(bulk: Bulk, proposal: int, place: int) -> Iterator[Proposer]:
    lead = place * 7 % len(bulk.members)
    yield Proposer(proposal_id=proposal, member=bulk.members[lead], order=1)
    if place % 5 == 0 and len(bulk.members) > 1:
        yield Proposer(proposal_id=proposal, member=bulk.members[(lead + 1) % len(bulk.members)], order=2)


def opinions(bulk: Bulk) -> None:
    count, content = bulk.sized(OPINIONS), texts.read("opinions")["opinions"]
    bulk.keep(OpinionReport, (an_opinion(bulk, n, count, content[n % len(content)]) for n in range(count)), "社情民意")
    mine = OpinionReport.objects.filter(office__in=bulk.offices).order_by("pk").values_list("pk", flat=True)
    rows = [OpinionAuthor(opinion_id=pk, member=bulk.members[n * 11 % len(bulk.members)]) for n, pk in enumerate(mine)]
    bulk.keep(OpinionAuthor, rows, "撰稿人")


def an_opinion(bulk: Bulk, place: int, count: int, row: list[str]) -> OpinionReport:
    at, member = bulk.moment(place, count), bulk.members[place * 11 % len(bulk.members)]
    state = (OpinionState.ACCEPTED, OpinionState.DECLINED, OpinionState.ACCEPTED)[place % 3]
    if place > count * 0.99:
        state = OpinionState.SUBMITTED
    return OpinionReport(
        office_id=member.office_id, title=f"{row[0]}（{place}）"[:80], category=row[1], situation=row[2] * 3,
        suggestions=row[3] * 2, submitted_at=at, state=state,
        decided_at=None if state == OpinionState.SUBMITTED else at + timedelta(days=3),
    )  # fmt: skip


# --- activities and plans ----------------------------------------------------------------------------------------
def activities(bulk: Bulk) -> None:
    count, types = bulk.sized(ACTIVITIES), {each.code: each for each in ActivityType.objects.all()}
    bulk.keep(Activity, (an_activity(bulk, n, count, types[TYPES[n % len(TYPES)]]) for n in range(count)), "活动")
    mine = Activity.objects.filter(office__in=bulk.offices).order_by("pk").values_list("pk", "office_id", "starts_at")
    wanted = bulk.sized(ATTENDANCES)
    bulk.keep(Attendance, islice(attendances(bulk, list(mine), wanted), wanted), "出席记录")


def an_activity(bulk: Bulk, place: int, count: int, kind: ActivityType) -> Activity:
    at, office = bulk.moment(place, count), bulk.offices[place % len(bulk.offices)]
    state = ActivityState.PREPARING if place > count * 0.995 else ActivityState.SUMMARISED
    return Activity(
        office=office, type=kind, title=f"{kind.label}：{office.short_name}第{place}次活动", state=state, starts_at=at,
        ends_at=at + timedelta(hours=3), place="会议室", responsible="测试人员", content="规模测试用的活动内容。",
        hours=3, minutes="规模测试用的活动记录。" * 20, outcome="规模测试用的成效。" * 5,
    )  # fmt: skip


def attendances(bulk: Bulk, mine: list[tuple[int, int, datetime]], wanted: int) -> Iterator[Attendance]:
    """About equally many for each activity, of the activity's office first."""
    each = -(-wanted // len(mine))
    states = [AttendanceState.PRESENT] * 8 + [AttendanceState.LEAVE, AttendanceState.ABSENT]
    for place, (activity, office, at) in enumerate(mine):
        own = bulk.by_office.get(office, [])
        others = [bulk.members[(place * 31 + n) % len(bulk.members)] for n in range(each)]
        chosen = list({member.pk: member for member in [*own[:each], *others]}.values())[:each]
        for number, member in enumerate(chosen):
            state = states[(place + number) % len(states)]
            yield Attendance(activity_id=activity, member=member, state=state, recorded_at=at)


def plans(bulk: Bulk) -> None:
    rows = [
        AnnualPlan(office=office, year=year, title=f"{office.short_name}{year}年工作计划", state=PlanState.APPROVED)
        for office in bulk.offices for year in bulk.years
    ]  # fmt: skip
    AnnualPlan.objects.bulk_create(rows)
    Target.objects.bulk_create(target for plan in rows for target in targets(plan))
    ScheduledItem.objects.bulk_create(
        ScheduledItem(plan=plan, month=month, order=month, kind="study", topic=f"{month}月集中学习")
        for plan in rows for month in range(1, 13)
    )  # fmt: skip
    bulk.say(f"年度计划 {len(rows)}")


def targets(plan: AnnualPlan) -> Iterator[Target]:
    wanted = (("组织视察六次", "activities", {"type": "inspection"}, "records", 6, "office"),
              ("走访委员六十人次", "activities", {"type": "visit_member"}, "person_times", 60, "office"),
              ("每名委员一件提案", "proposals", {}, "records", 1, "each_member"),
              ("每名委员一条社情民意", "opinions", {}, "records", 1, "each_member"))  # fmt: skip
    for order, (text, measure, filters, metric, amount, scope) in enumerate(wanted, 1):
        yield Target(plan=plan, order=order, text=text, measure=measure, filters=filters, metric=metric, amount=amount,
                     scope=scope)  # fmt: skip
