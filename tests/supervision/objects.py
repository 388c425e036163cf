"""Supervision for tests: a small office with a leader, a judge and proposals; the rows of the access table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core import files
from core.clock import today
from handling.models import FollowUpReport, ReplyItem
from handling.services import clocks
from proposals.models import Proposal
from supervision.models import (
    Election,
    Exchange,
    KeyCase,
    KeyFile,
    KeyRecord,
    KeyTask,
    LookBackCase,
    LookBackRound,
    Nomination,
    Publication,
)
from tests import factories as make
from tests.handling import reply_objects as handled


@dataclass
class Office:
    """A committee's office with its people, a unit, and a member who writes."""

    office: Any
    session: Any
    member: Any
    unit: Any
    staff: Any
    head: Any
    leader: Any
    judge: Any

    def proposal(self, number: int, **values: Any) -> Proposal:
        """A closed one, filed this year."""
        given = {"state": "closed", "case_no": number, "subject": f"第{number}件事的提案", **values}
        return handled.a_proposal(self.office, self.session, [self.member], **given)


def office() -> Office:
    here = make.OfficeFactory(kind="county")
    term = make.TermFactory(office=here)
    member = make.MemberFactory(office=here, term=term, user=handled.worker(here, "member"))
    people = [handled.worker(here, role) for role in ("staff", "head", "leader", "leader")]
    return Office(here, make.SessionFactory(term=term), member, make.UnitFactory(office=here), *people)


# --- the world of the access table ---------------------------------------------------------------------------------
def add_supervision(world: Any) -> None:
    """Of the county, about proposals "owner" wrote in the town; "leader" supervises and judges."""
    proposals = [a_case(world, number) for number in range(951, 957)]
    add_promise(world, proposals[0])
    add_key_cases(world, proposals)
    add_look_back(world, proposals[2])
    add_elections(world, proposals[3])
    add_publication(world, proposals[4])
    batch = Exchange.objects.create(
        office=world.offices["county"], direction="in", form="json", count=1, by=world.people["county_staff"],
        report=[{"number": 1, "key": "a", "kind": "sign", "ok": False, "assignment": "0", "sentence": "没有。"}],
        file=files.store(b'{"format": "liaison-exchange/1", "answers": [{}]}', name="办理.json", extension="json",
                         by=None),
    )  # fmt: skip
    world.objects["exchange"] = batch


def a_case(world: Any, number: int) -> Proposal:
    return handled.a_proposal(
        world.offices["county"], world["session"], [world["member.owner"]], case_no=number, state="closed",
        home_office=world.offices["town"],
    )  # fmt: skip


def add_promise(world: Any, proposal: Proposal) -> None:
    row = handled.a_row(proposal, world["unit"], "done")
    reply = handled.a_reply(row, "passed", world.people["unit"])
    for key, by in (("open", None), ("reported", world.people["unit"])):
        item = ReplyItem.objects.create(reply=reply, kind="promised", text="增设站点。", promised_on=today(), order=2,
                                        state="open")  # fmt: skip
        clocks.start(stage="follow_up", proposal=proposal, assignment=row, by=None, subject_id=item.pk)
        world.objects[f"promise.{key}"] = item
        if by:
            world.objects["follow_up"] = FollowUpReport.objects.create(
                item=item, outcome="kept", text="已建成。", day=today(), by=by, file=handled.a_scan(by)
            )


def add_key_cases(world: Any, proposals: list[Proposal]) -> None:
    county, now = world.offices["county"], timezone.now()
    base = {"office": county, "year": now.year, "leader_name": "陈主席"}
    world.objects["proposal.plain"] = proposals[5]
    world.objects["key_case.candidate"] = KeyCase.objects.create(state="candidate", proposal=proposals[0], **base)
    case = KeyCase.objects.create(
        state="confirmed", proposal=proposals[1], confirmed_at=now, leader=world.people["leader"], **base
    )
    world.objects["key_case.confirmed"] = case
    task = {"what": "实地考察", "who": "提案委", "until": today() - timedelta(days=1)}
    world.objects["key_task"] = KeyTask.objects.create(case=case, **task)
    record = KeyRecord.objects.create(case=case, day=today(), way="site_visit", text="看了现场。",
                                      by=world.people["county_staff"])  # fmt: skip
    world.objects["key_file"] = KeyFile.objects.create(record=record, file=handled.a_scan(None))


def add_look_back(world: Any, proposal: Proposal) -> None:
    each = LookBackRound.objects.create(state="open", office=world.offices["county"], year=today().year, title="回看")
    world.objects["look_back"] = each
    case = LookBackCase.objects.create(round=each, proposal=proposal, file=handled.a_scan(None))
    world.objects["look_back_case"] = case


def add_elections(world: Any, proposal: Proposal) -> None:
    county = world.offices["county"]
    base = {"office": county, "year": today().year, "kind": "proposals", "quota": 1}
    for state in ("collecting", "judging", "deliberating"):
        each = Election.objects.create(state=state, title=f"优秀提案（{state}）", **base)
        each.judges.add(world.people["leader"])
        row = Nomination.objects.create(
            election=each, proposal=proposal, reason="已解决。", elected=state != "collecting",
            by=world.people["county_staff"],
        )  # fmt: skip
        world.objects[f"election.{state}"] = each
        world.objects[f"nomination.{state}"] = row


def add_publication(world: Any, proposal: Proposal) -> None:
    world.objects["proposal.public"] = proposal
    Publication.objects.create(
        proposal=proposal, decision="cleared", subject="关于夜间公交的提案", suggestions="延长末班车时间。",
        by=world.people["county_staff"], at=timezone.now(), first_public_at=timezone.now(),
    )  # fmt: skip
