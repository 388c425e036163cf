"""A handled proposal for tests of documents and figures, and a made document for the access table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core import files
from handling.models import Assignment, Contact, Feedback, Reply, ReplyItem
from proposals.enums import ProposalState
from proposals.models import Proposal, Proposer
from reports.models import Archive, Paper
from tests import factories as make


@dataclass
class Handled:
    """A joint proposal of two members with one merged into it; a leading and a co-handling unit have answered."""

    office: Any
    session: Any
    people: dict[str, Any] = field(default_factory=dict)
    proposal: Any = None
    merged: Any = None
    lead: Any = None
    coop: Any = None
    reply: Any = None
    opinion: Any = None


def worker(office: Any, role: str, unit: Any = None) -> Any:
    user = make.UserFactory()
    make.PostingFactory(user=user, office=office, role=role, unit=unit)
    return user


def a_member(office: Any, term: Any, name: str) -> Any:
    return make.MemberFactory(office=office, term=term, name=name, user=worker(office, "member"))


def filed(case: Handled, number: int | None, *members: Any, **values: Any) -> Proposal:
    given = {"state": ProposalState.FILED, "case_no": number, "filed_at": make.moment(3, 9), "category": "economy"}
    made = make.ProposalFactory(office=case.office, session=case.session, **{**given, **values})
    for order, member in enumerate(members, 1):
        Proposer.objects.create(proposal=made, member=member, order=order)
    return made


def given(proposal: Proposal, unit: Any, role: str, state: str = "replied", **values: Any) -> Assignment:
    return Assignment.objects.create(
        proposal=proposal, unit=unit, role=role, state=state, dispatched_at=make.moment(3, 20),
        signed_at=make.moment(3, 22), **values,
    )  # fmt: skip


def handled() -> Handled:
    office = make.OfficeFactory(kind="county", name="云溪县政协", short_name="云溪县政协")
    case = Handled(office, make.SessionFactory(term=make.TermFactory(office=office)))
    units = {
        key: make.UnitFactory(office=office, name=name) for key, name in (("lead", "县交通局"), ("coop", "县财政局"))
    }
    case.people = {
        "staff": worker(office, "staff"), "leader": worker(office, "leader"),
        **{f"{key}_clerk": worker(office, "unit", unit) for key, unit in units.items()},
        "other_clerk": worker(office, "unit", make.UnitFactory(office=office, name="县水利局")),
    }  # fmt: skip
    first, second, third = (a_member(office, case.session.term, name) for name in ("张三", "李四", "王五"))
    case.people |= {"first": first.user, "second": second.user, "third": third.user}
    case.people["stranger"] = a_member(office, case.session.term, "赵六").user
    case.proposal = filed(case, 12, first, second, kind="joint", state="replied", subject="关于增设公交站点")
    case.merged = filed(case, None, third, state="merged", merged_into=case.proposal, subject="关于优化公交线路")
    case.lead = given(case.proposal, units["lead"], "lead", note="请与会办单位会商")
    case.coop = given(case.proposal, units["coop"], "coop")
    answered(case)
    return case


def answered(case: Handled) -> None:
    clerk = case.people["lead_clerk"]
    Contact.objects.create(assignment=case.lead, day=date(2026, 4, 1), way="visit", persons="张三", by=clerk)
    signed = {"signed_on": date(2026, 5, 6), "contact_name": "周科长", "contact_phone": "0800-7654321"}
    sent = {"sent_at": make.moment(5, 6), "passed_at": make.moment(5, 7), "state": "passed"}
    case.reply = Reply.objects.create(
        assignment=case.lead, category="B", body="一、基本情况\n已勘察线路。\n二、下一步安排\n列入计划。",
        doc_no="云交提〔2026〕3号", signatory="孙局长", **signed, **sent,
    )  # fmt: skip
    for order, (kind, text, more) in enumerate([
        ("done", "增设两处站点", {}),
        ("promised", "新增一条线路", {"promised_on": date(2026, 12, 31), "state": "open"}),
        ("not_adopted", "票价全免", {"reason": "超出本级财力"}),
    ]):  # fmt: skip
        ReplyItem.objects.create(reply=case.reply, kind=kind, text=text, order=order, **more)
    case.opinion = Reply.objects.create(assignment=case.coop, body="同意安排经费。", **signed, **sent)
    Feedback.objects.create(
        reply=case.reply, proposer=case.proposal.proposers.first(), handling="satisfied", result="unsatisfied"
    )


def add_papers(world: Any) -> None:
    """The text of the filed proposal as a made document."""
    stored = [files.store(b"%PDF-1.7", name=f"提案.{kind}", extension=kind, by=None) for kind in ("pdf", "docx")]
    world.objects["paper"] = Paper.objects.create(
        document="proposal_text", record_id=world["proposal.filed"].pk, fingerprint="0" * 64, title="提案",
        pdf=stored[0], word=stored[1],
    )  # fmt: skip
    package = files.store(b"PK", name="清溪镇2026年归档.zip", extension="zip", by=None)
    world.objects["archive"] = Archive.objects.create(
        office=world.offices["town"], year=make.YEAR, documents=1, file=package, created_by=world.people["staff"]
    )
