"""H01 to H40: each target as a clerk enters it, the records that fill it, and how it stands before and after.

`asks` are the fields of the target form (text, scope "office", period "year", operator "at_least" and metric "records"
unless said); `before` and `after` the standing in words with nothing recorded and with all of it. `stand_in` names the
register that is still to come where a plain record holds its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests import factories as make
from tests.plans.catalogue.scene import (
    Recipe,
    Scene,
    act,
    approved_plan,
    consultation,
    document,
    many,
    opinions,
    own,
    proposals,
)

Asked = dict[str, Any]
EACH: Asked = {"scope": "each_member"}
NONE_OF_TWO = "2名委员中0名已达到（共0{unit}） · 还差2名委员"


def on(kind: str, amount: Any, **more: Any) -> Asked:
    """A target on activities of one type."""
    return {"subject": f"activities?type={kind}", "amount": amount, **more}


def each(subject: str, amount: Any = 1, **more: Any) -> Asked:
    return {"subject": subject, "amount": amount, **EACH, **more}


def each_on(kind: str, amount: Any = 1, **more: Any) -> Asked:
    return each(f"activities?type={kind}", amount, **more)


@dataclass(frozen=True)
class Entry:
    id: str
    about: str
    asks: tuple[Asked, ...]
    records: Recipe
    before: tuple[str, ...]
    after: tuple[str, ...]
    stand_in: str = ""


def plain(id: str, about: str, ask: Asked, records: Recipe, before: str, after: str, stand_in: str = "") -> Entry:
    """An entry of one target."""
    return Entry(id, about, (ask,), records, (before,), (after,), stand_in)


def office(id: str, about: str, kind: str, amount: int, unit: str = "次", stand_in: str = "") -> Entry:
    """So many records of one type in the year."""
    goal = f"不少于{amount}{unit} · 已完成"
    return plain(id, about, on(kind, amount), act(kind, amount), f"{goal}0{unit} · 还差{amount}{unit}",
                 f"{goal}{amount}{unit}", stand_in)  # fmt: skip


def rhythm(id: str, about: str, kind: str, period: str, words: str, months: tuple[int, ...]) -> Entry:
    """One in every period."""
    times, goal = len(months), f"{words}不少于1次 · 已完成"
    return plain(id, about, on(kind, 1, period=period), act(kind, times, months=months),
                 f"{goal}0次 · 还差{times}次", f"{goal}{times}次")  # fmt: skip


def members(unit: str, count: int = 2, goal: str = "每名委员不少于1") -> tuple[str, str]:
    """Before and after of a target that asks of each of two members."""
    return (f"{goal}{unit} · {NONE_OF_TWO.format(unit=unit)}", f"{goal}{unit} · 2名委员中2名已达到（共{count}{unit}）")


def campaign(id: str, about: str, asks: list[tuple[Asked, str]], records: Recipe, stand_in: str = "") -> Entry:
    """N个一: a target of each member per item; the second of a pair is the measure word."""
    words = [members(unit) for _, unit in asks]
    return Entry(
        id,
        about,
        tuple(ask for ask, _ in asks),
        records,
        tuple(b for b, _ in words),
        tuple(a for _, a in words),
        stand_in,
    )


def funds_of_the_second(scene: Scene) -> None:
    """One brings a project, the other one funds: both have done their part."""
    activity = make.ActivityFactory(office=scene.office, type=make.activity_type("investment_funds"))
    make.AttendanceFactory(activity=activity, member=scene.members[1])


QUARTERS, MONTHS, PAIRS = (1, 4, 7, 10), tuple(range(1, 13)), (1, 3, 5, 7, 9, 11)
OPINIONS, PROPOSALS = (each("opinions"), "条"), (each("proposals"), "件")
DEED = (each_on("good_deed"), "件")
FUNDS = (each_on("investment_project", alternative="activities?type=investment_funds"), "项")
PROJECT_OR_FUNDS = many(act("investment_project", by=1), own("investment_funds"))
TEN = ("inspection", "research", "study", "exchange", "visit_household", "welfare", "reception_day", "outreach",
       "forum", "fellowship")  # fmt: skip
INVESTMENT, ISSUES = "招商项目和资金登记", "社情民意刊物登记"
FORMS = {"plenary": 1, "standing": 2, "chair": 4, "thematic": 1, "bimonthly": 1, "counterpart": 4, "appraisal": 5}

ENTRIES: tuple[Entry, ...] = (
    plain("H01", "编发社情民意8期", on("opinion_issue", 8, operator="exactly"), act("opinion_issue", 8),
          "计划8期 · 已完成0期 · 还差8期", "计划8期 · 已完成8期", ISSUES),
    plain("H02", "走访委员60人次，同一委员两次算两人次", on("visit_member", 60, metric="person_times"),
          act("visit_member", 30, by=2), "不少于60人次 · 已完成0人次 · 还差60人次", "不少于60人次 · 已完成60人次"),
    Entry("H03", "走访党派科室2次、县区政协1次",
          (on("visit_unit", 2, narrow="activities?place_kind=party_org"),
           on("visit_unit", 1, narrow="activities?place_kind=county_cppcc")),
          many(act("visit_unit", 2, place_kind="party_org"), act("visit_unit", place_kind="county_cppcc")),
          ("不少于2次 · 已完成0次 · 还差2次", "不少于1次 · 已完成0次 · 还差1次"),
          ("不少于2次 · 已完成2次", "不少于1次 · 已完成1次")),
    plain("H04", "每季度一次活动，四落实才算", {"subject": "activities", "amount": 1, "period": "quarter"},
          many(act("forum", 4, months=QUARTERS), act("forum", state="preparing")),
          "每季度不少于1次 · 已完成0次 · 还差4次", "每季度不少于1次 · 已完成4次"),
    plain("H05", "每名委员2—3篇心得", each_on("reflection", 2, operator="range", amount_max=3),
          own("reflection", 2), *members("篇", 4, "每名委员2—3"), "心得体会登记"),
    office("H06", "学习交流会一次", "exchange", 1),
    plain("H07", "每名委员社情民意1—2条", each("opinions", 1, operator="range", amount_max=2), opinions(),
          *members("条", 2, "每名委员1—2")),
    campaign("H08", "五个一（甲），其中一项二选一",
             [PROPOSALS, (each_on("research"), "次"), (each_on("suggestion"), "条"), FUNDS, DEED],
             many(proposals(), own("research"), own("suggestion"), act("investment_project", by=1), funds_of_the_second,
                  own("good_deed")), INVESTMENT),
    campaign("H09", "五个一（乙），项目可以另定",
             [OPINIONS, PROPOSALS, (each_on("research", alternative="activities?type=inspection"), "次"), DEED, FUNDS],
             many(opinions(), proposals(), own("inspection"), own("good_deed"),
                  own("investment_funds")), INVESTMENT),
    campaign("H10", "四个一：调查报告或提案、建议、招商信息、公益",
             [(each_on("research_report", alternative="proposals"), "项"), (each_on("suggestion"), "条"),
              (each_on("investment_lead"), "条"), (each_on("welfare"), "次")],
             many(proposals(), own("suggestion"), own("investment_lead"), own("welfare")), INVESTMENT),
    campaign("H11", "十个一：项数不限", [(each_on(kind), "次") for kind in TEN],
             many(*(own(kind) for kind in TEN))),
    office("H12", "集中学习四次", "study", 4),
    office("H13", "专题调研一次", "research", 1),
    office("H14", "视察两次以上", "inspection", 2),
    campaign("H15", "每名委员一件立案提案、一条采用的社情民意",
             [(each("proposals?stage=filed"), "件"), (each("opinions?stage=accepted"), "条")],
             many(proposals(state="filed"), opinions(state="accepted", decided_at="2026-06-01T09:00+08:00"))),
    plain("H16", "每名委员化解一件矛盾", each_on("mediation"), own("mediation"), *members("件")),
    office("H17", "帮扶一名学生（化名登记）", "pairing_aid", 1, "个", "帮扶结对登记"),
    plain("H18", "三月起每月约谈，全年六次", on("chair_talk", 6, operator="exactly"),
          act("chair_talk", 6, months=range(3, 9)), "计划6次 · 已完成0次 · 还差6次", "计划6次 · 已完成6次"),
    office("H20", "培训班两期", "training", 2, "期"),
    plain("H21", "每名委员两份提案", each("proposals", 2), proposals(2), *members("件", 4, "每名委员不少于2")),
    plain("H22", "每名委员至少走访一次", each_on("visit_member"), own("visit_member"), *members("次")),
    plain("H23", "争取每名委员都有帮扶对象（先到九成）", each_on("pairing_aid", coverage_goal="90"),
          own("pairing_aid"), "每名委员不少于1个（覆盖面90%以上） · " + NONE_OF_TWO.format(unit="个"),
          "每名委员不少于1个（覆盖面90%以上） · 2名委员中2名已达到（共2个）", "帮扶结对登记"),
    rhythm("H24", "一月一课", "study", "month", "每月", MONTHS),
    Entry("H25", "每季度学习日、碰头日各一次",
          (on("study_day", 1, period="quarter"), on("meetup_day", 1, period="quarter")),
          many(act("study_day", 4, months=QUARTERS), act("meetup_day", 4, months=QUARTERS)),
          ("每季度不少于1次 · 已完成0次 · 还差4次",) * 2, ("每季度不少于1次 · 已完成4次",) * 2),
    office("H26", "专题协商两次以上", "consultation", 2),
    office("H27", "调研文章两篇以上", "research_report", 2, "篇", "调研报告登记"),
    plain("H28", "明确两名专人", {"subject": "results?kind=staff_assigned", "amount": 2},
          act("duty_assignment", results={"staff_assigned": 2}), "不少于2名 · 已完成0名 · 还差2名",
          "不少于2名 · 已完成2名", "岗位职责登记"),
    office("H29", "专题调研两次", "research", 2),
    plain("H30", "集体活动四次以上", {"subject": "activities", "amount": 4},
          many(act("forum", 2), act("welfare", 2), act("reflection", 3)),
          "不少于4次 · 已完成0次 · 还差4次", "不少于4次 · 已完成4次"),
    Entry("H31", "捐款活动一次，并记捐款数", (on("donation", 1), on("donation", "", metric="amount")),
          act("donation", by=2, amount=20500),
          ("不少于1次 · 已完成0次 · 还差1次", "数量待定 · 已完成0元"),
          ("不少于1次 · 已完成1次", "数量待定 · 已完成20500元")),
    rhythm("H32", "双月委员活动日", "activity_day", "two_months", "每两个月", PAIRS),
    Entry("H33", "每季度“三进”，社区、农村、企业都到",
          (on("outreach", 1, period="quarter"),
           *(on("outreach", 1, narrow=f"activities?place_kind={place}")
             for place in ("community", "village", "enterprise"))),
          many(act("outreach", 2, months=(1, 4), place_kind="community"),
               act("outreach", months=[7], place_kind="village"),
               act("outreach", months=[10], place_kind="enterprise")),
          ("每季度不少于1次 · 已完成0次 · 还差4次", *["不少于1次 · 已完成0次 · 还差1次"] * 3),
          ("每季度不少于1次 · 已完成4次", "不少于1次 · 已完成2次", *["不少于1次 · 已完成1次"] * 2)),
    Entry("H34", "年初有计划、半年有小结、年终有总结",
          ({"subject": "plans", "amount": 1}, {"subject": "documents?document=half_year_summary", "amount": 1},
           {"subject": "documents?document=annual_summary", "amount": 1}),
          many(approved_plan, document("half_year_summary"), document("annual_summary")),
          ("不少于1份 · 已完成0份 · 还差1份",) * 3, ("不少于1份 · 已完成1份",) * 3),
    office("H35", "向党委汇报四次以上", "report_to_party", 4),
    rhythm("H36", "每季度一次会议（材料齐全见活动清单）", "meeting", "quarter", "每季度", QUARTERS),
    office("H37", "组长会议四次以上", "group_leader_meeting", 4),
    office("H38", "先进典型材料三篇以上", "model_story", 3, "篇", "宣传报道登记"),
    Entry("H39", "年度协商18项，按形式分",
          (on("consultation", 18, operator="exactly"),
           *(on("consultation", count, narrow=f"activities?form={form}", operator="exactly")
             for form, count in FORMS.items())),
          many(*(consultation(form, count) for form, count in FORMS.items())),
          ("计划18次 · 已完成0次 · 还差18次", *(f"计划{n}次 · 已完成0次 · 还差{n}次" for n in FORMS.values())),
          ("计划18次 · 已完成18次", *(f"计划{n}次 · 已完成{n}次" for n in FORMS.values()))),
    Entry("H40", "提案人均、社情民意，数量留空", ({"subject": "proposals", "amount": "", "metric": "average"},
                                   {"subject": "opinions", "amount": ""}),
          many(proposals(2, by=1), proposals(by=2), opinions(3, by=1)),
          ("人均数量待定 · 目前人均0件（共0件，委员2人）", "数量待定 · 已完成0条"),
          ("人均数量待定 · 目前人均2件（共4件，委员2人）", "数量待定 · 已完成3条")),
)  # fmt: skip
