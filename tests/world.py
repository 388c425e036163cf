"""A small world every access and page test looks at: three offices, one person per role, one object per state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from accounts.roles import ROLES
from core import files
from core.models import Job, SavedView
from notices.models import Notice
from opinions.enums import OpinionState
from organisation.models import Office
from plans.enums import PlanState
from proposals.enums import ProposalState
from reports.models import Report
from tests import factories as make
from tests.administration import add_administration
from tests.calls.objects import add_calls
from tests.handling.objects import add_handling
from tests.handling.reply_objects import add_replies
from tests.proposals.objects import add_proposals
from tests.reports.manuscript_objects import add_manuscripts
from tests.reports.objects import add_papers
from tests.supervision.objects import add_supervision
from tests.surveys.objects import add_surveys

#: key → (role, office): everybody who signs in. "owner" wrote the member objects, "colleague" is of the same office,
#: "stranger" is a member of another office.
PEOPLE = {
    "owner": ("member", "town"),
    "colleague": ("member", "town"),
    "stranger": ("member", "street"),
    "staff": ("staff", "town"),
    "head": ("head", "town"),
    "other_staff": ("staff", "street"),
    "county_staff": ("staff", "county"),
    "county_head": ("head", "county"),
    "leader": ("leader", "county"),
    "unit": ("unit", "county"),
    "sysadmin": ("sysadmin", "county"),
    "secadmin": ("secadmin", "county"),
    "auditadmin": ("auditadmin", "county"),
}


@dataclass
class World:
    offices: dict[str, Office]
    people: dict[str, User]
    objects: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.objects[key]


def build() -> World:
    """Everything there is."""
    world = build_small()
    add_proposals(world)
    add_handling(world)
    add_replies(world)
    add_supervision(world)
    add_papers(world)
    add_manuscripts(world)
    return world


def build_small() -> World:
    """Without what the handling of proposals adds: half of the work, for tests of other parts."""
    offices = build_offices()
    unit = make.UnitFactory(office=offices["county"], name="县交通局")
    people = {key: person(key, role, offices[where], unit) for key, (role, where) in PEOPLE.items()}
    people["disabled"] = person("disabled", "staff", offices["town"], unit)
    people["disabled"].is_active = False
    people["disabled"].save()
    world = World(offices, people)
    add_members(world)
    add_plans(world)
    add_activities(world)
    add_submissions(world)
    add_mechanics(world)
    add_administration(world)
    add_surveys(world)
    add_calls(world)
    return world


def build_offices() -> dict[str, Office]:
    county = make.OfficeFactory(code="T01", short_name="县政协", name="政协青川县委员会", kind=Office.Kind.COUNTY)
    town = make.OfficeFactory(code="T02", short_name="清溪镇联络处", parent=county)
    street = make.OfficeFactory(code="T03", short_name="南门街道联络处", parent=county, kind=Office.Kind.STREET)
    return {"county": county, "town": town, "street": street}


def person(key: str, role: str, office: Office, unit: Any) -> User:
    user = make.UserFactory(username=key, name=f"{ROLES[role].label}{key}"[:20])
    make.PostingFactory(user=user, office=office, role=role, unit=unit if role == "unit" else None)
    return user


def add_members(world: World) -> None:
    term = make.TermFactory(office=world.offices["county"])
    world.objects["session"] = make.SessionFactory(term=term)
    world.objects["unit"] = world.people["unit"].postings.get().unit
    world.objects["group"] = make.GroupFactory(office=world.offices["town"])
    for key, name, office in (
        ("owner", "㛃小喆", "town"),
        ("colleague", "曾䶮", "town"),
        ("stranger", "欧阳玥", "street"),
    ):
        world.objects[f"member.{key}"] = make.MemberFactory(
            name=name, user=world.people[key], office=world.offices[office], term=term
        )


def add_plans(world: World) -> None:
    town = world.offices["town"]
    world.objects["plan.approved"] = make.PlanFactory(office=town)
    world.objects["plan.draft"] = make.PlanFactory(office=town, year=2027, state=PlanState.DRAFT)
    world.objects["plan.submitted"] = make.PlanFactory(office=town, year=2028, state=PlanState.SUBMITTED)
    for key in ("plan.approved", "plan.draft", "plan.submitted"):
        plan = world[key]
        world.objects[f"section.{key[5:]}"] = make.SectionFactory(plan=plan)
        world.objects[f"target.{key[5:]}"] = make.TargetFactory(plan=plan)
        world.objects[f"item.{key[5:]}"] = make.ItemFactory(plan=plan)
    past = make.PlanFactory(office=world.offices["street"], year=2025)
    world.objects["item.open"] = make.ItemFactory(plan=past, month=12, topic="座谈全年工作")


def add_activities(world: World) -> None:
    town, lineage = world.offices["town"], world["item.approved"].lineage
    world.objects["activity.preparing"] = make.ActivityFactory(office=town, state="preparing")
    world.objects["activity.held"] = make.ActivityFactory(office=town, item_lineage=lineage)
    world.objects["activity.cancelled"] = make.ActivityFactory(office=town, state="cancelled")
    world.objects["attendance"] = make.AttendanceFactory(activity=world["activity.held"], member=world["member.owner"])


def add_submissions(world: World) -> None:
    county, town, owner = world.offices["county"], world.offices["town"], world["member.owner"]
    base = {"office": county, "home_office": town, "session": world["session"], "member": owner}
    draft = {"state": ProposalState.DRAFT, "submitted_at": None}
    filed = {"state": ProposalState.FILED, "case_no": 1, "filed_at": make.moment(3, 9)}
    world.objects["proposal.draft"] = make.ProposalFactory(**base, **draft)
    world.objects["proposal.submitted"] = make.ProposalFactory(**base)
    world.objects["proposal.returned"] = make.ProposalFactory(**base, state=ProposalState.RETURNED)
    world.objects["proposal.filed"] = make.ProposalFactory(**base, **filed)
    unsent = {"state": OpinionState.DRAFT, "submitted_at": None}
    world.objects["opinion.draft"] = make.OpinionFactory(office=town, member=owner, **unsent)
    world.objects["opinion.submitted"] = make.OpinionFactory(office=town, member=owner)
    world.objects["opinion.accepted"] = make.OpinionFactory(
        office=town, member=owner, state=OpinionState.ACCEPTED, decided_at=make.moment(5, 9)
    )


def add_mechanics(world: World) -> None:
    world.objects["job.of_staff"] = Job.objects.create(
        kind="reports.render", title="年度计划", owner=world.people["staff"], params={}, state="failed"
    )
    world.objects["view.of_staff"] = SavedView.objects.create(
        owner=world.people["staff"], path="/proposals/", name="经济类", query="category=economy"
    )
    world.objects["report"] = Report.objects.create(
        office=world.offices["town"], document="annual_plan", year=make.YEAR, title="清溪镇联络处工作计划",
        as_of=make.moment(6, 30), pages=1, created_by=world.people["staff"],
        file=files.store(b"%PDF-1.7 test", name="计划.pdf", extension="pdf", by=None),
    )  # fmt: skip
    world.objects["notice.of_owner"] = Notice.objects.create(recipient=world.people["owner"], text="提案已立案")
