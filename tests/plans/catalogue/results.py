"""R01 to R16: the figures a summary must be able to name, each asked as a target would ask it (plans.asking).

`stand_in` names the register or stage still to come where a plain record or a typed result holds its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from activities.models import Finding
from plans.asking import Ask
from plans.enums import Metric
from proposals.models import Proposal
from supervision.models import KeyCase, LookBackCase, LookBackRound
from tests import factories as make
from tests.calls import objects as calls
from tests.plans.catalogue.scene import Recipe, Scene, act, many, proposals

Line = tuple[Ask, Any, str]


@dataclass(frozen=True)
class Result:
    """`lines`: what is asked, its value and measure word."""

    id: str
    about: str
    lines: tuple[Line, ...]
    records: Recipe
    stand_in: str = ""


def of(kind: str, value: Any, unit: str, metric: str = Metric.RECORDS, **filters: str) -> Line:
    return Ask("activities", metric, {"type": kind, **filters}), value, unit


def result(kind: str, value: Any, unit: str, **filters: str) -> Line:
    return Ask("results", filters={"kind": kind, **filters}), value, unit


def case(value: Any, unit: str = "件", metric: str = Metric.RECORDS, **filters: str) -> Line:
    return Ask("proposals", metric, filters), value, unit


def finding(value: int, stage: str, **filters: str) -> Line:
    return Ask("findings", filters={"stage": stage, **filters}), value, "条"


def essay(value: int, **filters: str) -> Line:
    return Ask("submissions", filters={"kind": "essay_contest", **filters}), value, "篇"


# --- records ---------------------------------------------------------------------------------------------------------
def findings(kind: str, count: int, adopted: int = 0, instructed: int = 0, resolved: int = 0) -> Recipe:
    """Suggestions of one activity, so many of them adopted, with an instruction, settled."""

    def run(scene: Scene) -> None:
        held = make.ActivityFactory(office=scene.office, type=make.activity_type(kind))
        day = date(2026, 5, 20)
        for number in range(count):
            Finding.objects.create(
                activity=held, state="following", kind="suggestion", text=f"建议{number}", noted_on=day,
                adopted_on=day if number < adopted else None, instructed_on=day if number < instructed else None,
                resolved_on=day if number < resolved else None,
            )  # fmt: skip

    return run


def newcomers(count: int) -> Recipe:
    """One course for members who are new."""

    def run(scene: Scene) -> None:
        course = make.ActivityFactory(office=scene.office, type=make.activity_type("training"), audience="new_members")
        for member in make.MemberFactory.create_batch(count, office=scene.office, term=scene.members[0].term):
            make.AttendanceFactory(activity=course, member=member)

    return run


def contest(scene: Scene) -> None:
    """Six essays: five with a prize, one of them given at the meeting."""
    held = calls.call(scene.office, state="published", published_at=make.moment(9, 9))
    days = {"submitted_at": make.moment(6, 1), "decided_at": make.moment(7, 1)}
    for prize in ("first", "second", "third", "merit", "merit"):
        presented = "oral" if prize == "first" else ""
        calls.entry(held, scene.members[0], state="accepted", prize=prize, presented=presented, **days)
    calls.entry(held, scene.members[1], state="rejected", **days)
    act("essay_contest", results={"prize_group": 3})(scene)


def key_proposals(count: int, *, among: bool = False) -> Recipe:
    """So many confirmed in May and one that is only a candidate; `among`: of the filed ones there are already."""

    def run(scene: Scene) -> None:
        rows = list(Proposal.objects.filter(office=scene.office, state="filed")) if among else closed(scene, count)
        base = {"office": scene.office, "year": make.YEAR, "leader_name": "陈主席"}
        for proposal in rows[:count]:
            KeyCase.objects.create(state="confirmed", proposal=proposal, confirmed_at=make.moment(5, 9), **base)
        KeyCase.objects.create(state="candidate", proposal=rows[0], **{**base, "year": make.YEAR + 1})

    return run


def looked_back(kind: str, count: int) -> Recipe:
    """So many proposals of this kind in a round, all looked at in May, and one that waits."""

    def run(scene: Scene) -> None:
        held = LookBackRound.objects.create(state="open", office=scene.office, year=make.YEAR, title="回头看")
        rows = [*closed(scene, count, kind=kind), *closed(scene, 1, kind=kind)]
        for proposal in rows[:count]:
            LookBackCase.objects.create(round=held, proposal=proposal, finding="kept", day=date(2026, 5, 20))
        LookBackCase.objects.create(round=held, proposal=rows[count])

    return run


def closed(scene: Scene, count: int, **values: Any) -> list[Proposal]:
    """Proposals whose handling has ended."""
    first = scene.session.proposals.count() + 1
    given = {"office": scene.office, "session": scene.session, "member": scene.members[0], "state": "closed", **values}
    return [make.ProposalFactory(case_no=first + at, filed_at=make.moment(3, 1), **given) for at in range(count)]


RESULTS: tuple[Result, ...] = (
    Result("R01", "报告会次数、学习资料册数",
           (of("lecture", 6, "次"), of("materials", 1680, "册", Metric.COPIES)),
           many(act("lecture", 6), act("materials", 2, copies=840))),
    Result("R02", "学习时间、讨论交流、参学率",
           (of("study", 48, "小时", Metric.HOURS), of("exchange", 4, "次"), of("study", 75, "%", Metric.PERCENT)),
           many(act("study", 4, hours=6, by=2), act("study", 4, hours=6, by=1, away=1), act("exchange", 4))),
    Result("R03", "走访户数、帮扶对子、解决困难",
           (of("visit_household", 16, "户", Metric.HOUSEHOLDS), result("pairs", 13, "对"),
            result("problems_solved", 3, "件")),
           many(act("visit_household", 2, households=8), act("welfare", results={"pairs": 13, "problems_solved": 3}))),
    Result("R04", "整改措施、群众满意率",
           (result("measure_fields", 5, "个"), result("measures", 22, "条"), (Ask("results", Metric.PERCENT), 90, "%")),
           many(act("meeting", results={"measures": 22, "measure_fields": 5}),
                act("forum", results={"surveyed": 40, "satisfied": 36})), "整改措施清单（责任人、时限）"),
    Result("R05", "新委员培训班和人数",
           (of("training", 1, "期", audience="new_members"),
            of("training", 32, "人", Metric.MEMBERS, audience="new_members")), newcomers(32)),
    Result("R06", "征文篇数、各等奖、组织奖、会上交流",
           (essay(6), essay(1, prize="first", stage="awarded"), essay(1, prize="second", stage="awarded"),
            essay(1, prize="third", stage="awarded"), essay(2, prize="merit", stage="awarded"),
            result("prize_group", 3, "个"), essay(1, presented="oral")), contest),
    Result("R07", "提案交办、重点督办、回头看",
           (result("proposals_dispatched", 145, "件"), (Ask("key_proposals"), 2, "件"), (Ask("look_backs"), 4, "件"),
            (Ask("look_backs", filters={"kind": "collective"}), 3, "件")),
           many(act("proposal_dispatch", results={"proposals_dispatched": 145}), key_proposals(2),
                looked_back("collective", 3), looked_back("individual", 1)), "提案交办的记录"),
    Result("R08", "协商提出的建议、被采纳的建议",
           (finding(7, "noted", type="consultation"), finding(4, "adopted", type="consultation")),
           many(findings("consultation", 7, adopted=4), findings("inspection", 2))),
    Result("R09", "提案征集、立案、立案率、办理结果、重点提案",
           (case(4), case(2, stage="filed"), case(50, "%", Metric.PERCENT), result("proposals_solved", 60, "件"),
            result("proposals_planned", 30, "件"), (Ask("key_proposals"), 1, "件")),
           many(proposals(state="filed"), proposals(), act("proposal_supervision", results={
               "proposals_solved": 60, "proposals_planned": 30}), key_proposals(1, among=True)), "提案办理结果的记录"),
    Result("R10", "调研报告、领导批示",
           (of("research_report", 3, "篇"), finding(2, "instructed")),
           many(act("research_report", 3), findings("research", 3, instructed=2)), "调研报告登记"),
    Result("R11", "政协专报、交流发言材料",
           (of("special_report", 4, "篇"), of("speech_paper", 5, "篇")),
           many(act("special_report", 4), act("speech_paper", 5)), "专报登记"),
    Result("R12", "建议协调解决", (finding(3, "resolved"),), findings("forum", 5, resolved=3)),
    Result("R13", "新订制度、修订制度、工作流程",
           (result("regulations_new", 19, "项"), result("regulations_revised", 18, "项"),
            result("procedures", 37, "项")),
           act("regulation", results={"regulations_new": 19, "regulations_revised": 18, "procedures": 37}), "制度登记"),
    Result("R14", "捐款捐物：按用途、现金和物资",
           (of("donation", 52000, "元", Metric.AMOUNT), result("cash_relief", 20000, "元"),
            result("cash_charity", 12000, "元"), result("cash_aid", 15000, "元"), result("goods_value", 5000, "元")),
           many(act("donation", amount=35000, results={"cash_relief": 20000, "cash_aid": 15000}),
                act("donation", amount=17000, results={"cash_charity": 12000, "goods_value": 5000})), "捐赠登记"),
    Result("R15", "政协讲堂、委员之家、书籍",
           (of("lecture_hall", 6, "期"), of("member_studio", 3, "个"), of("publication", 4, "册")),
           many(act("lecture_hall", 6), act("member_studio", 3), act("publication", 4)), "委员工作室登记、出版物登记"),
    Result("R16", "宣传报道（按媒体、级别）、学习资料和简报期数",
           (result("press_cppcc", 7, "篇"), of("publicity", 2, "篇", level="national"), of("materials", 3, "期"),
            of("bulletin", 12, "期")),
           many(act("publicity", results={"press_cppcc": 7}, level="national"), act("publicity", level="national"),
                act("publicity", level="county"), act("materials", 3), act("bulletin", 12)), "宣传报道登记"),
)  # fmt: skip
