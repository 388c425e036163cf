"""Replies for tests: a case with its unit and proposers, and the way of a reply through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from core import files, textversions
from core.clock import today
from handling.enums import AssignmentState, FeedbackVia, ItemKind, ReplyState, Satisfaction
from handling.models import Assignment, Contact, Feedback, Reply, ReplyFile, ReplyItem
from handling.services import clocks, feedback, replies
from handling.services.replies import Item
from organisation.models import Rule
from proposals.enums import ProposalState
from proposals.models import Proposal, Proposer
from tests import factories as make

TEXT = {"category": "B", "body": "王委员：\n您的提案收悉，现答复如下。", "doc_no": "县交函〔2026〕8号",
        "contact_name": "周科长", "contact_phone": "0800-7654321"}  # fmt: skip
ITEMS = [
    Item(ItemKind.DONE, "延长两条线路的末班车时间。"),
    Item(ItemKind.PROMISED, "增设三处站点。", promised_on=date(2027, 6, 30)),
    Item(ItemKind.NOT_ADOPTED, "全部改为免费乘车。", reason="本年度财政没有安排。"),
]


@dataclass
class Case:
    """One filed proposal with its unit; `clerk` works for the unit, `staff` for the office."""

    office: Any
    staff: Any
    unit: Any
    clerk: Any
    proposal: Proposal
    assignment: Assignment

    @property
    def proposers(self) -> list[Proposer]:
        return list(self.proposal.proposers.select_related("member__user"))


def case(*, proposers: int = 1, role: str = "single") -> Case:
    office = make.OfficeFactory(kind="county")
    term = make.TermFactory(office=office)
    session = make.SessionFactory(term=term)
    members = [make.MemberFactory(office=office, term=term, user=worker(office, "member")) for _ in range(proposers)]
    proposal = a_proposal(office, session, members)
    unit = make.UnitFactory(office=office)
    assignment = an_assignment(proposal, unit, role)
    return Case(office, worker(office, "staff"), unit, worker(office, "unit", unit), proposal, assignment)


def a_proposal(office: Any, session: Any, members: list[Any], **values: Any) -> Proposal:
    """Handled, with case number 1 unless told otherwise."""
    values = {"state": ProposalState.HANDLING, "case_no": 1, "filed_at": timezone.now(), **values}
    made = make.ProposalFactory(office=office, session=session, **values)
    Proposer.objects.bulk_create(Proposer(proposal=made, member=each, order=n) for n, each in enumerate(members, 1))
    return made


def an_assignment(proposal: Proposal, unit: Any, role: str = "single", state: str = "handling") -> Assignment:
    now = timezone.now()
    made = Assignment.objects.create(
        proposal=proposal, unit=unit, role=role, state=state, dispatched_at=now, signed_at=now
    )  # fmt: skip
    clocks.start(stage="coop" if role == "coop" else "reply", proposal=proposal, assignment=made, by=None)
    return made


def worker(office: Any, role: str, unit: Any = None) -> Any:
    user = make.UserFactory()
    make.PostingFactory(user=user, office=office, role=role, unit=unit)
    return user


def set_rule(key: str, value: Any) -> None:
    Rule.objects.filter(key=key).update(value=value)


# --- the way of a reply ------------------------------------------------------------------------------------------
def drafted(one: Case, items: Any = ITEMS, **text: str) -> Reply:
    return replies.write(assignment=one.assignment, text={**TEXT, **text}, items=items, by=one.clerk)


def checked(one: Case, **text: str) -> Reply:
    """Waits for the signature."""
    reply = drafted(one, **text)
    replies.to_check(reply=reply, by=one.clerk)
    return replies.check(reply=reply, name="钱主任", by=one.clerk)


def sent(one: Case, **text: str) -> Reply:
    return replies.sign(reply=checked(one, **text), signatory="孙局长", signed_on=today(), doc_no=TEXT["doc_no"],
                        by=one.clerk)  # fmt: skip


def passed(one: Case, **text: str) -> Reply:
    return replies.pass_on(reply=sent(one, **text), by=one.staff)


def answer(reply: Reply, proposer: Proposer, result: str = "satisfied", **more: Any) -> Feedback:
    values = {"handling": "satisfied", "text": "请再研究。" if result == "unsatisfied" else "", **more}
    return feedback.give(reply=reply, proposer=proposer, result=result, by=proposer.member.user, **values)


# --- the world of the access table ---------------------------------------------------------------------------------
#: key → (reply, assignment, proposal): the states of a case of the county, written by "owner", handled by "unit".
STATES = {
    "draft": ("draft", "handling", "handling"),
    "signing": ("signing", "handling", "handling"),
    "sent": ("sent", "handling", "handling"),
    "passed": ("passed", "replied", "replied"),
    "judged": ("passed", "replied", "replied"),
}


def add_replies(world: Any) -> None:
    """A reply in each state; of the last one a proposer is not satisfied."""
    county, home, owner = world.offices["county"], world.offices["town"], world["member.owner"]
    clerk = world.people["unit"]
    for number, (key, (reply, assignment, state)) in enumerate(STATES.items(), 901):
        proposal = a_proposal(county, world["session"], [owner], case_no=number, home_office=home, state=state)
        row = a_row(proposal, world["unit"], assignment)
        world.objects[f"reply.{key}"] = a_reply(row, reply, clerk)
    draft, photo = world["reply.draft"], files.store(b"photo", name="a.jpg", extension="jpg", by=clerk)
    world.objects["contact"] = a_contact(draft.assignment, clerk, photo=photo)
    textversions.keep(draft, {"body": "旧的正文", "items": ""}, by=clerk)
    world.objects["reply_file"] = ReplyFile.objects.create(reply=world["reply.passed"], file=a_scan(clerk))
    world.objects["feedback"] = an_answer(world["reply.judged"], a_scan(clerk))


def a_row(proposal: Proposal, unit: Any, state: str) -> Assignment:
    now = timezone.now()
    return Assignment.objects.create(
        proposal=proposal, unit=unit, state=state, dispatched_at=now, signed_at=now,
        replied_at=now if state == AssignmentState.REPLIED else None,
    )  # fmt: skip


def a_reply(assignment: Assignment, state: str, clerk: Any) -> Reply:
    now = timezone.now()
    out = {"sent_at": now, "signatory": "孙局长", "signed_on": today()} if state in ("sent", "passed") else {}
    passed_at = now if state == ReplyState.PASSED else None
    reply = Reply.objects.create(assignment=assignment, state=state, passed_at=passed_at, **TEXT, **out)
    ReplyItem.objects.create(reply=reply, kind=ItemKind.DONE, text="延长末班车时间。", order=1)
    a_contact(assignment, clerk)
    return reply


def a_contact(assignment: Assignment, clerk: Any, **values: Any) -> Contact:
    return Contact.objects.create(assignment=assignment, day=today(), way="visit", persons="周科长", by=clerk, **values)


def a_scan(by: Any) -> Any:
    return files.store(b"%PDF-1.7 test", name="盖章.pdf", extension="pdf", by=by)


def an_answer(reply: Reply, sheet: Any) -> Feedback:
    bad = Satisfaction.UNSATISFIED
    return Feedback.objects.create(
        reply=reply, proposer=reply.assignment.proposal.proposers.get(), handling=bad, result=bad,
        text="没有写时间。", via=FeedbackVia.PAPER, sheet=sheet,
    )  # fmt: skip
