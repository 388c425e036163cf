"""How the filed proposals were handled: dispatched, signed for, answered, judged, followed up; some supervised.

Everything goes through the real services on the days it is dated. What would lie in the future has not happened yet, so
that the newest proposals wait at every step of the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from accounts.models import User
from core.workdays import Length, Unit
from dashboard.demo import past, texts
from dashboard.demo.setting import Setting
from handling.answering import proposers_of
from handling.enums import AssignmentRole, ItemKind, Satisfaction, Stage
from handling.models import Assignment, Clock, Reply
from handling.rules import Share
from handling.services import assignments, contacts, feedback, replies, requests, rounds, tracking
from handling.services.assignments import Handlers
from handling.services.replies import Item
from organisation.models import HandlingUnit
from organisation.services import grant_role
from proposals.enums import ProposalState as P
from proposals.models import Proposal
from supervision.services import key_cases, publication

#: Of the filed proposals of a year, in their order: which went an unusual way.
REFUSED, GRANTED, EXTENDED, UNHAPPY, SENT_BACK = 3, 9, 5, 7, 12
KEY_CASES = (1, 4, 8)
#: The newest filed ones of the year, counted from the last: where they stand today, and how many days ago they started.
STANDING = {1: ("filed", 0), 2: ("dispatched", 16), 3: ("asked", 20), 4: ("sent", 62)}
#: The visitor's own proposal was answered lately, so that an evaluation waits.
ANSWERED_LATELY, OWN_WITHIN = 76, 150
PUBLISHED = 12
WITH_HELPER_EVERY, PROMISED_EVERY, DECLINED_EVERY, REFUSED_EVERY = 4, 2, 5, 14
FRIDAY = 4


class NotYet(Exception):
    """The day has not come."""


@dataclass
class Walk:
    """One proposal on its way; `day` moves on with every step."""

    setting: Setting
    proposal: Proposal
    place: int
    day: datetime
    #: Where it stops for today; empty: as far as the days allow.
    stops: str = ""
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = self.setting.chance(f"handling of {self.proposal.subject}")
        self.words = texts.read("handling")
        self.office = self.setting.staff("county")

    @contextmanager
    def after(self, days: int) -> Iterator[date]:
        """Some days later, in the morning of a working day. Raises NotYet."""
        self.day += timedelta(days=days)
        self.day += timedelta(days=max(0, 7 - self.day.weekday()) if self.day.weekday() > FRIDAY else 0)
        self.day = self.day.replace(hour=9, minute=5 + self.place % 50)
        if self.day > past.REAL_NOW():
            raise NotYet
        with past.on(self.day):
            yield self.day.date()

    def stop_at(self, where: str) -> None:
        """Raises NotYet when this is as far as it has come."""
        if self.stops == where:
            raise NotYet

    def pick(self, what: str) -> Any:
        return self.chance.choice(self.words[what])


def build(setting: Setting) -> None:
    for each in HandlingUnit.objects.filter(office=setting.offices["county"]):
        a_clerk(setting, each)
    for year in (setting.last_year, setting.year):
        begin, end = past.moment(year, 1, 1), past.moment(year + 1, 1, 1)
        filed = list(Proposal.objects.filter(filed_at__gte=begin, filed_at__lt=end).order_by("filed_at", "pk"))
        for place, proposal in enumerate(filed):
            go(a_walk(setting, proposal, place, len(filed) - place if year == setting.year else 0))
    supervise(setting)
    publish(setting)


def a_walk(setting: Setting, proposal: Proposal, place: int, from_last: int) -> Walk:
    stops, days = STANDING.get(from_last, ("", 0))
    own = proposal.proposers.filter(member__user=setting.people["member"], order=1).exists()
    lately = past.REAL_NOW() - proposal.filed_at < timedelta(days=OWN_WITHIN)
    if own and lately and not stops and from_last:
        stops, days = "replied", ANSWERED_LATELY
    start = max(proposal.filed_at, past.REAL_NOW() - timedelta(days=days)) if days else proposal.filed_at
    return Walk(setting, proposal, place, start, stops)


def a_clerk(setting: Setting, unit: HandlingUnit) -> None:
    """Whoever works for the unit; those a visitor cannot sign in as have no password."""
    if unit.postings.exists():
        return
    names = texts.read("handling")["clerks"]
    with past.on(past.moment(setting.year - 4, 1, 1)):
        user = User.objects.create_user(f"unit-{unit.order:02}", None, name=names[unit.order % len(names)])
        grant_role(user=user, role="unit", office=setting.offices["county"], unit=unit, by=None)


def clerk_of(assignment: Assignment) -> User:
    return User.objects.filter(postings__unit=assignment.unit_id).order_by("pk").first()


def go(walk: Walk) -> None:
    try:
        for row in dispatched(walk):
            if row.is_coop:
                opinion(walk, row)
        answer(walk, answering(walk.proposal))
        judge(walk)
        follow_up(walk)
    except NotYet:
        return


def answering(proposal: Proposal) -> Assignment:
    return Assignment.objects.live().exclude(role=AssignmentRole.COOP).get(proposal=proposal)


# --- to the units ----------------------------------------------------------------------------------------------------
def dispatched(walk: Walk) -> list[Assignment]:
    walk.stop_at("filed")
    units = wished(walk)
    roles = (AssignmentRole.LEAD, AssignmentRole.COOP) if len(units) > 1 else (AssignmentRole.SINGLE,)
    with walk.after(9):
        shares = [Share(unit, role) for unit, role in zip(units, roles, strict=False)]
        assignments.plan(proposal=walk.proposal, shares=shares, by=walk.office)
        assignments.dispatch(proposal=walk.proposal, by=walk.office)
    walk.stop_at("dispatched")
    if walk.place in (REFUSED, GRANTED) or walk.stops == "asked":
        ask_for_another(walk)
    with walk.after(2):
        rows = list(Assignment.objects.live().filter(proposal=walk.proposal).select_related("unit"))
        for row in rows:
            handlers = Handlers(walk.pick("leaders"), walk.pick("handlers"), f"0000-66{row.unit_id % 90 + 10}088")
            assignments.sign(assignment=row, handlers=handlers, by=clerk_of(row))
            row.refresh_from_db()
    return rows


def wished(walk: Walk) -> list[HandlingUnit]:
    """The units the proposer named, else any; some with one that helps."""
    units = list(HandlingUnit.objects.filter(office=walk.setting.offices["county"], is_active=True))
    named = [unit for unit in units if unit.name.removeprefix("县") in walk.proposal.wished_units]
    if walk.stops in ("dispatched", "asked"):
        return [unit for unit in units if unit.postings.filter(user=walk.setting.people["unit"]).exists()]
    others = [unit for unit in walk.chance.sample(units, 3) if unit not in named]
    found = [*named, *others]
    return found[:2] if walk.place % WITH_HELPER_EVERY == 1 or len(named) > 1 else found[:1]


def ask_for_another(walk: Walk) -> None:
    """A unit says it is not its business; the office agrees, or not."""
    row = answering(walk.proposal)
    others = HandlingUnit.objects.filter(office=walk.setting.offices["county"]).exclude(
        assignments__proposal=row.proposal
    )
    with walk.after(3):
        requests.request_reassignment(assignment=row, reason=walk.words["reassign"], by=clerk_of(row))
    walk.stop_at("asked")
    with walk.after(2):
        if walk.place == REFUSED:
            requests.refuse_reassignment(assignment=row, reason=walk.words["reassign_refused"], by=walk.office)
        else:
            requests.grant_reassignment(assignment=row, unit=others.order_by("order").first(), by=walk.office)


def opinion(walk: Walk, row: Assignment) -> None:
    """What a helping unit has to say to the lead."""
    with walk.after(12) as day:
        text = {
            "body": f"{walk.pick('openings')}\n涉及我单位职责的部分，我们将积极配合，按时提供有关资料。",
            "category": "",
        }
        written = replies.write(assignment=row, text=fields(row, text), items=[], by=clerk_of(row))
        sign(written, day, clerk_of(row), walk)


# --- the reply ---------------------------------------------------------------------------------------------------
def answer(walk: Walk, row: Assignment) -> Reply:
    clerk, (way, told) = clerk_of(row), walk.pick("contacts")
    with walk.after(6) as day:
        people = "、".join(each.member.name for each in proposers_of(walk.proposal))
        contacts.add(assignment=row, day=day, way=way, persons=f"{people}，承办单位有关人员", note=told, by=clerk)
    if walk.place == EXTENDED:
        extend(walk, row)
    with walk.after(28 + walk.chance.randint(0, 25)) as day:
        written = write(walk, row, day)
        sign(written, day, clerk, walk)
    if walk.place == SENT_BACK:
        with walk.after(2) as day:
            replies.send_back(reply=written, reason="第二条只写了“正在研究”，请写明时间和责任单位。", by=walk.office)
        with walk.after(5) as day:
            written.refresh_from_db()
            written = write(walk, row, day, version=written.version)
            sign(written, day, clerk, walk)
    walk.stop_at("sent")
    with walk.after(2):
        passed = replies.pass_on(reply=written, by=walk.office)
    walk.stop_at("replied")
    return passed


def extend(walk: Walk, row: Assignment) -> None:
    clock = Clock.objects.running().get(assignment=row, stage=Stage.REPLY)
    with walk.after(9):
        asked = requests.request_extension(
            clock=clock, length=Length(1, Unit.MONTHS), reason=walk.words["extension"], by=clerk_of(row)
        )
    with walk.after(2):
        requests.grant_extension(extension=asked, answer="同意延期一个月，请抓紧办理。", by=walk.office)


def write(walk: Walk, row: Assignment, day: date, version: int | None = None) -> Reply:
    items = points(walk, day)
    kinds = {each.kind for each in items}
    category = "B" if ItemKind.PROMISED in kinds else "A" if ItemKind.DONE in kinds else "C"
    body = "\n".join([walk.pick("openings"), walk.pick("measures"), walk.pick("closings")])
    given = fields(row, {"body": body, "category": category})
    return replies.write(assignment=row, text=given, items=items, version=version, by=clerk_of(row))


def fields(row: Assignment, text: dict[str, str]) -> dict[str, str]:
    return {"doc_no": "", "contact_name": row.handler, "contact_phone": row.handler_phone, **text}


def points(walk: Walk, day: date) -> list[Item]:
    """What became of each suggestion: most are done, the last one is often promised, a few are not adopted."""
    lines = [line.partition(" ")[2].rstrip("。；") or line for line in walk.proposal.suggestions.splitlines()]
    kinds = [ItemKind.DONE] * len(lines)
    if walk.place % REFUSED_EVERY == REFUSED_EVERY - 1:
        kinds = [ItemKind.NOT_ADOPTED] * len(lines)
    elif walk.place % DECLINED_EVERY == 0:
        kinds[-1] = ItemKind.NOT_ADOPTED
    elif walk.place % PROMISED_EVERY == 1 or walk.stops:
        kinds[-1] = ItemKind.PROMISED
    return [point(walk, kind, said, day) for kind, said in zip(kinds, lines, strict=True)]


def point(walk: Walk, kind: str, said: str, day: date) -> Item:
    about = f"关于“{said[:60]}”的建议。"
    if kind == ItemKind.PROMISED:
        return Item(
            kind, about + walk.pick("promised"), promised_on=day + timedelta(days=walk.chance.choice((60, 90, 150)))
        )
    if kind == ItemKind.NOT_ADOPTED:
        words, reason = walk.pick("not_adopted")
        return Item(kind, about + words, reason=reason)
    return Item(kind, about + walk.pick("done"))


def sign(written: Reply, day: date, clerk: User, walk: Walk) -> None:
    """Checked and signed in the unit on one day."""
    number = f"岚{written.assignment.unit.name[1:3]}函〔{day.year}〕{walk.place + 3}号"
    written.refresh_from_db()
    replies.to_check(reply=written, by=clerk)
    replies.check(reply=written, name=walk.pick("leaders"), by=clerk)
    replies.sign(reply=written, signatory=walk.pick("leaders"), signed_on=day, doc_no=number, by=clerk)


# --- afterwards --------------------------------------------------------------------------------------------------
def judge(walk: Walk) -> None:
    """Every proposer says what he thinks; one is not satisfied and gets a second reply."""
    unhappy = walk.place == UNHAPPY
    give(walk, Satisfaction.UNSATISFIED if unhappy else None)
    if unhappy:
        row = answering(walk.proposal)
        with walk.after(2):
            rounds.send_again(reply=newest(walk.proposal), reason="", by=walk.office)
        with walk.after(18) as day:
            row.refresh_from_db()
            sign(write(walk, row, day), day, clerk_of(row), walk)
        with walk.after(2):
            replies.pass_on(reply=newest(walk.proposal), by=walk.office)
        give(walk, None)


def newest(proposal: Proposal) -> Reply:
    rows = Reply.objects.filter(assignment__proposal=proposal).exclude(assignment__role=AssignmentRole.COOP)
    return rows.order_by("-round", "-pk").first()


def give(walk: Walk, wanted: str | None) -> None:
    reply = newest(walk.proposal)
    for proposer in proposers_of(walk.proposal):
        with walk.after(3):
            result = wanted or (Satisfaction.MOSTLY if walk.chance.random() < 0.3 else Satisfaction.SATISFIED)
            text = walk.pick("complaints") if wanted else walk.pick("wishes")
            feedback.give(reply=reply, proposer=proposer, handling=Satisfaction.SATISFIED, result=result,
                          text=text, by=proposer.member.user)  # fmt: skip


def follow_up(walk: Walk) -> None:
    """Promises that have come due: kept, all but every fourth."""
    for item in newest(walk.proposal).items.filter(kind=ItemKind.PROMISED).order_by("promised_on"):
        walk.day = max(walk.day, past.moment(item.promised_on.year, item.promised_on.month, item.promised_on.day))
        row = answering(walk.proposal)
        if walk.place % 4 == 3:
            return
        with walk.after(2) as day:
            made = tracking.report(item=item, outcome="kept", text="项目已经完工并投入使用，群众反映良好。", day=day,
                                   by=clerk_of(row))  # fmt: skip
        with walk.after(3):
            tracking.accept(report=made, by=walk.office)


# --- in public ---------------------------------------------------------------------------------------------------
def publish(setting: Setting) -> None:
    """The first finished ones whose proposers agreed."""
    rows = Proposal.objects.filter(state__in=[P.CLOSED, P.FOLLOW_UP], may_publish=True).order_by("filed_at", "pk")
    for proposal in rows[:PUBLISHED]:
        publication.clear(proposal=proposal, by=setting.staff("county"))


# --- key proposals -----------------------------------------------------------------------------------------------
def supervise(setting: Setting) -> None:
    """Three of the year, supervised by the leader; the first one is finished."""
    rows = Proposal.objects.filter(filed_at__gte=past.moment(setting.year, 1, 1), case_no__isnull=False)
    rows = list(rows.order_by("filed_at", "pk"))
    for number, place in enumerate(KEY_CASES):
        if place < len(rows):
            supervise_one(Walk(setting, rows[place], place, rows[place].filed_at), finished=number == 0)


def supervise_one(walk: Walk, *, finished: bool) -> None:
    setting, boss = walk.setting, walk.setting.people["leader"]
    values = {"topic": str(walk.proposal).removeprefix("关于").removesuffix("的提案"), "leader": boss,
              "leader_name": boss.name, "committee": None}  # fmt: skip
    try:
        with walk.after(6):
            case = key_cases.propose(proposal=walk.proposal, year=setting.year, values=values, by=walk.office)
        with walk.after(5):
            key_cases.confirm(case=case, by=setting.people["county-head"])
            for what, who, days in (("听取承办单位汇报", "提案委员会", 40), ("实地察看进展", "提案委员会", 80)):
                until = (walk.day + timedelta(days=days)).date()
                key_cases.set_task(case=case, what=what, who=who, until=until, by=walk.office)
        with walk.after(30) as day:
            key_cases.add_record(case=case, day=day, way="symposium", by=walk.office,
                                 text="召开督办座谈会，承办单位汇报进展，提案人和群众代表提出三条意见。")  # fmt: skip
        with walk.after(2) as day:
            key_cases.add_record(case=case, day=day, is_instruction=True, by=boss,
                                 text="请承办单位把时间表细化到月，下次督办时对照检查。")  # fmt: skip
        if finished:
            with walk.after(60):
                key_cases.finish(
                    case=case, result="主要建议已经落实，其余列入明年计划，由提案委员会继续跟踪。", by=walk.office
                )
    except NotYet:
        return
