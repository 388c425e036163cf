"""What a year's work is about, as data: which records belong together, and the sentences that tell of them.

A sentence is a row of fragments between commas; a fragment is told when none of its figures is nothing (domain.md h2),
with alternatives between bars. A figure in braces names where it comes from: `n:` occasions of a type of activity, `h:`
their hours, `p:` their rate of attendance, `u:` households, `c:` copies, `a:` yuan, `r:` a kind of result, `q:` one of
QUESTIONS. `words` are looked for in the sections of a plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from plans.asking import Ask
from plans.enums import Metric


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    words: tuple[str, ...]
    types: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    told: tuple[str, ...] = ()


def topic(key: str, title: str, words: str, types: str = "", kinds: str = "", measures: str = "",
          told: tuple[str, ...] = ()) -> Topic:  # fmt: skip
    given = (frozenset(each.split()) for each in (types, kinds, measures))
    return Topic(key, title, tuple(words.split()), *given, told)


#: Asked beside the year's figures, all with one query.
QUESTIONS = {
    "new_courses": Ask("activities", filters={"type": "training", "audience": "new_members"}),
    "new_members": Ask("activities", Metric.MEMBERS, {"type": "training", "audience": "new_members"}),
    # One record may hold the pieces of many members: each who is on its list has written one.
    "reflections": Ask("activities", Metric.PERSON_TIMES, {"type": "reflection"}),
    "advised": Ask("findings", filters={"stage": "noted", "type": "consultation"}),
    "advice_adopted": Ask("findings", filters={"stage": "adopted", "type": "consultation"}),
    "noted": Ask("findings", filters={"stage": "noted"}),
    "instructed": Ask("findings", filters={"stage": "instructed"}),
    "resolved": Ask("findings", filters={"stage": "resolved"}),
    "content": Ask("results", Metric.PERCENT),
    "press_national": Ask("activities", filters={"type": "publicity", "level": "national"}),
    "press_province": Ask("activities", filters={"type": "publicity", "level": "province"}),
    "press_city": Ask("activities", filters={"type": "publicity", "level": "city"}),
    "press_county": Ask("activities", filters={"type": "publicity", "level": "county"}),
}

#: What each is called where figures are listed.
NAMES = {
    "reflections": "撰写心得体会的委员", "new_courses": "新委员培训班", "new_members": "参加培训的新委员",
    "advised": "协商中提出的意见建议", "advice_adopted": "协商中采纳的意见建议", "noted": "提出的问题和意见建议",
    "instructed": "领导批示", "resolved": "推动解决的问题", "content": "群众满意率", "press_national": "中央媒体刊发",
    "press_province": "省级媒体刊发", "press_city": "市级媒体刊发", "press_county": "县级媒体刊发",
}  # fmt: skip

TOPICS = (
    topic("learning", "学习培训", "学习 培训 讲堂 理论 思想 政治引领",
          "study exchange training lecture study_day lecture_hall reflection materials essay_contest", "prize_group",
          "submissions", (
              "组织集中学习{n:study}，累计{h:study}，参学率{p:study}",
              "举办报告会（讲座）{n:lecture}，开办政协讲堂{n:lecture_hall}，开展讨论交流{n:exchange}",
              "举办培训{n:training}，其中新委员培训班{q:new_courses}，培训新委员{q:new_members}",
              "编发学习资料{n:materials}，发行{c:materials}，撰写心得体会的委员{q:reflections}",
              "征文活动中获组织奖的联络组{r:prize_group}",
          )),
    topic("consultation", "协商议政", "协商 议政 建言", "consultation forum briefing", "", "", (
        "开展协商活动{n:consultation}，协商中提出意见建议{q:advised}，其中被采纳{q:advice_adopted}",
        "召开座谈会{n:forum}，组织情况通报会{n:briefing}",
    )),
    topic("inspection", "视察监督", "视察 考察 监督 评议 督查",
          "inspection study_tour appraisal supervised_project inspection_report", "", "", (
              "组织委员视察{n:inspection}，外出考察{n:study_tour}，形成视察报告{n:inspection_report}",
              "开展民主监督和评议{n:appraisal}，督查实事项目{n:supervised_project}",
          )),
    topic("research", "专题调研", "调研 课题", "research research_report special_report speech_paper suggestion", "",
          "findings", (
              "开展专题调研{n:research}，形成调研报告{n:research_report}，上报政协专报{n:special_report}，"
              "形成交流发言材料{n:speech_paper}",
              "活动中共提出问题和意见建议{q:noted}，领导作出批示{q:instructed}，推动协调解决{q:resolved}",
          )),
    topic("proposals", "提案工作", "提案", "proposal_dispatch proposal_supervision",
          "proposals_dispatched proposals_supervised proposals_reviewed proposals_key proposals_solved "
          "proposals_planned", "proposals key_proposals look_backs"),
    topic("opinions", "社情民意信息", "社情民意 信息 民意", "opinion_issue", "", "opinions",
          ("编发《社情民意》{n:opinion_issue}",)),
    topic("people", "服务群众", "群众 实事 公益 帮扶 结对 爱心 扶贫 助学 捐助 矛盾 为民 民生 社会责任",
          "visit_household welfare donation good_deed mediation pairing_aid outreach investment_lead "
          "investment_project investment_funds",
          "pairs problems_solved cash_relief cash_charity cash_aid cash_school goods_value", "", (
              "走访困难群众{u:visit_household}，结成帮扶对子{r:pairs}，解决实际困难{r:problems_solved}",
              "办实事{n:good_deed}，化解矛盾{n:mediation}，开展献爱心等公益活动{n:welfare}，开展“三进”活动{n:outreach}",
              "捐款捐物{a:donation}，其中防疫救灾{r:cash_relief}，慈善捐款{r:cash_charity}，"
              "扶贫助困{r:cash_aid}，捐资助学{r:cash_school}，捐物折款{r:goods_value}",
              "提供招商信息{n:investment_lead}，引进项目{n:investment_project}，引进资金{n:investment_funds}",
          )),
    topic("members", "联系服务委员", "走访 联系 约谈 服务 委员之家 工作室 联络 管理",
          "visit_member visit_unit chair_talk reception_day meetup_day activity_day fellowship member_studio", "", "", (
              "走访委员{t:visit_member}，走访单位{n:visit_unit}，主席约谈委员{n:chair_talk}",
              "组织委员活动日{n:activity_day}，开展联谊活动{n:fellowship}，建成委员之家（工作室）{n:member_studio}",
          )),
    topic("publicity", "宣传报道", "宣传 报道 信息化 文史 典型",
          "publicity model_story bulletin publication commendation", "press_cppcc press_other awards", "", (
              "宣传报道{n:publicity}，其中全国级媒体{q:press_national}，省级媒体{q:press_province}，"
              "市级媒体{q:press_city}，县级媒体{q:press_county}",
              "《人民政协报》刊发{r:press_cppcc}，其他报刊网站刊发{r:press_other}",
              "编发工作简讯{n:bulletin}，编印书籍{n:publication}，总结先进典型{n:model_story}",
          )),
    topic("building", "自身建设", "制度 自身 建设 作风 档案 机关 队伍",
          "regulation meeting group_leader_meeting report_to_party duty_assignment",
          "regulations_new regulations_revised procedures measures measure_fields surveyed satisfied staff_assigned",
          "documents plans surveys", (
              "新订制度{r:regulations_new}，修订完善制度{r:regulations_revised}，梳理工作流程{r:procedures}",
              "制定涉及{r:measure_fields}方面的整改措施{r:measures}|制定整改措施{r:measures}，群众满意率{q:content}",
              "向党委汇报工作{n:report_to_party}，召开联络组组长会议{n:group_leader_meeting}，"
              "召开工作会议{n:meeting}",
          )),
)  # fmt: skip

BY_KEY = {each.key: each for each in TOPICS}
OF_TYPE = {code: each.key for each in TOPICS for code in each.types}
OF_KIND = {code: each.key for each in TOPICS for code in each.kinds}
OF_MEASURE = {code: each.key for each in TOPICS for code in each.measures}


def of_subject(measure: str, filters: dict[str, str]) -> str:
    """The topic of what a target counts; empty for activities of every type."""
    if measure == "results":
        return OF_KIND.get(filters.get("kind", "").split(",")[0], "")
    if kind := filters.get("type", "").split(",")[0]:
        return OF_TYPE.get(kind, "")
    return OF_MEASURE.get(measure, "")
