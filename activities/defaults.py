"""Types of activities and code lists every installation starts with. Codes follow the glossary (domain.md g).

Plain records (RECORDS) hold what has no register of its own yet: an entry with date, text and the members it is
credited to. A register that comes takes its type's code over as a measure; targets then change their subject.
"""

from __future__ import annotations

from typing import Any

from activities import rules
from activities.models import ActivityType
from activities.rules import door as door_rules
from organisation.defaults import ship_codes

PLACE_KIND, AUDIENCE, LEVEL, QUANTITY = "place_kind", "audience", "activity_level", "activity_quantity"

#: (code, label, unit or "" for 次)
TYPES: tuple[tuple[str, str, str], ...] = (
    ("inspection", "视察", ""),
    ("study_tour", "考察", ""),
    ("research", "专题调研", ""),
    ("consultation", "协商会", ""),
    ("appraisal", "民主监督（评议）", ""),
    ("study", "集中学习", ""),
    ("exchange", "学习交流", ""),
    ("training", "培训", "期"),
    ("lecture", "报告会（讲座）", ""),
    ("forum", "座谈会", ""),
    ("briefing", "情况通报会", ""),
    ("activity_day", "委员活动日", ""),
    ("outreach", "“三进”活动", ""),
    ("visit_member", "走访委员", ""),
    ("visit_household", "走访群众", ""),
    ("visit_unit", "走访单位", ""),
    ("chair_talk", "主席约谈", ""),
    ("reception_day", "接待日", ""),
    ("fellowship", "联谊", ""),
    ("welfare", "公益（献爱心）", ""),
    ("donation", "捐赠", ""),
    ("good_deed", "办实事", "件"),
    ("mediation", "化解矛盾", "件"),
    ("materials", "编发学习资料", "期"),
    ("meeting", "会议", ""),
    ("other", "其他", ""),
    ("study_day", "固定学习日", ""),
    ("meetup_day", "碰头日", ""),
    ("group_leader_meeting", "联络组组长会议", ""),
    ("report_to_party", "向党委汇报工作", ""),
    ("lecture_hall", "政协讲堂", "期"),
    ("supervised_project", "实事项目督查", ""),
    ("proposal_dispatch", "提案交办", ""),
    ("proposal_supervision", "提案督办（回头看）", ""),
    ("commendation", "表彰会", ""),
    ("essay_contest", "征文（论文）交流", ""),
)
#: The same for plain records.
RECORDS: tuple[tuple[str, str, str], ...] = (
    ("reflection", "心得体会", "篇"),
    ("research_report", "调研报告", "篇"),
    ("inspection_report", "视察报告", "篇"),
    ("special_report", "政协专报", "篇"),
    ("speech_paper", "交流发言材料", "篇"),
    ("opinion_issue", "编发《社情民意》", "期"),
    ("bulletin", "编发工作简讯", "期"),
    ("publication", "编印书籍", "册"),
    ("publicity", "宣传报道", "篇"),
    ("model_story", "先进典型材料", "篇"),
    ("suggestion", "意见建议", "条"),
    ("pairing_aid", "帮扶结对", "个"),
    ("investment_lead", "招商信息", "条"),
    ("investment_project", "引进项目", "个"),
    ("investment_funds", "引进资金", "笔"),
    ("member_studio", "委员之家（工作室）建设", "个"),
    ("regulation", "制度建设", "项"),
    ("duty_assignment", "专人负责安排", "项"),
)
#: Rules that come with a type: 主席约谈 invites four to six members two weeks ahead (domain.md H19).
TYPE_RULES: dict[str, dict[str, Any]] = {"chair_talk": {"invitees_min": 4, "invitees_max": 6, "notice_days": 14}}

PLACE_KINDS = [
    ("community", "社区"),
    ("village", "农村（村）"),
    ("enterprise", "企业"),
    ("school", "学校"),
    ("hospital", "医疗机构"),
    ("park", "园区（项目工地）"),
    ("party_org", "党派机关（科室）"),
    ("county_cppcc", "县（市、区）政协"),
    ("department", "政府部门"),
    ("member_home", "委员住所"),
    ("member_unit", "委员单位"),
    ("studio", "委员之家（工作室）"),
]
AUDIENCES = [
    ("all_members", "全体委员"),
    ("new_members", "新委员"),
    ("standing_members", "常委"),
    ("group_leaders", "联络组组长"),
    ("proposers", "提案者"),
    ("staff", "机关干部"),
    ("residents", "群众"),
    ("enterprises", "企业界人士"),
    ("students", "学生"),
]
LEVELS = [
    ("national", "全国"),
    ("province", "省级"),
    ("city", "市级"),
    ("county", "县级"),
    ("township", "乡镇（街道）级"),
]
#: What an activity can come to beside hours, households, copies and yuan; the unit stands in the last brackets.
QUANTITIES = [
    ("pairs", "结成帮扶对子（对）"),
    ("problems_solved", "解决实际困难（件）"),
    ("measures", "整改措施（条）"),
    ("measure_fields", "整改措施涉及方面（个）"),
    ("surveyed", "收回满意度调查表（份）"),
    ("satisfied", "其中表示满意（份）"),
    ("prize_group", "组织奖（个）"),
    ("proposals_dispatched", "交办提案（件）"),
    ("proposals_supervised", "督办重点提案（件）"),
    ("proposals_reviewed", "提案办理回头看（件）"),
    ("proposals_key", "确定重点提案（件）"),
    ("proposals_solved", "提案所提问题基本解决（件）"),
    ("proposals_planned", "提案所提问题列入计划（件）"),
    ("regulations_new", "新订制度（项）"),
    ("regulations_revised", "修订制度（项）"),
    ("procedures", "工作流程（项）"),
    ("staff_assigned", "明确专人（名）"),
    ("cash_relief", "防疫救灾捐款（元）"),
    ("cash_charity", "慈善捐款（元）"),
    ("cash_aid", "扶贫助困捐资（元）"),
    ("cash_school", "捐资助学（元）"),
    ("goods_value", "捐物折款（元）"),
    ("press_cppcc", "人民政协报刊发（篇）"),
    ("press_other", "其他报刊网站刊发（篇）"),
    ("awards", "获奖（项）"),
]


def install() -> None:
    """Adds missing types and codes; what an office renamed or switched off stays as it is."""
    known = set(ActivityType.objects.values_list("code", flat=True))
    offered = [(entry, False) for entry in TYPES] + [(entry, True) for entry in RECORDS]
    ActivityType.objects.bulk_create(
        ActivityType(code=code, label=label, unit=unit or "次", is_record=is_record, order=10 * order,
                     **TYPE_RULES.get(code, {}))
        for order, ((code, label, unit), is_record) in enumerate(offered, 1)
        if code not in known
    )  # fmt: skip
    for kind, entries in ((PLACE_KIND, PLACE_KINDS), (AUDIENCE, AUDIENCES), (LEVEL, LEVELS), (QUANTITY, QUANTITIES)):
        ship_codes(kind, entries)
    rules.ship()
    door_rules.ship()
