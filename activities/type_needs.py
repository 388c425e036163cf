"""What each shipped type of activity needs; offices change it on the page “活动类型”. Skeletons are headings only."""

from __future__ import annotations

from dataclasses import dataclass

from activities.enums import TypePart
from activities.evidence import AGENDA, BRIEFING, DOCUMENT, NOTICE, OTHER, REPORT, SIGN_IN, USUAL
from activities.models import ActivityType, TypeNeeds
from organisation.defaults import ship_codes, ship_rule
from organisation.lists import CodeList, RuleName, codes, rules

MATERIAL_KIND, FINDING_KIND, LEAST_BALLOTS = "material_kind", "finding_kind", "activity.least_ballots"
MATERIAL_KINDS = [
    (NOTICE, "通知"),
    (AGENDA, "议程"),
    (DOCUMENT, "会议材料"),
    (REPORT, "报告"),
    (SIGN_IN, "签到表"),
    (BRIEFING, "简报"),
    (OTHER, "其他"),
]
FINDING_KINDS = [("problem", "问题"), ("opinion", "意见"), ("suggestion", "建议")]

MEETING = "一、议题\n\n二、主要发言\n\n三、议定事项\n"
CONSULTATION = "一、协商议题\n\n二、发言摘要\n\n三、意见建议\n\n四、领导回应\n\n五、后续安排\n"
FIELD = "一、基本情况\n\n二、看到的成效\n\n三、发现的问题\n\n四、意见建议\n"
APPRAISAL = "一、评议对象和内容\n\n二、评议过程\n\n三、测评结果\n\n四、意见和整改要求\n"
BRIEFED = "一、通报内容\n\n二、委员提问\n\n三、回应和下一步安排\n"
TALK = "一、约谈议题\n\n二、委员意见建议\n\n三、主席回应\n\n四、交办事项\n"

FINDINGS, SCORES, PROJECTS = TypePart.FINDINGS.value, TypePart.SCORES.value, TypePart.PROJECTS.value
WITH_MATERIAL = ("notice", "material", "minutes", "photos", "attendance")
WITH_REPORT = ("notice", "minutes", "photos", "attendance", "report")


@dataclass(frozen=True)
class Shipped:
    evidence: tuple[str, ...] = USUAL
    parts: tuple[str, ...] = ()
    skeleton: str = ""
    report_to: str = ""
    report_days: int | None = None


#: code of the type → what it needs (domain.md h5 T05–T08, T11, T20, T25, T28 and the sequence of consultations).
SHIPPED: dict[str, Shipped] = {
    "inspection": Shipped(WITH_REPORT, (FINDINGS, PROJECTS), FIELD, "上级政协", 10),
    "study_tour": Shipped(WITH_REPORT, (FINDINGS,), FIELD, "上级政协", 10),
    "research": Shipped(WITH_REPORT, (FINDINGS,), FIELD, "上级政协", 15),
    "consultation": Shipped(WITH_MATERIAL, (FINDINGS,), CONSULTATION, "党委、政府", 7),
    "appraisal": Shipped(WITH_MATERIAL, (FINDINGS, SCORES), APPRAISAL, "上级政协", 10),
    "forum": Shipped(USUAL, (FINDINGS,), MEETING),
    "briefing": Shipped((*WITH_MATERIAL, "briefing"), (FINDINGS,), BRIEFED),
    "chair_talk": Shipped(("notice", "minutes", "attendance"), (FINDINGS,), TALK, "约谈主席", 7),
    "meeting": Shipped(("notice", "material", "minutes", "attendance"), (), MEETING),
    "group_leader_meeting": Shipped(("notice", "material", "minutes", "attendance"), (), MEETING),
    "report_to_party": Shipped(("material", "minutes"), (), ""),
    "supervised_project": Shipped(WITH_REPORT, (FINDINGS, PROJECTS), FIELD, "上级政协", 10),
    "reception_day": Shipped(("minutes",), (FINDINGS,), ""),
    "training": Shipped(WITH_MATERIAL, (), ""),
    "lecture": Shipped(WITH_MATERIAL, (), ""),
    "visit_member": Shipped(("minutes",)),
    "visit_household": Shipped(("minutes", "photos"), (FINDINGS,)),
    "visit_unit": Shipped(("minutes", "photos"), (FINDINGS,)),
    "donation": Shipped(("minutes", "photos")),
    "welfare": Shipped(("minutes", "photos", "attendance")),
    "good_deed": Shipped(("minutes", "photos")),
    "mediation": Shipped(("minutes",)),
    "materials": Shipped(("material",)),
    "other": Shipped(("minutes",)),
}


def needs_of(kind: ActivityType) -> TypeNeeds:
    """What the type needs, the usual things when nobody has said."""
    found = getattr(kind, "needs", None)
    return found or TypeNeeds(type=kind, evidence=[] if kind.is_record else list(USUAL))


def install() -> None:
    """Adds what is missing; what an office changed stays as it is."""
    ship_codes(MATERIAL_KIND, MATERIAL_KINDS)
    ship_codes(FINDING_KIND, FINDING_KINDS)
    ship_rule(LEAST_BALLOTS, 3, "网上评议人数太少时，从平均分能看出个人打分；少于这个人数不计入结果")
    waiting = ActivityType.objects.filter(code__in=SHIPPED, needs=None)
    TypeNeeds.objects.bulk_create(
        TypeNeeds(type=kind, evidence=list(given.evidence), parts=list(given.parts), skeleton=given.skeleton,
                  report_to=given.report_to, report_days=given.report_days)
        for kind, given in ((kind, SHIPPED[kind.code]) for kind in waiting)
    )  # fmt: skip


def name_lists() -> None:
    """Called once by the app's configuration."""
    codes.register(MATERIAL_KIND, CodeList("活动材料类别", "上传活动材料时选择"))
    codes.register(FINDING_KIND, CodeList("问题与建议的类别", "登记活动中发现的问题、提出的意见建议时选择"))
    rules.register(LEAST_BALLOTS, RuleName("网上评议最少人数", "人", "少于这个人数，网上评议不计入结果"))
