"""A year in which everything of domain.md (h2) happened once, with a plan of three sections, for tests of summaries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from handling.models import Assignment, Reply
from proposals.models import Proposal
from reports.documents import Composition, documents
from tests import factories as make
from tests.plans.catalogue.results import RESULTS
from tests.plans.catalogue.scene import Scene, opinions

AS_OF = timezone.make_aware(datetime(make.YEAR, 11, 22, 9))
SECTIONS = (
    ("加强理论学习", "全年举办报告会四次，把学习抓实。"),
    ("写好提案和社情民意信息", "全年征集提案三十件。"),
    ("主动服务群众", "走访困难群众，帮扶困难家庭。"),
)


def filled() -> Scene:
    """The records of R01 to R16, four answers, opinions, and the plan they are told by."""
    scene = Scene()
    for entry in RESULTS:
        entry.records(scene)
    opinions(2, category="livelihood")(scene)
    opinions(1, by=1, category="environment", state="accepted", decided_at=make.moment(6, 1))(scene)
    answered(scene, "AAB")
    planned(scene)
    return scene


def answered(scene: Scene, categories: str) -> None:
    unit = make.UnitFactory(office=scene.office)
    proposals = Proposal.objects.filter(office=scene.office, state="closed").order_by("pk")
    for proposal, category in zip(proposals, categories, strict=False):
        sent = make.moment(3, 20)
        given = Assignment.objects.create(proposal=proposal, unit=unit, role="single", state="replied",
                                          dispatched_at=sent, signed_at=sent)  # fmt: skip
        Reply.objects.create(assignment=given, category=category, body="已办理。", state="passed",
                             sent_at=make.moment(5, 6), passed_at=make.moment(5, 7))  # fmt: skip


def planned(scene: Scene) -> None:
    """Four targets, of which one is met, one short, one of every member, one of results; two items, one held."""
    plan = make.PlanFactory(office=scene.office, revision=2, approved_at=make.moment(1, 10))
    for order, (title, body) in enumerate(SECTIONS):
        make.SectionFactory(plan=plan, order=order, title=title, body=body)
    for text, more in (
        ("举办报告会四次", {"filters": {"type": "lecture"}, "amount": 4}),
        ("征集提案三十件", {"measure": "proposals", "filters": {}, "amount": 30}),
        ("每名委员报送社情民意信息三条", {"measure": "opinions", "filters": {}, "amount": 3, "scope": "each_member"}),
        ("结成帮扶对子二十对", {"measure": "results", "filters": {"kind": "pairs"}, "amount": 20}),
    ):
        make.TargetFactory(plan=plan, text=text, **more)
    visit = make.ItemFactory(plan=plan, kind="visit_household", topic="走访慰问困难群众", month=2)
    make.ItemFactory(plan=plan, kind="lecture", topic="年末报告会", month=12)
    held = make.ActivityFactory(
        office=scene.office, type=make.activity_type("visit_member"), title="走访慰问", item_lineage=visit.lineage,
        starts_at=make.moment(2, 3), outcome="收集到意见5条。", state="summarised",
    )  # fmt: skip
    make.AttendanceFactory(activity=held, member=scene.members[0])


def composed(scene: Any, key: str = "annual_summary", part: str = "") -> Composition:
    return documents.get(key).of(scene.office, make.YEAR, AS_OF, part)
